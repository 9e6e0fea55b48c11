package io.zibrato.backends.statvent;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A pipe opened by the command {@code cat}, a process that can be ended while it waits to open it:
 * for one that this process may not write to.
 */
final class Cat implements Connection.Waiting {
  /*
   * Nothing but the end of the command would end a read of what it says, and with the command the pipe would lose its reader. So reads look again and again whether there is something.
   */
  private static final long LOOK_MILLIS = 2;

  private final Process process;
  private final InputStream in;
  private volatile boolean over;

  private Cat(Process process) {
    this.process = process;
    this.in = process.getInputStream();
  }

  static Connection open(Path pipe) throws IOException {
    if (!Files.isReadable(pipe))
      throw new IOException("no permission to read it"); // spares a process
    return of(new ProcessBuilder("cat", pipe.toString()).start());
  }

  static Cat of(Process process) {
    return new Cat(process);
  }

  @Override
  public int read(byte[] buffer) throws IOException {
    try {
      while (!over && !hasNews()) process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      if (over) throw new ClosedChannelException();
      int read = in.read(buffer);
      if (read < 0 && process.waitFor() != 0) throw new IOException(complaint());
      return read;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while cat read");
    }
  }

  private String complaint() throws IOException {
    byte[] said = process.getErrorStream().readAllBytes();
    return new String(said, StandardCharsets.UTF_8).strip();
  }

  @Override
  public boolean hasNews() throws IOException {
    return in.available() > 0 || !process.isAlive();
  }

  /** It ends with its first writer. */
  @Override
  public boolean isOneListing() {
    return !process.isAlive();
  }

  @Override
  public Waiting handOver(Path name) {
    over = true;
    return new Cat(process);
  }

  @Override
  public void close() {
    over = true;
    process.destroyForcibly();
  }
}
