package io.zibrato.librato;

import java.io.IOException;

/** Sends one request once. Any number of threads may do so. */
interface Exchange extends AutoCloseable {
  /**
   * Blocks until the answer is there, for no longer than the timeout.
   *
   * @throws NotSentException it cannot have reached the service; after any other it may have
   */
  Answer send(Request request) throws IOException;

  /** Ends what is under way. */
  @Override
  void close();
}
