package io.zibrato.backends.statsd;

import io.zibrato.backends.Pacer;
import io.zibrato.backends.RetryException;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.Whereabouts;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Datagrams, each sent once. Nobody answers one that arrived; but where nobody listens, a machine
 * says so, and then the rest of a part waits, beginning with the datagram after which that was
 * heard. On one machine that is the very one that did not arrive, elsewhere some before it are lost
 * too. Where the host is, is asked again now and then: one that moved may leave nobody behind to
 * say so.
 *
 * <p>One thread; {@link #close} may come from any.
 */
final class UdpSender implements Closeable {
  private static final Logger LOG = System.getLogger(UdpSender.class.getName());
  private static final long SILENCE_NANOS = 500_000_000L;
  private static final long PROBE_MILLIS = 50;
  private static final byte[] PROBE = {'\n'};

  private final Whereabouts where;
  private final Duration timeout;
  private final Pacer pacer;
  private volatile DatagramChannel channel;
  private volatile boolean closed;
  private volatile boolean heard; // nothing bad, when last asked
  private long lastSentNanos;
  private Begun begun;

  /** A part of which some datagrams were sent. */
  private record Begun(String fingerprint, int next) {}

  UdpSender(Whereabouts where, Duration timeout, Pacer pacer) {
    this.where = where;
    this.timeout = timeout;
    this.pacer = pacer;
  }

  /**
   * @throws IOException if the machine says that nobody listens
   */
  void greet() throws IOException {
    try {
      probe();
    } catch (IOException e) {
      hangUp();
      throw new IOException(this + ": " + e, e);
    }
  }

  void deliver(Snapshot part, List<byte[]> packets) throws RetryException {
    int next = begun != null && begun.fingerprint().equals(part.fingerprint()) ? begun.next() : 0;
    begun = null;
    if (where.moved()) hangUp();
    try {
      if (!heard || System.nanoTime() - lastSentNanos > SILENCE_NANOS) probe();
      for (; next < packets.size(); next++) {
        pacer.await();
        send(packets.get(next));
        hear();
      }
    } catch (IOException e) {
      hangUp();
      if (next > 0) begun = new Begun(part.fingerprint(), next);
      throw new RetryException(this + ": " + e, Duration.ZERO, next > 0, e);
    }
  }

  /** An empty line, which measures nothing, and some time for the answer that nobody listens. */
  private void probe() throws IOException {
    send(PROBE);
    try (Selector selector = Selector.open()) {
      channel().register(selector, SelectionKey.OP_READ);
      selector.select(PROBE_MILLIS);
      hear();
      heard = true;
    }
  }

  private void send(byte[] packet) throws IOException {
    DatagramChannel open = channel();
    ByteBuffer bytes = ByteBuffer.wrap(packet);
    long sinceNanos = System.nanoTime();
    while (open.write(bytes) == 0) {
      if (System.nanoTime() - sinceNanos > timeout.toNanos()) throw new IOException("cannot send");
      LockSupport.parkNanos(1_000_000);
    }
    lastSentNanos = System.nanoTime();
  }

  /** Throws what the machine has said since; what a daemon may answer is passed over. */
  private void hear() throws IOException {
    channel().read(ByteBuffer.allocate(1));
  }

  private DatagramChannel channel() throws IOException {
    DatagramChannel known = channel;
    if (known != null) return known;
    InetSocketAddress address = where.ask();
    DatagramChannel opened = DatagramChannel.open();
    opened.configureBlocking(false);
    opened.connect(address);
    channel = opened;
    if (closed) {
      hangUp();
      throw new ClosedChannelException();
    }
    return opened;
  }

  /** The next one asks anew where the host is. */
  private void hangUp() {
    DatagramChannel open = channel;
    channel = null;
    heard = false;
    try {
      if (open != null) open.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "closing a datagram socket", e);
    }
  }

  @Override
  public String toString() {
    return "udp://" + where;
  }

  @Override
  public void close() {
    closed = true;
    hangUp();
  }
}
