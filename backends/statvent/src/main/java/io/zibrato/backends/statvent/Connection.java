package io.zibrato.backends.statvent;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The reading end of one pipe. Closing ends a read that waits. */
interface Connection extends Closeable {
  /** A way to open a pipe. */
  interface Opener {
    Connection open(Path pipe) throws IOException;
  }

  /** The next bytes, or less than 0 at the end. */
  int read(byte[] buffer) throws IOException;

  /** Whether there is something to be read already. */
  boolean hasBytes() throws IOException;

  /**
   * Opens the pipe, which waits until somebody opens it for writing; for one that may be written
   * to, {@link Pipes} ends that wait.
   */
  static Connection open(Path pipe) throws IOException {
    FileInputStream in = new FileInputStream(pipe.toFile());
    // Its channel's reads end when it is closed, which the stream's own would not.
    var channel = in.getChannel();
    return new Connection() {
      @Override
      public int read(byte[] buffer) throws IOException {
        return channel.read(ByteBuffer.wrap(buffer));
      }

      @Override
      public boolean hasBytes() throws IOException {
        return in.available() > 0;
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }

  /**
   * The same by {@code cat}, a process that can be ended while it waits to open the pipe: for one
   * that this process may not write to.
   */
  static Connection byCat(Path pipe) throws IOException {
    Process cat =
        new ProcessBuilder("cat", pipe.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    InputStream in = cat.getInputStream();
    return new Connection() {
      @Override
      public int read(byte[] buffer) throws IOException {
        return in.read(buffer);
      }

      @Override
      public boolean hasBytes() throws IOException {
        return in.available() > 0;
      }

      @Override
      public void close() {
        cat.destroyForcibly(); // and what it said until then is what was read
      }
    };
  }
}
