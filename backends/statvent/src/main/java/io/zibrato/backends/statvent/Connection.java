package io.zibrato.backends.statvent;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The reading end of one pipe. Closing ends a read that waits, and makes whoever writes later fail.
 */
interface Connection extends Closeable {
  /** A way to open a pipe. */
  interface Opener {
    Connection open(Path pipe) throws IOException;
  }

  /** One that nobody reads for the time being. */
  interface Waiting extends Connection {
    /** Whether a read would tell something at once: bytes, or the end. */
    boolean hasNews() throws IOException;

    /** Whether what there is to be read was written, and ended, by one writer. */
    boolean isOneListing();
  }

  /** The next bytes, or less than 0 at the end. */
  int read(byte[] buffer) throws IOException;

  /**
   * Returns another connection to the same pipe, and closes this one after, so that whoever writes
   * finds a reader all the time. Does not wait.
   *
   * @param name by which the pipe can be opened; null if there is none
   * @throws IOException where that cannot be; this one is closed then too
   */
  Waiting handOver(Path name) throws IOException;
}
