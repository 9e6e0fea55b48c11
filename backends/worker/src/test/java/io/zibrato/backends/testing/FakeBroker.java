package io.zibrato.backends.testing;

import io.zibrato.transport.SocketGuards;
import io.zibrato.wire.MalformedFrameException;
import io.zibrato.wire.Message;
import io.zibrato.wire.Topic;
import io.zibrato.wire.Upstream;
import java.io.Closeable;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** The worker side of a broker: sends what the test says, and remembers what workers ask for. */
public final class FakeBroker implements Closeable {
  private static final long HEARTBEAT_NANOS = 200_000_000L;

  /** What came up from the workers, oldest first. */
  public final List<Upstream> upstream = new CopyOnWriteArrayList<>();

  private final Queue<byte[]> toSend = new ConcurrentLinkedQueue<>();
  private final ZContext context = new ZContext();
  private final ZMQ.Socket socket;
  private final int port;
  private final Thread thread = new Thread(this::run, "fake-broker");
  private volatile boolean silent;
  private volatile boolean closed;

  /** Binds a free port of the loopback, and begins to send heartbeats. */
  public FakeBroker() {
    this(0);
  }

  /**
   * @param port 0 for a free one
   */
  public FakeBroker(int port) {
    socket = SocketGuards.guard(context.createSocket(SocketType.XPUB), Message.MAX_BYTES, 100_000);
    socket.setXpubVerbose(true);
    socket.bind("tcp://127.0.0.1:" + (port == 0 ? "*" : port));
    String endpoint = socket.getLastEndpoint();
    this.port = Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
    thread.setDaemon(true);
    thread.start();
  }

  public int port() {
    return port;
  }

  public String endpoint() {
    return "tcp://127.0.0.1:" + port;
  }

  public void send(byte[] message) {
    toSend.add(message);
  }

  /** Neither sends nor reads anything, while true. */
  public void silent(boolean silent) {
    this.silent = silent;
  }

  /** How often a worker subscribed to the frames of the level, or to everything. */
  public long subscriptions(String level) {
    byte[] topic = level.isEmpty() ? new byte[0] : Topic.ofFrames(level);
    return upstream.stream()
        .filter(
            message ->
                message instanceof Upstream.Subscription subscription
                    && subscription.subscribe()
                    && Arrays.equals(subscription.topic(), topic))
        .count();
  }

  /** How often a worker asked for a full frame of the instance. */
  public long resyncs(UUID instance, String level) {
    return upstream.stream().filter(new Upstream.Resync(instance, level)::equals).count();
  }

  private void run() {
    byte[] heartbeat = new Upstream.Heartbeat(UUID.randomUUID()).encode();
    long lastHeartbeat = System.nanoTime() - HEARTBEAT_NANOS;
    try (ZMQ.Poller poller = context.createPoller(1)) {
      poller.register(socket, ZMQ.Poller.POLLIN);
      while (!closed) {
        poller.poll(10);
        if (silent) continue;
        for (byte[] up; (up = socket.recv(ZMQ.DONTWAIT)) != null; ) read(up);
        for (byte[] message; (message = toSend.poll()) != null; ) socket.send(message);
        if (System.nanoTime() - lastHeartbeat < HEARTBEAT_NANOS) continue;
        socket.send(heartbeat);
        lastHeartbeat = System.nanoTime();
      }
    }
    context.close();
  }

  private void read(byte[] up) {
    try {
      upstream.add(Upstream.decode(up));
    } catch (MalformedFrameException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
