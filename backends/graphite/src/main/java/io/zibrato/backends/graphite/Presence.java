package io.zibrato.backends.graphite;

import io.zibrato.backends.Whereabouts;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * Whether one and the same carbon has been there all the time: a connection over which nothing is
 * sent, and which ends with it. One thread, but for {@link #close}.
 */
class Presence implements Closeable {
  private final Whereabouts where;
  private final int timeoutMillis;
  private volatile SocketChannel channel;
  private volatile boolean closed;

  Presence(Whereabouts where, Duration timeout) {
    this.where = where;
    this.timeoutMillis = (int) timeout.toMillis();
  }

  /** Whether the connection has stood since {@link #begin}, and is to where carbon still is. */
  boolean lasts() {
    SocketChannel open = channel;
    if (open == null || where.moved()) return false;
    try {
      return open.read(ByteBuffer.allocate(64)) >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Connects anew. */
  void begin() throws IOException {
    end();
    SocketChannel opened = SocketChannel.open();
    try {
      opened.socket().connect(where.ask(), timeoutMillis);
      opened.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      opened.configureBlocking(false);
      channel = opened;
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
    if (closed) end();
  }

  private void end() throws IOException {
    SocketChannel open = channel;
    channel = null;
    if (open != null) open.close();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    end();
  }
}
