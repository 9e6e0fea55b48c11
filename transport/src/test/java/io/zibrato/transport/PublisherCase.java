package io.zibrato.transport;

import static org.awaitility.Awaitility.await;

import io.zibrato.meter.Counter;
import io.zibrato.meter.Level;
import io.zibrato.meter.Meters;
import io.zibrato.meter.Series;
import io.zibrato.meter.SeriesType;
import io.zibrato.wire.Frame;
import io.zibrato.wire.MalformedFrameException;
import io.zibrato.wire.Message;
import io.zibrato.wire.TextMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;

/** Publishers of meters of their own, and brokers that they speak to. */
abstract class PublisherCase {
  final Meters meters = new Meters("src", 100, "debug"::equals, 1024);
  final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable resource : open) resource.close();
  }

  static long fullFrames(FakeBroker broker) {
    return broker.frames("info").stream().filter(Frame::full).count();
  }

  /** The newest sum of what the publisher says of itself, or -1. */
  static long own(FakeBroker broker, String name) {
    for (Frame frame : broker.frames(Level.ZIBRATO)) {
      for (Frame.Definition definition : frame.definitions()) {
        if (definition.series().name().equals("zibrato.publisher." + name)) {
          return broker.sum(definition.id());
        }
      }
    }
    return -1;
  }

  static Series own(String name) {
    return new Series(Level.ZIBRATO, SeriesType.COUNTER, "zibrato.publisher." + name, "src");
  }

  static TextMessage text(byte[] bytes) {
    try {
      return (TextMessage) Message.decode(bytes);
    } catch (MalformedFrameException e) {
      throw new AssertionError(e);
    }
  }

  static void eventually(ThrowingRunnable assertion) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(assertion);
  }

  static long publisherThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("zibrato-publisher"))
        .count();
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  FakeBroker broker() {
    FakeBroker broker = new FakeBroker();
    open.add(broker);
    return broker;
  }

  Counter counter(String level, String name) {
    return meters.counter(new Series(level, SeriesType.COUNTER, name, "src"));
  }

  Publisher started(int port, int wire) {
    return started(port, wire, Duration.ofSeconds(2));
  }

  Publisher started(int port, int wire, Duration closeTimeout) {
    Publisher publisher = new Publisher(settings(port, wire, closeTimeout), meters, null);
    open.add(publisher);
    publisher.start();
    return publisher;
  }

  Publisher publisher(int port, int wire) {
    Publisher publisher = new Publisher(settings(port, wire), meters, null);
    open.add(publisher);
    return publisher;
  }

  static Settings settings(int port, int wire) {
    return settings(port, wire, Duration.ofSeconds(2));
  }

  static Settings settings(int port, int wire, Duration closeTimeout) {
    return new Settings(
        true,
        "127.0.0.1",
        port,
        "src",
        Duration.ofMillis(20),
        closeTimeout,
        Set.of("debug"),
        100,
        1024,
        wire,
        Optional.empty(),
        false,
        Settings.PIPE_DIR);
  }
}
