package io.zibrato.transport;

import io.zibrato.wire.Frame;
import io.zibrato.wire.MalformedFrameException;
import io.zibrato.wire.Message;
import io.zibrato.wire.TextMessage;
import io.zibrato.wire.Topic;
import io.zibrato.wire.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** The publisher side of a broker: an XSUB that binds, in a thread of its own. */
final class FakeBroker implements AutoCloseable {
  private static final long HEARTBEAT_NANOS = 200_000_000L;

  final int port;
  final UUID id = UUID.randomUUID();
  final List<byte[]> received = new CopyOnWriteArrayList<>();
  volatile boolean heartbeats = true;
  volatile boolean reads = true;
  private final Queue<byte[]> upward = new ConcurrentLinkedQueue<>();
  private final Thread thread = new Thread(this::run, "fake-broker");
  private final ZContext context = new ZContext();
  private final ZMQ.Socket socket;
  private volatile boolean closed;

  FakeBroker() {
    this(0);
  }

  FakeBroker(int port) {
    socket = context.createSocket(SocketType.XSUB);
    socket.setHWM(10);
    if (port == 0) {
      this.port = socket.bindToRandomPort("tcp://127.0.0.1");
    } else {
      this.port = port;
      socket.bind("tcp://127.0.0.1:" + port);
    }
    thread.start();
  }

  FakeBroker subscribe(String level) {
    return send(new Upstream.Subscription(true, Topic.ofFrames(level)));
  }

  FakeBroker unsubscribe(String level) {
    return send(new Upstream.Subscription(false, Topic.ofFrames(level)));
  }

  FakeBroker send(Upstream message) {
    return send(message.encode());
  }

  FakeBroker send(byte[] message) {
    upward.add(message);
    return this;
  }

  private void run() {
    ZMQ.Poller poller = context.createPoller(1);
    poller.register(socket, ZMQ.Poller.POLLIN);
    long beatNanos = System.nanoTime();
    while (!closed) {
      for (byte[] message; (message = upward.poll()) != null; ) socket.send(message);
      if (heartbeats && System.nanoTime() - beatNanos > 0) {
        socket.send(new Upstream.Heartbeat(id).encode());
        beatNanos += HEARTBEAT_NANOS;
      }
      poller.poll(5);
      byte[] message;
      while (reads && (message = socket.recv(ZMQ.DONTWAIT)) != null) received.add(message);
    }
    poller.close();
    socket.close();
  }

  List<Frame> frames() {
    return messages().stream().filter(Frame.class::isInstance).map(Frame.class::cast).toList();
  }

  List<Frame> frames(String level) {
    return frames().stream().filter(frame -> frame.level().equals(level)).toList();
  }

  List<TextMessage> texts() {
    return messages().stream()
        .filter(TextMessage.class::isInstance)
        .map(TextMessage.class::cast)
        .toList();
  }

  private List<Message> messages() {
    List<Message> messages = new ArrayList<>();
    try {
      for (byte[] bytes : received) messages.add(Message.decode(bytes));
    } catch (MalformedFrameException e) {
      throw new AssertionError(e);
    }
    return messages;
  }

  /** The sum of the counter as a ledger has it, which reordered frames do not move back; or -1. */
  long sum(int counterId) {
    long sum = -1;
    for (Frame frame : frames()) {
      for (Frame.CounterValue counter : frame.counters()) {
        if (counter.id() == counterId) sum = Math.max(sum, counter.sum());
      }
    }
    return sum;
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    context.close();
  }
}
