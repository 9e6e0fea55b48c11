package io.zibrato.transport;

import io.zibrato.wire.MalformedFrameException;
import io.zibrato.wire.Message;
import io.zibrato.wire.Topic;
import io.zibrato.wire.Upstream;
import java.lang.System.Logger;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMonitor;

/**
 * The publisher's socket to the broker, and what the broker says over it. For the publisher's
 * thread only.
 */
final class BrokerLink implements AutoCloseable {
  /*
   * An XPUB that connects. A socket is trusted for as long as the broker's heartbeat comes, with one id: when it stays away, or another broker answers, the socket is closed and a new
   * one made, because JeroMQ gives up a connection for good on some errors, notices a partition late, and keeps the subscriptions of a broker that is gone.
   * A broker of the old kind, a plain proxy, sends no heartbeat: while none was ever heard and somebody subscribes, the socket is left alone.
   * After a new socket's first word the subscriptions follow within a moment; until SETTLE_NANOS have passed, a missing one means nothing.
   */
  private static final Logger LOG = System.getLogger(BrokerLink.class.getName());
  private static final long SILENCE_NANOS = 5_000_000_000L;
  private static final long SETTLE_NANOS = 1_000_000_000L;
  private static final int QUEUED_MESSAGES = 1_000;

  /** More subscriptions than this are no broker of ours; further ones are passed over. */
  private static final int MAX_SUBSCRIPTIONS = 10_000;

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
  private final Listener listener;
  private final Map<ByteBuffer, byte[]> subscriptions = new HashMap<>();
  private ZMQ.Socket socket;
  private ZMQ.Poller poller;
  private UUID broker;
  private boolean heardEver;
  private long lastWordNanos;
  private long firstWordNanos;
  private boolean firstWord;
  private boolean lossSaid;
  private long rebuilds = -1;
  private volatile boolean refused;

  BrokerLink(ZContext context, String address, Listener listener) {
    this.context = context;
    this.address = address;
    this.listener = listener;
  }

  void open() {
    socket =
        SocketGuards.guard(
            context.createSocket(SocketType.XPUB), Upstream.MAX_BYTES, QUEUED_MESSAGES);
    socket.setXpubVerbose(true);
    socket.setXpubNoDrop(true);
    // On ZeroMQ's thread, so it does no more than set a flag.
    socket.setEventHook(
        event -> refused = event.getEvent() == ZMonitor.Event.CONNECT_RETRIED,
        ZMQ.EVENT_CONNECTED | ZMQ.EVENT_CONNECT_RETRIED);
    socket.connect(address);
    poller = context.createPoller(1);
    poller.register(socket, ZMQ.Poller.POLLIN);
    subscriptions.clear();
    broker = null;
    firstWord = false;
    lastWordNanos = System.nanoTime();
    rebuilds++;
  }

  /** Waits for the broker at most so long, and hands what it says to the listener. */
  void await(long millis) {
    if (poller.poll(millis) > 0) {
      for (byte[] bytes; (bytes = socket.recv(ZMQ.DONTWAIT)) != null; ) heard(bytes);
    }
    if (silent()) {
      if (!lossSaid && heardEver)
        LOG.log(Logger.Level.WARNING, "broker {0} is silent; connecting anew", address);
      lossSaid = heardEver;
      reopen();
    }
  }

  /** Sends a message, or returns false, and has sent nothing, when the broker takes no more. */
  boolean send(byte[] message) {
    if (message.length > Message.MAX_BYTES) {
      throw new IllegalArgumentException("message of " + message.length + " bytes");
    }
    return socket.send(message, ZMQ.DONTWAIT);
  }

  /** Whether somebody subscribes to messages of the topic, as far as is known. */
  boolean wants(byte[] topic) {
    return subscriptions.values().stream().anyMatch(prefix -> Topic.matches(prefix, topic));
  }

  /** Whether all subscriptions that there are had time to arrive. */
  boolean settled() {
    return firstWord && System.nanoTime() - firstWordNanos >= SETTLE_NANOS;
  }

  /** Whether anything came from the broker over the socket in use. */
  boolean heard() {
    return firstWord;
  }

  /** Whether nobody listens at the address: the last attempt to connect failed. */
  boolean refused() {
    return refused;
  }

  /** How often the socket was made anew. */
  long rebuilds() {
    return rebuilds;
  }

  private boolean silent() {
    if (!heardEver && !subscriptions.isEmpty()) return false;
    return System.nanoTime() - lastWordNanos > SILENCE_NANOS;
  }

  private void heard(byte[] bytes) {
    try {
      Upstream message = Upstream.decode(bytes);
      if (message instanceof Upstream.Heartbeat heartbeat) {
        if (!isOurs(heartbeat.broker())) {
          reopen();
          return;
        }
      } else if (message instanceof Upstream.Resync request) {
        listener.resync(request);
      } else if (message instanceof Upstream.Subscription subscription) {
        subscription(subscription);
      }
      if (!firstWord) firstWord();
    } catch (MalformedFrameException e) {
      LOG.log(Logger.Level.DEBUG, "from the broker: {0}", e.getMessage());
    }
  }

  private void firstWord() {
    firstWord = true;
    firstWordNanos = System.nanoTime();
    listener.connected();
  }

  /** Takes note of a heartbeat; false when it is another broker's than the socket's first one. */
  private boolean isOurs(UUID id) {
    lastWordNanos = System.nanoTime();
    heardEver = true;
    if (lossSaid) LOG.log(Logger.Level.INFO, "broker {0} is back", address);
    lossSaid = false;
    if (broker == null) broker = id;
    return broker.equals(id);
  }

  private void subscription(Upstream.Subscription subscription) {
    ByteBuffer key = ByteBuffer.wrap(subscription.topic());
    if (!subscription.subscribe()) {
      subscriptions.remove(key);
    } else if (subscriptions.size() < MAX_SUBSCRIPTIONS) {
      subscriptions.put(key, subscription.topic());
      listener.subscribed(subscription.topic());
    }
  }

  private void reopen() {
    close(0);
    open();
  }

  /** Closes the socket; what it still holds is sent for at most so long, by ZeroMQ's own thread. */
  void close(int lingerMillis) {
    if (socket == null) return;
    poller.close();
    socket.setLinger(lingerMillis);
    socket.close();
    socket = null;
  }

  @Override
  public void close() {
    close(0);
  }
}
