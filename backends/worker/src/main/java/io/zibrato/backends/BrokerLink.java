package io.zibrato.backends;

import io.zibrato.transport.Connection;
import io.zibrato.transport.CurveKeys;
import io.zibrato.transport.Inflow;
import io.zibrato.transport.SocketGuards;
import io.zibrato.transport.Turnstile;
import io.zibrato.wire.Message;
import io.zibrato.wire.Upstream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/** A worker's socket to one broker. For the worker's reading thread only. */
final class BrokerLink {
  /*
   * An XSUB that connects; XSUB rather than SUB because RESYNC goes up through it. It does not filter by itself. A socket is trusted for as long as
   * anything comes over it, the broker's heartbeat at the least. When nothing does, it is closed and a new one made: JeroMQ gives up a connection for good on
   * some errors, and at times a subscription never takes effect. A broker of the old kind has no heartbeat and may be silent for longer.
   */
  private static final Logger LOG = System.getLogger(BrokerLink.class.getName());
  private static final long SILENCE_NANOS = 5_000_000_000L;
  private static final long OLD_KIND_SILENCE_NANOS = 60_000_000_000L;
  private static final int QUEUED_MESSAGES = 10_000;

  /** Taken at once at the most: to book it takes a fraction of a second. */
  private static final long BURST_BYTES = 16 << 20;

  final String endpoint;
  private final ZContext context;
  private final List<byte[]> topics;
  private final Optional<CurveKeys> keys;
  private ZMQ.Socket socket;
  private Connection connection;
  private Inflow inflow;
  private long discardedSaid;
  private long heardNanos;
  private boolean heard;
  private boolean heartbeatHeard;
  private boolean heardSinceOpen;
  private String said; // what is the matter, as logged; null while nothing is

  /**
   * @param keys to encrypt with; without any, nothing is encrypted
   */
  BrokerLink(ZContext context, String endpoint, List<byte[]> topics, Optional<CurveKeys> keys) {
    this.context = context;
    this.endpoint = endpoint;
    this.topics = topics;
    this.keys = keys;
  }

  void open(ZMQ.Poller poller, long nowNanos) {
    socket = context.createSocket(SocketType.XSUB);
    int onTheWire = SocketGuards.bytesOnTheWire(Message.MAX_BYTES, keys);
    inflow = Inflow.ofHeap(onTheWire, Turnstile.wholeMessages(), () -> {});
    SocketGuards.guard(socket, inflow, QUEUED_MESSAGES, keys).setLinger(0);
    connection = Connection.of(socket, keys);
    connect();
    for (byte[] topic : topics) send(new Upstream.Subscription(true, topic));
    poller.register(socket, ZMQ.Poller.POLLIN);
    heardNanos = nowNanos;
    heardSinceOpen = false;
  }

  /** A host that cannot be found now may be later: the socket stays silent until it is renewed. */
  private void connect() {
    try {
      socket.connect(endpoint);
    } catch (ZMQException e) {
      Level level = said == null ? Level.WARNING : Level.DEBUG;
      LOG.log(level, "cannot connect to broker {0}: {1}", endpoint, e.getMessage());
      said = e.getMessage();
    }
  }

  /** Sends to the broker's side, or drops, when it takes no more. */
  void send(Upstream message) {
    socket.send(message.encode(), ZMQ.DONTWAIT);
  }

  /**
   * Hands over what has come, at most {@code limit} messages.
   *
   * @return how many there were
   */
  int receive(int limit, long nowNanos, BiConsumer<BrokerLink, byte[]> reader) {
    int received = 0;
    long bytes = 0;
    while (received < limit && bytes < BURST_BYTES) {
      long before = inflow.allocated();
      byte[] message = socket.recv(ZMQ.DONTWAIT);
      if (message == null) {
        inflow.nothingLeft(before);
        break;
      }
      inflow.taken(message.length);
      received++;
      bytes += message.length;
      hears(nowNanos);
      if (isHeartbeat(message)) heartbeatHeard = true;
      else reader.accept(this, message);
    }
    return received;
  }

  private static boolean isHeartbeat(byte[] message) {
    return message.length == 17 && message[0] == Upstream.HEARTBEAT;
  }

  private void hears(long nowNanos) {
    heard = true;
    heardSinceOpen = true;
    heardNanos = nowNanos;
    if (said != null) LOG.log(Level.INFO, "broker {0} is back", endpoint);
    said = null;
  }

  /** Whether the broker was ever heard, which only subscribers of its do. */
  boolean heard() {
    return heard;
  }

  /** Makes a new socket if the broker has been silent for too long. */
  boolean renewIfSilent(ZMQ.Poller poller, long nowNanos) {
    boolean oldKind = heard && !heartbeatHeard;
    if (nowNanos - heardNanos < (oldKind ? OLD_KIND_SILENCE_NANOS : SILENCE_NANOS)) return false;
    saySilence();
    close(poller);
    open(poller, nowNanos);
    return true;
  }

  /** Says the first trouble, and what a later one tells beyond it. */
  private void saySilence() {
    String refusal = heardSinceOpen ? null : connection.refusal();
    boolean news = said == null || refusal != null && !refusal.equals(said);
    if (!news) return;
    said = refusal == null ? "is silent" : refusal;
    LOG.log(Level.WARNING, "broker {0} {1}; connecting anew", endpoint, said);
  }

  /** Messages there was no room for, since this was last asked. */
  long takeDiscarded() {
    long discarded = inflow.discarded();
    long fresh = discarded - discardedSaid;
    discardedSaid = discarded;
    return fresh;
  }

  void close(ZMQ.Poller poller) {
    if (socket == null) return;
    discardedSaid = 0; // the next socket has an inflow of its own
    poller.unregister(socket);
    socket.close();
    socket = null;
  }
}
