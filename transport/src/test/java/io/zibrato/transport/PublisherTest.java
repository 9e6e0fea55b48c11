package io.zibrato.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.zibrato.meter.Counter;
import io.zibrato.meter.Gauge;
import io.zibrato.meter.Level;
import io.zibrato.meter.Series;
import io.zibrato.meter.SeriesType;
import io.zibrato.meter.Timer;
import io.zibrato.wire.Frame;
import io.zibrato.wire.TextMessage;
import io.zibrato.wire.Topic;
import io.zibrato.wire.Upstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** What is sent, of which levels, and what is heard. */
class PublisherTest extends PublisherCase {
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
}
