package io.zibrato.transport;

import io.zibrato.wire.MalformedFrameException;
import io.zibrato.wire.Message;
import io.zibrato.wire.Topic;
import io.zibrato.wire.Upstream;
import java.lang.System.Logger;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * The publisher's socket to the broker, and what the broker says over it. For the publisher's
 * thread only.
 */
final class BrokerLink implements Outlet, AutoCloseable {
  /*
   * An XPUB that connects. A socket is trusted for as long as the broker's heartbeat comes over it, with one id: when the heartbeat stays away, the connection ends, or another broker
   * answers, the socket is closed and a new one made, because JeroMQ gives up a connection for good on some errors, notices a partition late, and keeps the subscriptions of a broker
   * that is gone.
   * A broker of the old kind, a plain proxy, sends no heartbeat: a socket over which somebody subscribed and no heartbeat ever came is left to JeroMQ, which connects again by itself, and keeps
   * what it holds.
   * After a new socket's first word the subscriptions follow within a moment; until SETTLE_NANOS have passed, a missing one means nothing, but one that
   * ended is known to have. Workers lose the same broker and may take longer to find it again: they wait between attempts, and make a socket anew only once it was silent for as long as ours.
   */
  private static final Logger LOG = System.getLogger(BrokerLink.class.getName());
  private static final long SILENCE_NANOS = 5_000_000_000L;
  private static final long SETTLE_NANOS = 7_000_000_000L;

  /** Taken between two rounds at the most, so that no broker keeps the publisher from its own. */
  private static final int BURST = 1_000;

  interface Listener {
    /** The socket is new, and somebody is there. */
    void connected();

    /** Somebody began to want messages of the topic. */
    void subscribed(byte[] topic);

    /** A worker asks for a full frame. */
    void resync(Upstream.Resync request);
  }

  private final ZContext context;
  private final String address;
  private final Optional<CurveKeys> keys;
  private final int queuedMessages;
  private final Listener listener;
  private final PublisherMeters counted;
  private final Map<ByteBuffer, byte[]> subscriptions = new HashMap<>();
  private final Set<ByteBuffer> ended = new HashSet<>();
  private ZMQ.Socket socket;
  private ZMQ.Poller poller;
  private Connection connection;
  private UUID broker;
  private boolean heardEver;
  private boolean heard;
  private long firstWordNanos;
  private long lastWordNanos;
  private long changes;
  private String said; // what is the matter, as logged; null while nothing is

  /**
   * @param keys to encrypt with; without any, nothing is encrypted
   * @param queuedMessages how many messages the socket takes that the broker does not
   */
  BrokerLink(
      ZContext context,
      String address,
      Optional<CurveKeys> keys,
      int queuedMessages,
      Listener listener,
      PublisherMeters counted) {
    this.context = context;
    this.address = address;
    this.keys = keys;
    this.queuedMessages = queuedMessages;
    this.listener = listener;
    this.counted = counted;
  }

  void open() {
    ZMQ.Socket made = context.createSocket(SocketType.XPUB);
    socket = SocketGuards.guard(made, FromBroker.inflow(keys), queuedMessages, keys);
    socket.setXpubVerbose(true);
    socket.setXpubNoDrop(true);
    connection = Connection.of(socket, keys);
    socket.connect(address);
    poller = context.createPoller(1);
    poller.register(socket, ZMQ.Poller.POLLIN);
    forget();
  }

  /** Waits for the broker at most so long, and hands what it says to the listener. */
  void await(long millis) {
    boolean spoke = poller.poll(millis) > 0;
    // Before what came, which may already be of the connection that follows.
    if (connection.takeLost()) lost();
    if (spoke) {
      byte[] bytes;
      for (int i = 0; i < BURST && (bytes = socket.recv(ZMQ.DONTWAIT)) != null; i++) heard(bytes);
    }
    if (connection.stalled()) reopen(null);
    else if (silent()) reopen(silence());
  }

  private void lost() {
    if (broker != null) {
      reopen("is gone");
    } else if (heard) {
      forget();
    }
  }

  /** Whoever is there next says anew what is wanted. */
  private void forget() {
    subscriptions.clear();
    ended.clear();
    changes++;
    broker = null;
    heard = false;
    lastWordNanos = System.nanoTime();
  }

  private boolean silent() {
    boolean plainProxy = broker == null && !subscriptions.isEmpty();
    return !plainProxy && System.nanoTime() - lastWordNanos > SILENCE_NANOS;
  }

