package io.zibrato.backends;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;

/**
 * Brings bytes over TCP to a service that never answers, and knows whether it has read them: it
 * ends its own side of the connection, and a service closes the other side when it has read up to
 * that end. One that dies before it has read all makes the connection fail.
 *
 * <p>Blocks its caller, one at a time. {@link #close} may come from any thread, and ends what is
 * under way.
 */
public final class TcpCourier implements Closeable {
  private static final int MAX_ANSWER_BYTES = 64 << 10;

  private final String host;
  private final int port;
  private final Duration timeout;
  private final boolean confirm;
  private final Pacer pacer;
  private volatile SocketChannel current;
  private volatile boolean closed;

  /**
   * @param timeout how long the service may take to accept the connection, to read on, and to close
   * @param confirm whether to wait until it closes; without, what it has not read when it dies is
   *     lost, and nobody knows
   * @param pacer asked before each packet
   */
  public TcpCourier(String host, int port, Duration timeout, boolean confirm, Pacer pacer) {
    this.host = host;
    this.port = port;
    this.timeout = timeout;
    this.confirm = confirm;
    this.pacer = pacer;
  }

  /**
   * Finds out whether the service is there, and closes what it has read.
   *
   * @throws IOException if not
   */
  public void greet() throws IOException {
    try {
      bring(open(), List.of());
    } catch (SocketTimeoutException e) {
      throw new IOException(
          this + " does not close a connection that it has read to its end within " + timeout, e);
    }
  }

  /**
   * Brings all packets, in order, over a connection of their own.
   *
   * @throws RetryException if the service is not there, or, ambiguously, did not read all
   */
  public void deliver(List<byte[]> packets) throws RetryException {
    SocketChannel channel;
    try {
      channel = open();
    } catch (IOException e) {
      throw new RetryException(this + ": " + e, Duration.ZERO, false, e);
    }
    try {
      bring(channel, packets);
    } catch (IOException e) {
      throw new RetryException(this + ": " + e, Duration.ZERO, true, e);
    }
  }

  /** A connection that the service has accepted. */
  private SocketChannel open() throws IOException {
    if (closed) throw new ClosedChannelException();
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) throw new UnknownHostException(host);
    SocketChannel channel = SocketChannel.open();
    try {
      channel.configureBlocking(false);
      channel.connect(address);
      try (Selector selector = Selector.open()) {
        SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
        while (!channel.finishConnect()) await(key);
      }
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private void bring(SocketChannel opened, List<byte[]> packets) throws IOException {
    try (SocketChannel channel = opened;
        Selector selector = Selector.open()) {
      current = channel;
      if (closed) throw new ClosedChannelException();
      SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
      for (byte[] packet : packets) {
        pacer.await();
        ByteBuffer bytes = ByteBuffer.wrap(packet);
        while (channel.write(bytes) >= 0 && bytes.hasRemaining()) await(key);
      }
      channel.shutdownOutput();
      if (!confirm) return;
      key.interestOps(SelectionKey.OP_READ);
      awaitEnd(channel, key);
    } catch (CancelledKeyException e) {
      throw new ClosedChannelException(); // by another thread
    } finally {
      current = null;
    }
  }

  private void awaitEnd(SocketChannel channel, SelectionKey key) throws IOException {
    ByteBuffer answer = ByteBuffer.allocate(MAX_ANSWER_BYTES);
    while (true) {
      int read = channel.read(answer);
      if (read < 0) return;
      if (!answer.hasRemaining()) throw new EOFException("the service talks and does not close");
      if (read == 0) await(key);
    }
  }

  private void await(SelectionKey key) throws IOException {
    key.selector().selectedKeys().clear();
    if (key.selector().select(Math.max(1, timeout.toMillis())) > 0) return;
    if (Thread.currentThread().isInterrupted()) throw new ClosedChannelException();
    throw new SocketTimeoutException("nothing within " + timeout);
  }

  @Override
  public String toString() {
    return "tcp://" + host + ':' + port;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    SocketChannel under = current;
    if (under != null) under.close();
  }
}
