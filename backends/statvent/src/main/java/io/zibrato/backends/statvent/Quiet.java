package io.zibrato.backends.statvent;

import java.io.IOException;
import java.util.Optional;

/**
 * A pipe that did not answer in its round, still open: a process that comes to itself finds a
 * reader, where one of Python's would die of a broken pipe.
 *
 * @param identity of the pipe
 * @param sinceNanos when it was left
 * @param from the round that left it
 */
record Quiet(
    Connection.Waiting connection, Optional<Object> identity, long sinceNanos, Attempt from) {
  /** A listing that came later than that after it was asked for says nothing of now. */
  private static final long MOST_LATE_NANOS = 60_000_000_000L;

  /** Whether the pipe is in its place still, and nobody has written. */
  boolean isSilent(PipeFile pipe) throws IOException {
    return isOf(pipe) && !connection.hasNews();
  }

  boolean isOf(PipeFile pipe) {
    return identity.equals(pipe.identity());
  }

  /**
   * Whether what can be read is one whole listing of late. Whoever puts another pipe in the place
   * has written but one to this.
   */
  boolean isLateListing(PipeFile pipe) {
    return (connection.isOneListing() || !isOf(pipe))
        && from.readNothing()
        && System.nanoTime() - sinceNanos < MOST_LATE_NANOS;
  }
}
