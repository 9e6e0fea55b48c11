package io.zibrato.backends.statvent;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A pipe opened by this process. */
class OpenPipe implements Connection {
  private final FileChannel channel; // its reads end when it is closed, unlike a stream's

  private OpenPipe(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits until somebody opens the pipe for writing; for one that may be written to, {@link Pipes}
   * ends that wait.
   */
  static Connection open(Path pipe) throws IOException {
    return new OpenPipe(FileChannel.open(pipe, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
  }

  @Override
  public int read(byte[] buffer) throws IOException {
    return channel.read(ByteBuffer.wrap(buffer));
  }

  @Override
  public Waiting handOver(Path name) throws IOException {
    if (name == null) {
      close();
      throw new IOException("the pipe has no other name");
    }
    FileChannel both = null;
    try {
      both = openBoth(name); // and so nobody has to wait for a writer
      return new WaitingPipe(new FileInputStream(name.toFile()));
    } finally {
      if (both != null) both.close();
      close();
    }
  }

  /** Both ends at once, for which nobody has to wait. */
  static FileChannel openBoth(Path pipe) throws IOException {
    return FileChannel.open(
        pipe, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static final class WaitingPipe extends OpenPipe implements Waiting {
    private final FileInputStream in; // a channel does not say what there is to read

    WaitingPipe(FileInputStream in) {
      super(in.getChannel());
      this.in = in;
    }

    @Override
    public boolean hasNews() throws IOException {
      return in.available() > 0;
    }

    /** Another writer may have come after the first. */
    @Override
    public boolean isOneListing() {
      return false;
    }
  }
}
