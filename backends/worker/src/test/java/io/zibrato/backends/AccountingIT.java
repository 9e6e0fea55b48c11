package io.zibrato.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zibrato.Zibrato;
import io.zibrato.broker.Broker;
import io.zibrato.broker.BrokerOptions;
import io.zibrato.meter.Gauge;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * What goes into each process comes out of it, is held, or is lost by a cause: as they say it
 * themselves, over real sockets.
 */
class AccountingIT {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir private Path state;
  private Broker broker;
  private Overheard overheard;
  private Zibrato application;
  private Worker worker;
  private volatile boolean busy;

  /** Takes some, refuses some, does not want some, and fails on some. */
  private final class Moody extends Backend {
    @Override
    public void connect() {}

    @Override
    public void post(Measurement measurement, Interval open) {
      String name = measurement.key().name();
      if (name.equals("unwanted")) return;
      if (name.equals("broken")) throw new IllegalStateException("broken");
      open.add(measurement);
    }

    @Override
    public void flush(Snapshot snapshot) throws DeliveryException {
      if (busy) throw new RetryException("busy", Duration.ZERO, true, null);
      for (Measurement each : snapshot.measurements()) {
        if (each.key().name().equals("poison")) throw new RefusedException("poison");
      }
    }

    @Override
    public int batchSize() {
      return 10;
    }
  }

  private static final class Quiet implements Worker.Listener {
    @Override
    public void connected(String endpoint) {}

    @Override
    public void failed(String reason) {
      throw new AssertionError(reason);
    }
  }

  @BeforeEach
  void start() throws IOException {
    broker = Broker.start(BrokerOptions.onLoopback(0));
    overheard = new Overheard(broker.workerPort());
    application =
        Zibrato.builder()
            .port(broker.publisherPort())
            .source("app")
            .publishInterval(Duration.ofMillis(50))
            .onDemand(List.of("zibrato"))
            .build();
  }

  @AfterEach
  void stop() {
    application.close();
    if (worker != null) worker.close();
    overheard.close();
    broker.close();
  }

  @Test
  void worker_addsUp() throws Exception {
    startWorker(0.2);
    for (int round = 0; round < 5; round++) measure(round);

    quiet();
    assertThat(worker("booked")).isPositive();
    assertThat(worker("left_out")).isPositive();
    assertThat(worker("refused")).isPositive();
    assertThat(worker("lost{cause=backend-error, stage=interval}")).isPositive();
    assertThat(worker("lost{cause=not-finite, stage=application}")).isEqualTo(5);
    assertThat(worker("delivered")).isPositive();
    addsUp();
  }

  @Test
  void worker_addsUpWhileTheServiceIsAway() throws Exception {
    busy = true;
    startWorker(0.1);
    measure(0);
    await().atMost(LONG).until(() -> worker("held") > 0 && worker("retries") > 0);
    await().atMost(LONG).until(() -> worker("oldest_seconds") > 1);

    quiet();
    // The last one that failed is not repeated yet.
    assertThat(worker("ambiguous_retries")).isEqualTo(worker("retries") - 1);
    assertThat(worker("spool_bytes")).isPositive();
    addsUp();
    busy = false;
    await().atMost(LONG).until(() -> worker("held") == 0 && worker("spool_bytes") == 0);
    quiet();
    addsUp();
  }

  /** The state's own sums go on where each worker's begin anew. */
  @Test
  void state_addsUpOverAllRuns() throws Exception {
    for (int run = 0; run < 2; run++) {
      busy = run == 0;
      startWorker(0.1);
      measure(run);
      await().atMost(LONG).until(() -> worker.stats().closed() > 0);
      worker.close();
      addsUp(worker.stats());
      assertThat(worker.stats().found() > 0).isEqualTo(run > 0);
    }

    try (Connection connection = StateFile.openToRead(state)) {
      Tally tally = Tally.load(connection);
      long held = new SpoolTable(connection).totals().measurements();
      assertThat(held).isZero();
      assertThat(tally.of(Tally.DELIVERED)).isPositive();
      assertThat(tally.of(Tally.BOOKED))
          .isEqualTo(
              tally.of(Tally.MERGED)
                  + tally.of(Tally.LEFT_OUT)
                  + tally.of(Tally.CLOSED)
                  + lost(tally, Loss.Stage.INTERVAL));
      assertThat(tally.of(Tally.CLOSED))
          .isEqualTo(
              tally.of(Tally.DELIVERED)
                  + held
                  + lost(tally, Loss.Stage.SPOOL)
                  + lost(tally, Loss.Stage.SERVICE));
    }
  }

