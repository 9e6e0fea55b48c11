package io.zibrato.backends;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
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
 * <p>A service that closed before the bytes came looks, once our side has ended, like one that has
 * read them. So that end follows only when the connection has stood for a moment after the last
 * byte: at least 20 ms, and twice the time that connecting took. Not told apart is a service that,
 * later than that, ends its side with a shutdown while it still has bytes to read.
 *
 * <p>What a connection that failed has not brought is taken back, as far as that is still on this
 * side: it is not to be read after what is sent again over the next one.
 *
 * <p>Blocks its caller, one at a time. {@link #close} may come from any thread, and ends what is
 * under way.
 */
public final class TcpCourier implements Closeable {
  private static final int MAX_ANSWER_BYTES = 64 << 10;
  private static final Duration MIN_STANDING = Duration.ofMillis(20);

  private final String host;
  private final int port;
  private final Duration timeout;
  private final boolean confirm;
  private final Pacer pacer;
  private volatile SocketChannel current;
  private volatile boolean closed;

  private record Connection(SocketChannel channel, Duration connecting) {}

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
    Connection opened;
    try {
      opened = open();
    } catch (IOException e) {
      throw new RetryException(this + ": " + e, Duration.ZERO, false, e);
    }
    try {
      bring(opened, packets);
    } catch (IOException e) {
      throw new RetryException(this + ": " + e, Duration.ZERO, true, e);
    }
  }

  /** A connection that the service has accepted. */
  private Connection open() throws IOException {
    if (closed) throw new ClosedChannelException();
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) throw new UnknownHostException(host);
    SocketChannel channel = SocketChannel.open();
    try {
      channel.configureBlocking(false);
      long begunNanos = System.nanoTime();
      channel.connect(address);
      try (Selector selector = Selector.open()) {
        SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
        while (!channel.finishConnect()) await(key);
      }
      linger(channel, 0);
      return new Connection(channel, Duration.ofNanos(System.nanoTime() - begunNanos));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** At 0, closing takes back what has not gone; below, that goes on its way yet. */
  private static void linger(SocketChannel channel, int seconds) throws IOException {
    channel.setOption(StandardSocketOptions.SO_LINGER, seconds);
  }

  private void bring(Connection opened, List<byte[]> packets) throws IOException {
    try (SocketChannel channel = opened.channel();
        Selector selector = Selector.open()) {
      current = channel;
      if (closed) throw new ClosedChannelException();
      SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
      for (byte[] packet : packets) {
        pacer.await();
        ByteBuffer bytes = ByteBuffer.wrap(packet);
        while (channel.write(bytes) >= 0 && bytes.hasRemaining()) await(key);
      }
      key.interestOps(SelectionKey.OP_READ);
      ByteBuffer answer = ByteBuffer.allocate(MAX_ANSWER_BYTES);
      if (confirm && !packets.isEmpty()) awaitStanding(channel, key, answer, opened.connecting());
      channel.shutdownOutput();
      if (confirm) while (!ended(channel, answer)) await(key);
      linger(channel, -1);
    } catch (CancelledKeyException e) {
      throw new ClosedChannelException(); // by another thread
    } finally {
      current = null;
    }
  }

  /** Fails if the service ends the connection before it can know that it has everything. */
  private static void awaitStanding(
      SocketChannel channel, SelectionKey key, ByteBuffer answer, Duration connecting)
      throws IOException {
    Duration twice = connecting.multipliedBy(2);
    Duration standing = twice.compareTo(MIN_STANDING) > 0 ? twice : MIN_STANDING;
    long untilNanos = System.nanoTime() + standing.toNanos();
    while (!ended(channel, answer)) {
      long leftNanos = untilNanos - System.nanoTime();
      if (leftNanos <= 0) return;
      ready(key, Duration.ofNanos(leftNanos));
    }
    throw new EOFException("the service has closed before the end");
  }

  /** Whether the service has; passes over what it says. */
  private static boolean ended(SocketChannel channel, ByteBuffer answer) throws IOException {
    if (channel.read(answer) < 0) return true;
    if (!answer.hasRemaining()) throw new EOFException("the service talks and does not close");
    return false;
  }

  private void await(SelectionKey key) throws IOException {
    if (!ready(key, timeout)) throw new SocketTimeoutException("nothing within " + timeout);
  }

  private static boolean ready(SelectionKey key, Duration within) throws IOException {
    key.selector().selectedKeys().clear();
    if (key.selector().select(Math.max(1, within.toMillis())) > 0) return true;
    if (Thread.currentThread().isInterrupted()) throw new ClosedChannelException();
    return false;
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
