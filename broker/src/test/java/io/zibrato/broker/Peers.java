package io.zibrato.broker;

import static org.awaitility.Awaitility.await;

import io.zibrato.transport.Endpoints;
import io.zibrato.transport.SocketGuards;
import io.zibrato.wire.Message;
import io.zibrato.wire.Upstream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** Applications and workers as bare sockets. For one test's thread. */
final class Peers implements AutoCloseable {
  private final ZContext context = new ZContext();

  /** An application: connects to the publisher side, hears what comes down to it. */
  Peer application(int publisherPort) {
    ZMQ.Socket socket = context.createSocket(SocketType.XPUB);
    socket.setXpubVerbose(true);
    return connect(SocketGuards.guard(socket, Upstream.MAX_BYTES, 1000), publisherPort);
  }

  /** An application that hears nothing, as in version 1. */
  Peer publisher(int publisherPort) {
    return connect(context.createSocket(SocketType.PUB), publisherPort);
  }

  /** A worker that can also send upwards. */
  Peer worker(int workerPort, String... topics) {
    ZMQ.Socket socket = context.createSocket(SocketType.XSUB);
    Peer worker = connect(SocketGuards.guard(socket, Message.MAX_BYTES, 1000), workerPort);
    for (String topic : topics) worker.subscribe(topic);
    return worker;
  }

  private static Peer connect(ZMQ.Socket socket, int port) {
    socket.setLinger(0);
    socket.connect(Endpoints.tcp("127.0.0.1", port));
    return new Peer(socket);
  }

  @Override
  public void close() {
    context.close();
  }

  /** One of them, and all that it received. */
  record Peer(ZMQ.Socket socket, List<byte[]> received) implements AutoCloseable {
    Peer(ZMQ.Socket socket) {
      this(socket, new ArrayList<>());
    }

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
      await().until(() -> has(new Upstream.Subscription(true, bytes(topic)).encode()));
    }

    void awaitUnsubscription(String topic) {
      await().until(() -> has(new Upstream.Subscription(false, bytes(topic)).encode()));
    }

    void awaitMessage(String message) {
      await().until(() -> has(message));
    }

    void receive() {
      for (byte[] m = socket.recv(ZMQ.DONTWAIT); m != null; m = socket.recv(ZMQ.DONTWAIT)) {
        received.add(m);
      }
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