  /** Gauge values that nobody wants for too long, that are too many at once, and that are none. */
  @Test
  void application_addsUp() throws Exception {
    Gauge unheard = application.gauge("unheard", "depth");
    Gauge heard = application.gauge("info", "depth");
    startWorker(0.2);
    long recorded = 0;
    while (application("lost{cause=gauge-unsubscribed}") < 1000) {
      for (int i = 0; i < 1000; i++) {
        unheard.record(i);
        heard.record(i % 100 == 0 ? Double.NaN : i);
        recorded += 2;
      }
      applicationAddsUp();
    }

    double expected = recorded;
    await().atMost(LONG).until(() -> application("gauges.in") >= expected);
    assertThat(application("lost{cause=not-finite}")).isEqualTo(recorded / 200);
    assertThat(application("lost{cause=gauge-queue-full}")).isPositive();
    await()
        .during(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              applicationAddsUp();
              assertThat(application("gauges.held")).isPositive();
              assertThat(application("silent_seconds")).isLessThan(5);
            });
  }

  @Test
  void broker_addsUp() throws Exception {
    startWorker(0.2);
    try (ZContext context = new ZContext()) {
      // Strangers' messages travel to the broker only if somebody wants them.
      ZMQ.Socket everything = context.createSocket(SocketType.SUB);
      everything.subscribe("");
      everything.connect("tcp://127.0.0.1:" + broker.workerPort());
      ZMQ.Socket stranger = context.createSocket(SocketType.PUB);
      stranger.connect("tcp://127.0.0.1:" + broker.publisherPort());
      await()
          .atMost(LONG)
          .until(
              () -> {
                stranger.send("");
                stranger.send("no topic");
                stranger.sendMore("info|Counter|a|1|1|s");
                stranger.send("rest");
                application.counter("info", "hits").increment();
                return broker("dropped{cause=no-topic}") > 3;
              });
    }
    measure(1);

    await()
        .during(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              String source = "127.0.0.1:" + broker.publisherPort();
              assertThat(broker("received"))
                  .as(overheard::toString)
                  .isPositive()
                  .isEqualTo(
                      overheard.sum(source, "zibrato.broker.messages.in", "")
                          + overheard.sum(source, "zibrato.broker.dropped", ""));
            });
  }

  private double broker(String name) {
    return overheard.of("127.0.0.1:" + broker.publisherPort(), "zibrato.broker." + name);
  }

  private double application(String name) {
    return overheard.of("app", "zibrato.publisher." + name);
  }

  private void applicationAddsUp() {
    overheard.listen();
    assertThat(overheard.last("app zibrato.publisher.gauges.in"))
        .as(overheard::toString)
        .isEqualTo(
            overheard.last("app zibrato.publisher.gauges.out")
                + overheard.last("app zibrato.publisher.gauges.held")
                + overheard.last("app zibrato.publisher.lost{cause=not-finite}")
                + overheard.last("app zibrato.publisher.lost{cause=gauge-queue-full}")
                + overheard.last("app zibrato.publisher.lost{cause=gauge-unsubscribed}"));
    assertThat(overheard.last("app zibrato.publisher.made"))
        .isEqualTo(
            overheard.last("app zibrato.publisher.frames")
                + overheard.last("app zibrato.publisher.refused"));
  }

  private static long lost(Tally tally, Loss.Stage stage) {
    return tally.lost().entrySet().stream()
        .filter(each -> Loss.stage(each.getKey()) == stage)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private void startWorker(double flushSeconds) throws IOException {
    WorkerOptions options =
        new WorkerOptions(
            List.of("tcp://127.0.0.1:" + broker.workerPort()),
            Set.of("info"),
            Duration.ofMillis((long) (1000 * flushSeconds)),
            state,
            1 << 20,
            Duration.ofDays(1),
            Duration.ofMinutes(5),
            "work",
            Optional.empty());
    worker = Worker.start(options, new Moody(), new Quiet());
    // Until it counts from zero: what came before its state began does not.
    application.counter("info", "hits").increment();
    await().atMost(LONG).until(() -> worker.stats().messages() > 0);
  }

  private void measure(int round) {
    long before = worker.stats().booked();
    Gauge gauge = application.gauge("info", "depth");
    for (String name : List.of("hits", "misses", "poison", "unwanted", "broken")) {
      application.counter("info", name).increment(1 + round);
    }
    for (int i = 0; i < 20; i++) application.counter("info", "n" + round + '.' + i).increment();
    for (int i = 0; i < 100; i++) gauge.record(i);
    gauge.record(Double.NaN);
    application.timer("info", "work").record(1000);
    await().atMost(LONG).until(() -> worker.stats().booked() >= before + 100);
  }

  /** Waits until the worker has nothing on its way, and has told so. */
  private void quiet() {
    await()
        .atMost(LONG)
        .during(Duration.ofMillis(1200))
        .until(
            () ->
                worker.stats().open() == 0
                    && worker("booked") == worker.stats().booked()
                    && worker("closed") == worker.stats().closed()
                    && worker("delivered") == worker.stats().delivered()
                    && worker("held") == worker.stats().held());
  }

  private double worker(String name) {
    return overheard.of("work", "zibrato.worker." + name);
  }

  private void addsUp() {
    assertThat(worker("booked"))
        .as(overheard::toString)
        .isEqualTo(
            worker("merged")
                + worker("left_out")
                + worker("open")
                + worker("closed")
                + overheard.sum("work", "zibrato.worker.lost", "stage=interval"));
    assertThat(worker("found") + worker("closed"))
        .as(overheard::toString)
        .isEqualTo(
            worker("delivered")
                + worker("held")
                + worker("refused")
                + overheard.sum("work", "zibrato.worker.lost", "stage=spool"));
    addsUp(worker.stats());
  }

  private static void addsUp(WorkerStats stats) {
    assertThat(stats.booked())
        .isEqualTo(
            stats.merged()
                + stats.leftOut()
                + stats.open()
                + stats.closed()
                + stats.lostOfInterval());
    assertThat(stats.found() + stats.closed())
        .isEqualTo(stats.delivered() + stats.held() + stats.refused() + stats.lostOfSpool());
  }
}