  private String silence() {
    if (!heard && connection.refusal() != null) return connection.refusal();
    return heardEver ? "is silent" : "does not answer";
  }

  /** Sends a message, or returns false, and has sent nothing, when the broker takes no more. */
  @Override
  public boolean send(byte[] message) {
    if (message.length > Message.MAX_BYTES) {
      throw new IllegalArgumentException("message of " + message.length + " bytes");
    }
    counted.made();
    boolean taken = socket.send(message, ZMQ.DONTWAIT);
    if (taken) counted.sent(message.length);
    else counted.refused();
    return taken;
  }

  /** Whether somebody subscribes to messages of the topic, as far as is known. */
  boolean wants(byte[] topic) {
    for (byte[] subscription : subscriptions.values()) {
      if (Topic.matches(subscription, topic)) return true;
    }
    return false;
  }

  /** Whether somebody subscribes to just this topic, not to everything or to many. */
  boolean wantsByName(byte[] topic) {
    return subscriptions.containsKey(ByteBuffer.wrap(topic));
  }

  /** Whether a subscription that may match the topic ended over this connection. */
  boolean ended(byte[] topic) {
    for (ByteBuffer subscription : ended) {
      if (Topic.matches(subscription.array(), topic)) return true;
    }
    return false;
  }

  /** A number that differs when what {@link #wants} says may differ. */
  long changes() {
    return changes;
  }

  /** Whether all subscriptions that there are had time to arrive. */
  boolean settled() {
    return heardFor(SETTLE_NANOS);
  }

  /** Whether the broker's first word over the socket in use is at least so long ago. */
  boolean heardFor(long nanos) {
    return heard && System.nanoTime() - firstWordNanos >= nanos;
  }

  /** Whether nobody is there: the last attempt to connect failed, or the connection ended. */
  boolean down() {
    return connection.down();
  }

  private void heard(byte[] bytes) {
    try {
      Upstream message = Upstream.decode(bytes);
      counted.heard();
      if (message instanceof Upstream.Heartbeat heartbeat) {
        if (!isOurs(heartbeat.broker())) {
          reopen("is another one");
          return;
        }
      } else if (message instanceof Upstream.Resync request) {
        listener.resync(request);
      } else if (message instanceof Upstream.Subscription subscription) {
        subscription(subscription);
      }
      if (!heard) firstWord();
    } catch (MalformedFrameException e) {
      LOG.log(Logger.Level.DEBUG, "from the broker: {0}", e.getMessage());
    }
  }

  private void firstWord() {
    heard = true;
    firstWordNanos = System.nanoTime();
    listener.connected();
  }

  /** Takes note of a heartbeat; false when it is another broker's than the socket's first one. */
  private boolean isOurs(UUID id) {
    lastWordNanos = System.nanoTime();
    heardEver = true;
    if (said != null) LOG.log(Logger.Level.INFO, "broker at {0} is there", address);
    said = null;
    if (broker == null) broker = id;
    return broker.equals(id);
  }

  private void subscription(Upstream.Subscription subscription) {
    ByteBuffer key = ByteBuffer.wrap(subscription.topic());
    changes++;
    if (!subscription.subscribe()) {
      if (subscriptions.remove(key) != null && ended.size() < FromBroker.MAX_SUBSCRIPTIONS)
        ended.add(key);
    } else if (subscriptions.size() < FromBroker.MAX_SUBSCRIPTIONS) {
      subscriptions.put(key, subscription.topic());
      ended.remove(key);
      listener.subscribed(subscription.topic());
    }
  }

  /**
   * @param why what is the matter with the broker, or null if it may be none of its doing
   */
  private void reopen(String why) {
    if (why != null) say(why);
    counted.reconnects();
    close(0);
    open();
  }

  /** Says the first trouble, and what a later one tells beyond it. */
  private void say(String why) {
    boolean news = said == null || why.equals(connection.refusal()) && !why.equals(said);
    if (!news) return;
    LOG.log(Logger.Level.WARNING, "broker at {0} {1}; connecting anew", address, why);
    said = why;
  }

  /** Closes the socket, and waits until the broker took what it holds, at most so long. */
  void close(long lingerMillis) {
    if (socket == null) return;
    if (poller != null) poller.close(); // none, where the address could not be found
    poller = null;
    socket.setLinger((int) lingerMillis);
    socket.close();
    socket = null;
    if (lingerMillis > 0) connection.awaitEnd(lingerMillis);
  }

  @Override
  public void close() {
    close(0);
  }
}
