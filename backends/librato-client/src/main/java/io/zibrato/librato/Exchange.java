package io.zibrato.librato;

import java.io.IOException;

/** Sends one request once. Any number of threads may do so. */
interface Exchange extends AutoCloseable {
  /** Blocks until the answer is there, for no longer than the timeout. */
  Answer send(Request request) throws IOException;

  /** Whether a request that ended so may have reached the service nevertheless. */
  boolean mayHaveArrived(IOException e);

  /** Ends what is under way. */
  @Override
  void close();
}
