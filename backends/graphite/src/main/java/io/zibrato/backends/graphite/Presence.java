package io.zibrato.backends.graphite;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * Whether one and the same carbon has been there all the time: a connection over which nothing is
 * sent, and which ends with it. One thread, but for {@link #close}.
 */
class Presence implements Closeable {
  private final String host;
  private final int port;
  private final int timeoutMillis;
  private volatile SocketChannel channel;
  private volatile boolean closed;

  Presence(String host, int port, Duration timeout) {
    this.host = host;
    this.port = port;
    this.timeoutMillis = (int) timeout.toMillis();
  }

  /** Whether the connection has stood since {@link #begin}. */
  boolean lasts() {
    SocketChannel open = channel;
    if (open == null) return false;
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
      opened.socket().connect(new InetSocketAddress(host, port), timeoutMillis);
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
