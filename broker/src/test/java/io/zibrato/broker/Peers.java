package io.zibrato.broker;

import io.zibrato.transport.CurveKeys;
import io.zibrato.transport.Endpoints;
import io.zibrato.transport.SocketGuards;
import io.zibrato.wire.Message;
import io.zibrato.wire.Upstream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * Applications and workers as bare sockets. For one test's thread.
 *
 * <p>While it waits it reads from all of them. A socket of JeroMQ notices only then that its
 * connection is a new one; and about one in twenty first connections over loopback stands still
 * until its handshake is given up, because the I/O thread has cancelled the wrong key.
 */
final class Peers implements AutoCloseable {
  private static final int HANDSHAKE_MILLIS = 300;

  private final ZContext context = new ZContext();
  private final List<Peer> all = new ArrayList<>();
  private final Optional<CurveKeys> keys;

  Peers() {
    this(Optional.empty());
  }

  /** Peers that encrypt. */
  Peers(CurveKeys keys) {
    this(Optional.of(keys));
  }

  private Peers(Optional<CurveKeys> keys) {
    this.keys = keys;
  }

  /** An application: connects to the publisher side, hears what comes down to it. */
  Peer application(int publisherPort) {
    ZMQ.Socket socket = context.createSocket(SocketType.XPUB);
    socket.setXpubVerbose(true);
    return connect(SocketGuards.guard(socket, Upstream.MAX_BYTES, 1000, keys), publisherPort);
  }

  /** An application that hears nothing, as in version 1. */
  Peer publisher(int publisherPort) {
    return connect(context.createSocket(SocketType.PUB), publisherPort);
  }

  /** A worker that can also send upwards. */
  Peer worker(int workerPort, String... topics) {
    ZMQ.Socket socket = context.createSocket(SocketType.XSUB);
    Peer worker = connect(SocketGuards.guard(socket, Message.MAX_BYTES, 1000, keys), workerPort);
    for (String topic : topics) worker.subscribe(topic);
    return worker;
  }

  /** One that is guarded by nothing. */
  ZMQ.Socket socket(SocketType type) {
    return context.createSocket(type);
  }

  Peer connect(ZMQ.Socket socket, int port) {
    socket.setLinger(0);
    socket.setHandshakeIvl(HANDSHAKE_MILLIS);
    socket.connect(Endpoints.tcp("127.0.0.1", port));
    Peer peer = new Peer(this, socket, new ArrayList<>());
    all.add(peer);
    return peer;
  }

  /** Waits, and reads from all sockets meanwhile. */
  void await(BooleanSupplier condition) {
    Awaitility.await()
        .pollInSameThread()
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              all.forEach(Peer::receive);
              return condition.getAsBoolean();
            });
  }

  @Override
  public void close() {
    context.close();
  }

  /** One of them, and all that it received. */
  record Peer(Peers peers, ZMQ.Socket socket, List<byte[]> received) implements AutoCloseable {
    void subscribe(String topic) {
      send(new Upstream.Subscription(true, bytes(topic)).encode());
    }

    void unsubscribe(String topic) {
      send(new Upstream.Subscription(false, bytes(topic)).encode());
    }

    void send(byte[] message) {
      socket.send(message, ZMQ.DONTWAIT);
    }

    void send(String message) {
      send(bytes(message));
    }

    boolean has(String message) {
      return has(bytes(message));
    }

    boolean has(byte[] message) {
      return has((Predicate<byte[]>) known -> Arrays.equals(known, message));
    }

    boolean has(Predicate<byte[]> message) {
      return count(message) > 0;
    }

    long count(Predicate<byte[]> message) {
      receive();
      return received.stream().filter(message).count();
    }

    void awaitSubscription(String topic) {
      peers.await(() -> has(new Upstream.Subscription(true, bytes(topic)).encode()));
    }

    void awaitUnsubscription(String topic) {
      peers.await(() -> has(new Upstream.Subscription(false, bytes(topic)).encode()));
    }

    void awaitMessage(String message) {
      peers.await(() -> has(message));
    }

    void receive() {
      if (socket.getSocketType() == SocketType.PUB) return; // send does the same for it
      for (byte[] m = socket.recv(ZMQ.DONTWAIT); m != null; m = socket.recv(ZMQ.DONTWAIT)) {
        received.add(m);
      }
    }

    @Override
    public void close() {
      peers.all.remove(this);
      socket.close();
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
