package io.zibrato.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.zibrato.meter.Counter;
import io.zibrato.meter.Gauge;
import io.zibrato.meter.Level;
import io.zibrato.meter.Meters;
import io.zibrato.meter.Series;
import io.zibrato.meter.SeriesType;
import io.zibrato.meter.Timer;
import io.zibrato.wire.Frame;
import io.zibrato.wire.MalformedFrameException;
import io.zibrato.wire.Message;
import io.zibrato.wire.TextMessage;
import io.zibrato.wire.Topic;
import io.zibrato.wire.Upstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

class PublisherTest {
  private final Meters meters = new Meters("src", 100, "debug"::equals, 1024);
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable resource : open) resource.close();
  }

  @Test
  void start_isWhatBeginsTheThread() {
    long before = publisherThreads();
    Publisher publisher = publisher(1, 2);
    assertThat(publisherThreads()).isEqualTo(before);

    publisher.start();
    publisher.start();

    assertThat(publisherThreads()).isEqualTo(before + 1);
  }

  @Test
  void start_doesNothingWhenDisabledOrClosed() {
    long before = publisherThreads();
    Settings on = settings(1, 2);
    Settings off =
        new Settings(
            false,
            on.host(),
            on.port(),
            on.source(),
            on.publishInterval(),
            on.closeTimeout(),
            on.onDemand(),
            on.maxSeries(),
            on.gaugeQueue(),
            on.wire(),
            on.curveKeys(),
            on.statvent(),
            on.pipeDir());
    new Publisher(off, meters, null).start();
    Publisher closed = publisher(1, 2);
    closed.close();
    closed.start();

    assertThat(publisherThreads()).isEqualTo(before);
  }

  @Test
  void frames_areFullOnConnectAndCumulativeAfter() {
    FakeBroker broker = broker().subscribe("info");
    Counter counter = counter("info", "hits");
    Timer timer = meters.timer(new Series("info", SeriesType.TIMER, "t", "src"));
    counter.increment(3);
    timer.record(1_000);
    started(broker.port, 2);

    eventually(() -> assertThat(broker.sum(counter.id())).isEqualTo(3));
    counter.increment(4);
    eventually(() -> assertThat(broker.sum(counter.id())).isEqualTo(7));

    List<Frame> frames = broker.frames("info");
    assertThat(frames.get(0).full()).isTrue();
    assertThat(frames.get(0).definitions()).hasSize(2);
    assertThat(frames.get(0).timers().get(0).count()).isEqualTo(1);
    assertThat(frames.get(frames.size() - 1).timers()).isEmpty();
    for (int i = 0; i < frames.size(); i++) {
      assertThat(frames.get(i).sequence()).isEqualTo(i + 1);
    }
  }

  @Test
  void level_nobodySubscribesToIsNotSent() {
    FakeBroker broker = broker().subscribe("info");
    counter("other", "a").increment();
    counter("information", "b").increment();
    Counter counter = counter("info", "c");
    counter.increment();
    started(broker.port, 2);

    eventually(() -> assertThat(broker.sum(counter.id())).isEqualTo(1));
    broker.subscribe("other");
    eventually(() -> assertThat(broker.frames("other")).isNotEmpty());

    assertThat(broker.frames("information")).isEmpty();
  }

  @Test
  void resync_isAnsweredWithAFullFrame() {
    FakeBroker broker = broker().subscribe("info");
    counter("info", "hits").increment();
    Publisher publisher = started(broker.port, 2);
    eventually(() -> assertThat(fullFrames(broker)).isEqualTo(1));

    broker.send(new Upstream.Resync(UUID.randomUUID(), "info"));
    broker.send(new Upstream.Resync(publisher.instance().id(), "elsewhere"));
    broker.send(new Upstream.Resync(publisher.instance().id(), "info"));
    eventually(() -> assertThat(fullFrames(broker)).isEqualTo(2));
    broker.send(new Upstream.Resync(Upstream.EVERYONE, "info"));

    eventually(() -> assertThat(fullFrames(broker)).isEqualTo(3));
  }

  @Test
  void onDemand_followsSubscriptions() {
    FakeBroker broker = broker();
    Counter counter = counter("debug", "c");
    Level debug = counter.level();
    started(broker.port, 2);
    counter.increment();
    assertThat(counter.sum()).isZero();

    broker.subscribe("debug");
    eventually(() -> assertThat(debug.wanted()).isTrue());
    counter.increment(5);
    eventually(() -> assertThat(broker.sum(counter.id())).isEqualTo(5));
    broker.unsubscribe("debug");

    eventually(() -> assertThat(debug.wanted()).isFalse());
  }

  @Test
  void onDemand_staysOnWhileTheSubscriptionIsLateAtANewBroker() {
    FakeBroker first = broker().subscribe("debug");
    Counter counter = counter("debug", "c");
    Counter info = counter("info", "c");
    info.increment();
    started(first.port, 2);
    eventually(() -> assertThat(counter.level().wanted()).isTrue());
    first.close();
    FakeBroker second = new FakeBroker(first.port);
    open.add(second);
    second.subscribe("info");
    eventually(() -> assertThat(second.sum(info.id())).isEqualTo(1));
    AtomicInteger seenOff = new AtomicInteger();

    // The rounds in between: more than a second, which is what a worker's next attempt may take.
    for (int round = 2; round <= 150; round++) {
      int sum = round;
      info.increment();
      eventually(() -> assertThat(second.sum(info.id())).isEqualTo(sum));
      if (!counter.level().wanted()) seenOff.incrementAndGet();
    }
    second.subscribe("debug");

    assertThat(seenOff).hasValue(0);
    counter.increment();
    eventually(() -> assertThat(second.sum(counter.id())).isEqualTo(1));
    second.unsubscribe("debug");
    eventually(() -> assertThat(counter.level().wanted()).isFalse());
  }

  @Test
  void onDemand_goesOffWhenNobodySubscribesAtANewBroker() {
    FakeBroker first = broker().subscribe("debug");
    Counter counter = counter("debug", "c");
    started(first.port, 2);
    eventually(() -> assertThat(counter.level().wanted()).isTrue());
    first.close();

    open.add(new FakeBroker(first.port));

    eventually(() -> assertThat(counter.level().wanted()).isFalse());
  }

  @Test
  void onDemand_isOnForAMeterMadeAfterTheSubscription() {
    FakeBroker broker = broker().subscribe("debug").subscribe("info");
    Counter info = counter("info", "c");
    info.increment();
    started(broker.port, 2);
    eventually(() -> assertThat(broker.sum(info.id())).isEqualTo(1));

    Counter counter = counter("debug", "late");
    eventually(() -> assertThat(counter.level().wanted()).isTrue());
    counter.increment();

    eventually(() -> assertThat(broker.sum(counter.id())).isEqualTo(1));
  }

  @Test
  void close_sendsALastFrameOfWhatIsNew() {
    FakeBroker broker = broker().subscribe("info");
    Counter counter = counter("info", "hits");
    counter.increment();
    Publisher publisher = started(broker.port, 2);
    eventually(() -> assertThat(broker.sum(counter.id())).isEqualTo(1));

    counter.increment(9);
    publisher.close();
    publisher.close();

    eventually(() -> assertThat(broker.frames().stream().anyMatch(Frame::last)).isTrue());
    assertThat(broker.sum(counter.id())).isEqualTo(10);
    assertThat(publisherThreads()).isZero();
  }

  @Test
  void close_rightAfterStartStillSends() {
    FakeBroker broker = broker().subscribe("info").subscribe("warn");
    Counter counter = counter("info", "hits");
    Counter warn = counter("warn", "hits");
    counter.increment(3);
    warn.increment(4);
    started(broker.port, 2).close();

    eventually(() -> assertThat(broker.frames()).hasSize(2));
    assertThat(broker.frames()).allMatch(Frame::last);
    assertThat(broker.sum(counter.id())).isEqualTo(3);
    assertThat(broker.sum(warn.id())).isEqualTo(4);
  }

  @Test
  void close_sendsAllOfALargeRoundOverAGivenContext() {
    FakeBroker broker = broker().subscribe("info");
    Meters many = new Meters("src", 10_000, level -> false, 1024);
    for (int i = 0; i < 10_000; i++) {
      Series series = new Series("info", SeriesType.COUNTER, "c" + i + "x".repeat(240), "src");
      many.counter(series).increment(i);
    }
    try (ZContext context = new ZContext()) {
      Publisher publisher = new Publisher(settings(broker.port, 2), many, context);
      open.add(publisher);
      publisher.start();
      publisher.close();
      assertThat(context.isClosed()).isFalse();
      assertThat(context.getSockets()).isEmpty();
    }

    eventually(() -> assertThat(broker.frames()).isNotEmpty());
    int parts = broker.frames().get(0).parts();
    eventually(() -> assertThat(broker.frames()).hasSize(parts));
    assertThat(broker.frames().stream().mapToInt(frame -> frame.counters().size()).sum())
        .isEqualTo(10_000);
  }

  @Test
  void close_isPromptWhenNobodyListens() throws IOException {
    counter("info", "hits").increment();
    Publisher publisher = started(freePort(), 2, Duration.ofSeconds(60));

    // Far below the close timeout.
    assertTimeout(Duration.ofSeconds(20), publisher::close);

    assertThat(publisherThreads()).isZero();
  }

  @Test
  void close_endsInTimeWhenTheOtherSideIsSilent() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      counter("info", "hits").increment();
      Publisher publisher = started(silent.getLocalPort(), 2, Duration.ofMillis(300));
      try (Socket accepted = silent.accept()) {
        assertThat(accepted.isConnected()).isTrue();
        assertTimeout(Duration.ofSeconds(10), publisher::close);
      }
      eventually(() -> assertThat(publisherThreads()).isZero());
    }
  }

  @Test
  void close_leavesTheInterruptSetAndSendsAllTheSame() {
    FakeBroker broker = broker().subscribe("info");
    Counter counter = counter("info", "hits");
    Timer timer = meters.timer(new Series("info", SeriesType.TIMER, "t", "src"));
    Gauge gauge = meters.gauge(new Series("info", SeriesType.GAUGE, "g", "src"));
    Publisher publisher = started(broker.port, 2);

    Thread.currentThread().interrupt();
    counter.increment();
    timer.record(1);
    gauge.record(1);
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    publisher.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(publisherThreads()).isZero();

    eventually(() -> assertThat(broker.frames().stream().anyMatch(Frame::last)).isTrue());
    assertThat(broker.sum(counter.id())).isEqualTo(1);
  }

  @Test
  void publisher_beginsAnewAfterAFailure() {
    FakeBroker broker = broker().subscribe("info");
    Counter counter = counter("info", "hits");
    counter.increment();
    AtomicInteger asked = new AtomicInteger();
    try (ZContext failing =
        new ZContext() {
          @Override
          public ZMQ.Socket createSocket(SocketType type) {
            if (asked.getAndIncrement() == 0) throw new AssertionError("as asked");
            return super.createSocket(type);
          }
        }) {
      Publisher publisher = new Publisher(settings(broker.port, 2), meters, failing);
      publisher.start();

      eventually(() -> assertThat(broker.sum(counter.id())).isEqualTo(1));
      publisher.close();
    }
    // More only if JeroMQ forgot the second one's connection, and the link made it anew.
    assertThat(asked.get()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void publisher_survivesAnInterruptOfItsThread() {
    FakeBroker broker = broker().subscribe("info");
    Counter counter = counter("info", "hits");
    counter.increment();
    started(broker.port, 2);
    eventually(() -> assertThat(broker.sum(counter.id())).isEqualTo(1));

    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("zibrato-publisher")) thread.interrupt();
    }
    counter.increment();

    eventually(() -> assertThat(broker.sum(counter.id())).isEqualTo(2));
  }

  @Test
  void restartedBroker_getsAFullRoundAndLosesNoCount() {
    Counter counter = counter("info", "hits");
    counter.increment();
    FakeBroker first = broker().subscribe("info").subscribe("debug");
    Counter debug = counter("debug", "d");
    started(first.port, 2);
    eventually(() -> assertThat(first.sum(counter.id())).isEqualTo(1));
    eventually(() -> assertThat(debug.level().wanted()).isTrue());

    first.close();
    counter.increment(10);
    assertThat(debug.level().wanted()).isTrue();
    FakeBroker second = new FakeBroker(first.port).subscribe("info");
    open.add(second);

    eventually(() -> assertThat(fullFrames(second)).isPositive());
    counter.increment();
    eventually(() -> assertThat(second.sum(counter.id())).isEqualTo(12));
    eventually(() -> assertThat(debug.level().wanted()).isFalse());
  }

  @Test
  void silentBroker_isConnectedToAnew() {
    FakeBroker broker = broker().subscribe("info").subscribe(Level.ZIBRATO);
    Counter counter = counter("info", "hits");
    counter.increment();
    started(broker.port, 2);
    eventually(() -> assertThat(broker.sum(counter.id())).isEqualTo(1));
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(own(broker, "frames")).isGreaterThan(50));

    broker.heartbeats = false;

    eventually(() -> assertThat(own(broker, "reconnects")).isPositive());
    counter.increment();
    eventually(() -> assertThat(broker.sum(counter.id())).isEqualTo(2));
  }

  @Test
  void stuckBroker_getsEverythingOnceItReadsAgain() {
    FakeBroker broker = broker();
    broker.reads = false;
    broker.heartbeats = false;
    broker.subscribe("info").subscribe(Level.ZIBRATO);
    Meters many = new Meters("src", 10_000, level -> false, 1024);
    Counter refused = many.counter(own("refused"));
    List<Counter> counters = new ArrayList<>();
    for (int i = 0; i < 6_000; i++) {
      Series series = new Series("info", SeriesType.COUNTER, "c" + i + "x".repeat(240), "src");
      counters.add(many.counter(series));
    }
    Publisher publisher = new Publisher(settings(broker.port, 2), many, null);
    open.add(publisher);
    publisher.start();
    // Until socket and network are full; then once more.
    long[] added = {0};
    Runnable increment =
        () -> {
          counters.forEach(Counter::increment);
          added[0]++;
        };
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              increment.run();
              return refused.sum() > 0;
            });
    increment.run();

    broker.reads = true;

    for (Counter counter : List.of(counters.get(0), counters.get(999), counters.get(5_999))) {
      eventually(() -> assertThat(broker.sum(counter.id())).isEqualTo(added[0]));
    }
    List<Long> sequences = broker.frames("info").stream().map(Frame::sequence).toList();
    assertThat(sequences).doesNotHaveDuplicates();
  }

  @Test
  void own_isToldOnceSomebodySubscribesByName() {
    FakeBroker broker = broker().subscribe("info");
    Counter counter = counter("info", "hits");
    counter.increment();
    AtomicInteger sockets = new AtomicInteger();
    ZContext counting =
        new ZContext() {
          @Override
          public ZMQ.Socket createSocket(SocketType type) {
            sockets.incrementAndGet();
            return super.createSocket(type);
          }
        };
    Publisher publisher = new Publisher(settings(broker.port, 2), meters, counting);
    open.add(publisher);
    publisher.start();
    eventually(() -> assertThat(broker.sum(counter.id())).isEqualTo(1));
    assertThat(meters.size()).isEqualTo(1);

    broker.subscribe(Level.ZIBRATO);

    eventually(() -> assertThat(own(broker, "frames")).isPositive());
    assertThat(own(broker, "bytes")).isPositive();
    assertThat(own(broker, "refused")).isZero();
    // Each socket but the first is one; JeroMQ forgets a connection now and then.
    assertThat(own(broker, "reconnects")).isEqualTo(sockets.get() - 1);
    assertThat(ownNames(broker))
        .containsExactlyInAnyOrder(
            "publisher.made publisher.frames publisher.bytes publisher.refused publisher.reconnects"
                .concat(" publisher.gauges.in publisher.gauges.out publisher.gauges.held")
                .concat(" publisher.silent_seconds publisher.series publisher.overflowed")
                .concat(" level.wanted level.sites")
                .split(" "));
    publisher.close();
    counting.close();
  }

  private static Set<String> ownNames(FakeBroker broker) {
    return broker.frames(Level.ZIBRATO).stream()
        .flatMap(frame -> frame.definitions().stream())
        .map(definition -> definition.series().name().replaceFirst("^zibrato[.]", ""))
        .collect(Collectors.toSet());
  }

  @Test
  void wireOne_sendsTextsToAPlainSubscriberWithoutHeartbeats() {
    try (ZContext context = new ZContext()) {
      ZMQ.Socket subscriber = context.createSocket(SocketType.SUB);
      subscriber.subscribe(new byte[0]);
      subscriber.setReceiveTimeOut(20_000);
      AtomicInteger accepted = new AtomicInteger();
      subscriber.setEventHook(event -> accepted.incrementAndGet(), ZMQ.EVENT_ACCEPTED);
      int port = subscriber.bindToRandomPort("tcp://127.0.0.1");
      Counter counter = counter("info", "hits");
      Timer timer = meters.timer(new Series("info", SeriesType.TIMER, "t", "src"));
      Gauge gauge = meters.gauge(new Series("info", SeriesType.GAUGE, "g", "src"));
      counter.increment(3);
      timer.record(1_500_000_000L);
      gauge.record(2.5);
      Publisher publisher = started(port, 1);

      List<TextMessage> messages = new ArrayList<>();
      for (int i = 0; i < 3; i++) messages.add(text(subscriber.recv()));
      int connections = accepted.get(); // more than one where JeroMQ forgot the first
      // Longer than a broker with heartbeats may be silent.
      await().pollDelay(Duration.ofSeconds(6)).until(() -> true);
      assertThat(accepted.get()).isEqualTo(connections);
      counter.increment(2);
      messages.add(text(subscriber.recv()));

      assertThat(messages)
          .extracting(TextMessage::type)
          .containsExactly(
              SeriesType.COUNTER, SeriesType.TIMER, SeriesType.GAUGE, SeriesType.COUNTER);
      assertThat(messages).extracting(TextMessage::value).containsExactly(3.0, 1.5, 2.5, 2.0);
      assertThat(messages).extracting(TextMessage::level).containsOnly("info");
      assertThat(messages).extracting(TextMessage::source).containsOnly("src");
      publisher.close();
    }
  }

  @Test
  void wireOne_sendsTextsThroughABroker() {
    FakeBroker broker = broker();
    broker.send(new Upstream.Subscription(true, Topic.ofText("info")));
    Timer timer = meters.timer(new Series("info", SeriesType.TIMER, "t", "src"));
    started(broker.port, 1);

    for (int i = 0; i < 1_000; i++) timer.record(1_000_000);

    eventually(() -> assertThat(broker.texts()).hasSize(1_000));
    double sum = broker.texts().stream().mapToDouble(TextMessage::value).sum();
    assertThat(sum).isEqualTo(1.0, within(1e-9));
  }

  @Test
  void hostileUpstream_isPassedOver() {
    FakeBroker broker = broker().subscribe("info");
    Counter counter = counter("info", "hits");
    counter.increment();
    started(broker.port, 2);
    eventually(() -> assertThat(broker.sum(counter.id())).isEqualTo(1));

    broker.send(new byte[0]);
    broker.send(new byte[] {0x7F, 1, 2});
    broker.send(new byte[] {0x03, 1});
    broker.send(new byte[100_000]);
    counter.increment();

    eventually(() -> assertThat(broker.sum(counter.id())).isEqualTo(2));
  }

  private static long fullFrames(FakeBroker broker) {
    return broker.frames("info").stream().filter(Frame::full).count();
  }

  /** The newest sum of what the publisher says of itself, or -1. */
  private static long own(FakeBroker broker, String name) {
    for (Frame frame : broker.frames(Level.ZIBRATO)) {
      for (Frame.Definition definition : frame.definitions()) {
        if (definition.series().name().equals("zibrato.publisher." + name)) {
          return broker.sum(definition.id());
        }
      }
    }
    return -1;
  }

  private static Series own(String name) {
    return new Series(Level.ZIBRATO, SeriesType.COUNTER, "zibrato.publisher." + name, "src");
  }

  private static TextMessage text(byte[] bytes) {
    try {
      return (TextMessage) Message.decode(bytes);
    } catch (MalformedFrameException e) {
      throw new AssertionError(e);
    }
  }

  private static void eventually(ThrowingRunnable assertion) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(assertion);
  }

  private static long publisherThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("zibrato-publisher"))
        .count();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private FakeBroker broker() {
    FakeBroker broker = new FakeBroker();
    open.add(broker);
    return broker;
  }

  private Counter counter(String level, String name) {
    return meters.counter(new Series(level, SeriesType.COUNTER, name, "src"));
  }

  private Publisher started(int port, int wire) {
    return started(port, wire, Duration.ofSeconds(2));
  }

  private Publisher started(int port, int wire, Duration closeTimeout) {
    Publisher publisher = new Publisher(settings(port, wire, closeTimeout), meters, null);
    open.add(publisher);
    publisher.start();
    return publisher;
  }

  private Publisher publisher(int port, int wire) {
    Publisher publisher = new Publisher(settings(port, wire), meters, null);
    open.add(publisher);
    return publisher;
  }

  private static Settings settings(int port, int wire) {
    return settings(port, wire, Duration.ofSeconds(2));
  }

  private static Settings settings(int port, int wire, Duration closeTimeout) {
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
