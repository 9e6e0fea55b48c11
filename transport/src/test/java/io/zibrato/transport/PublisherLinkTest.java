package io.zibrato.transport;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** Closing, failures, and brokers that come, go and do not read. */
class PublisherLinkTest extends PublisherCase {
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
}
