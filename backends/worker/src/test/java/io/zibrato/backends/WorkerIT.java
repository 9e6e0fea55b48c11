package io.zibrato.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.zibrato.backends.testing.FakeBroker;
import io.zibrato.backends.testing.FrameBuilder;
import io.zibrato.meter.SeriesType;
import io.zibrato.wire.TextMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerIT {
  private static final UUID APP = UUID.randomUUID();

  @TempDir private Path state;
  private final FakeBroker broker = new FakeBroker();
  private final List<Snapshot> flushed = new CopyOnWriteArrayList<>();
  private final List<String> connected = new CopyOnWriteArrayList<>();
  private final List<String> failed = new CopyOnWriteArrayList<>();
  private final long startedMillis = System.currentTimeMillis() + 60_000;
  private volatile boolean busy;
  private FakeBroker second;
  private Worker worker;

  private final class Recorder extends Backend {
    @Override
    public void connect() {}

    @Override
    public void flush(Snapshot snapshot) throws DeliveryException {
      if (busy) throw new RetryException("busy");
      flushed.add(snapshot);
    }

    @Override
    public int batchSize() {
      return 10;
    }
  }

  private final class Listening implements Worker.Listener {
    @Override
    public void connected(String endpoint) {
      connected.add(endpoint);
    }

    @Override
    public void failed(String reason) {
      failed.add(reason);
    }
  }

  @AfterEach
  void stop() throws IOException {
    if (worker != null) worker.close();
    if (second != null) second.close();
    broker.close();
    assertThat(failed).isEmpty();
  }

  @Test
  void worker_deliversBothVersions() throws IOException {
    start(0.1, "info");
    broker.send(frame("info", 1).full().define(0, SeriesType.COUNTER, "c").counter(0, 5).encode());
    broker.send(frame("info", 2).counter(0, 7).encode());
    broker.send(new TextMessage("info", SeriesType.COUNTER, "old", 3, 1, "py").encode());

    await().until(() -> sum("c") == 7 && sum("old") == 3);
    assertThat(worker.stats().messages()).isEqualTo(3);
    assertThat(worker.stats().lost()).isEmpty();
    await().until(() -> worker.stats().delivered() >= 2 && worker.stats().held() == 0);
  }

  @Test
  void worker_takesItsLevelsOnly() throws IOException {
    start(0.1, "info");
    broker.send(new TextMessage("info", SeriesType.COUNTER, "yes", 1, 1, "").encode());
    for (String level : List.of("information", "inf", "debug", "zibrato")) {
      broker.send(new TextMessage(level, SeriesType.COUNTER, "no", 1, 1, "").encode());
      broker.send(
          frame(level, 1).full().define(0, SeriesType.COUNTER, "no").counter(0, 1).encode());
    }
    broker.send(new TextMessage("info", SeriesType.COUNTER, "yes", 1, 1, "").encode());

    await().until(() -> sum("yes") == 2);
    assertThat(sum("no")).isZero();
  }

  @Test
  void worker_takesAllLevelsButOurOwn() throws IOException {
    start(0.1);
    broker.send(new TextMessage("zibrato", SeriesType.COUNTER, "no", 1, 1, "").encode());
    broker.send(new TextMessage("any", SeriesType.COUNTER, "yes", 1, 1, "").encode());

    await().until(() -> sum("yes") == 1);
    assertThat(sum("no")).isZero();
    assertThat(worker.stats().messages()).isEqualTo(1);
  }

  @Test
  void worker_asksForAFullFrame() throws IOException {
    start(0.1, "info");
    broker.send(frame("info", 9).counter(0, 7).encode());

    await().until(() -> broker.resyncs(APP, "info") == 1);
    broker.send(frame("info", 10).full().define(0, SeriesType.COUNTER, "c").counter(0, 8).encode());
    await().until(() -> sum("c") == 8);
  }

  @Test
  void worker_survivesMalformedMessages() throws IOException {
    start(0.1);
    broker.send(new byte[0]);
    broker.send(new byte[] {2, 'i', 0, 1});
    broker.send("info|Counter|c|x|1|s".getBytes(StandardCharsets.UTF_8));
    broker.send(new TextMessage("info", SeriesType.COUNTER, "c", 1, 1, "").encode());

    await().until(() -> sum("c") == 1);
    assertThat(worker.stats().lost()).containsEntry(Loss.MALFORMED, 3L);
  }

  @Test
  void worker_deliversInBatches() throws IOException {
    start(0.5, "info");
    FrameBuilder frame = frame("info", 1).full();
    for (int i = 0; i < 25; i++) frame.define(i, SeriesType.COUNTER, "c" + i).counter(i, 1);
    broker.send(frame.encode());

    await().until(() -> worker.stats().delivered() == 25);
    assertThat(flushed).extracting(Snapshot::size).containsExactly(10, 10, 5);
  }

  @Test
  void close_deliversTheOpenInterval() throws IOException {
    start(3600, "info");
    broker.send(frame("info", 1).full().define(0, SeriesType.COUNTER, "c").counter(0, 5).encode());
    worker.close();
    worker.close();

    assertThat(sum("c")).isEqualTo(5);
    assertThat(worker.stats().held()).isZero();
  }

  @Test
  void worker_goesOnWhereTheLastOneEnded() throws IOException {
    byte[] first =
        frame("info", 1).full().define(0, SeriesType.COUNTER, "c").counter(0, 5).encode();
    start(0.1, "info");
    broker.send(first);
    await().until(() -> sum("c") == 5);
    restart();
    broker.send(first);
    broker.send(frame("info", 2).counter(0, 7).encode());

    await().until(() -> sum("c") == 7);
    assertThat(flushed.get(1).id()).isGreaterThan(flushed.get(0).id());
  }

  @Test
  void worker_deliversWhatTheLastOneCouldNot() throws IOException {
    busy = true;
    start(0.1, "info");
    broker.send(frame("info", 1).full().define(0, SeriesType.COUNTER, "c").counter(0, 5).encode());
    await().until(() -> worker.stats().held() == 1);
    worker.close();
    assertThat(worker.stats().lost()).isEmpty();
    busy = false;
    restart();

    await().until(() -> sum("c") == 5);
    assertThat(worker.stats().ambiguousRetries()).isZero();
  }

  /** Nobody will say again what an application said as it left: it does not wait for the flush. */
  @Test
  void worker_keepsAFarewellAtOnce() throws IOException {
    start(3600, "info");
    broker.send(
        frame("info", 1).full().last().define(0, SeriesType.COUNTER, "c").counter(0, 5).encode());

    await().until(() -> sum("c") == 5);
  }

  @Test
  void start_failsWhereAnotherWorkerIs() throws IOException {
    start(3600, "info");

    assertThatThrownBy(
            () ->
                Worker.start(
                    options(List.of(broker.endpoint()), Duration.ofSeconds(1)),
                    new Recorder(),
                    new Listening()))
        .isInstanceOf(IOException.class)
        .hasMessage("--state " + state + " is in use by another worker; each needs its own");
  }

  /** An application that ends with the worker sends its last frame a moment after it is told to. */
  @Test
  void close_takesWhatIsOnItsWay() throws IOException {
    start(3600, "info");
    byte[] last =
        frame("info", 1).full().last().define(0, SeriesType.COUNTER, "c").counter(0, 5).encode();
    CompletableFuture.delayedExecutor(150, TimeUnit.MILLISECONDS).execute(() -> broker.send(last));
    worker.close();

    assertThat(sum("c")).isEqualTo(5);
  }

  @Test
  void worker_connectsAnewWhenTheBrokerIsSilent() throws IOException {
    start(0.1, "info");
    broker.send(frame("info", 1).full().define(0, SeriesType.COUNTER, "c").counter(0, 5).encode());
    await().until(() -> sum("c") == 5);

    broker.silent(true);
    await().atMost(Duration.ofSeconds(15)).until(() -> worker.stats().reconnects() > 0);
    broker.silent(false);
    await().atMost(Duration.ofSeconds(15)).until(() -> broker.subscriptions("info") > 1);

    broker.send(frame("info", 2).counter(0, 6).encode());
    await().until(() -> sum("c") == 6);
  }

  @Test
  void worker_survivesABrokersEnd() throws IOException {
    start(0.1, "info");
    broker.send(frame("info", 1).full().define(0, SeriesType.COUNTER, "c").counter(0, 5).encode());
    await().until(() -> sum("c") == 5);

    broker.close();
    second = new FakeBroker(broker.port());
    await().atMost(Duration.ofSeconds(15)).until(() -> second.subscriptions("info") > 0);

    second.send(frame("info", 4).counter(0, 9).encode());
    await().until(() -> sum("c") == 9);
    await().until(() -> second.resyncs(APP, "info") == 1);
  }

  @Test
  void worker_takesFromSeveralBrokers() throws IOException {
    second = new FakeBroker();
    start(0.1, "info");
    broker.send(new TextMessage("info", SeriesType.COUNTER, "c", 1, 1, "").encode());
    second.send(new TextMessage("info", SeriesType.COUNTER, "c", 2, 1, "").encode());

    await().until(() -> sum("c") == 3);
    assertThat(connected).containsExactlyInAnyOrder(broker.endpoint(), second.endpoint());
  }

  @Test
  void worker_waitsForAHostThatIsNotFound() throws IOException {
    List<String> endpoints = List.of("tcp://no-such-host.invalid:5551", broker.endpoint());
    WorkerOptions options = options(endpoints, Duration.ofMillis(100));
    worker = Worker.start(options, new Recorder(), new Listening());

    await().atMost(Duration.ofSeconds(30)).until(() -> connected.contains(broker.endpoint()));
    await().until(() -> broker.subscriptions("") > 0);
    broker.send(new TextMessage("info", SeriesType.COUNTER, "c", 1, 1, "").encode());
    await().until(() -> sum("c") == 1);
  }

  private WorkerOptions options(List<String> endpoints, Duration flush, String... levels) {
    return new WorkerOptions(
        endpoints,
        Set.of(levels),
        flush,
        state,
        1 << 20,
        Duration.ofDays(1),
        Duration.ofMinutes(5),
        "test",
        Optional.empty());
  }

  private void start(double flushSeconds, String... levels) throws IOException {
    List<String> endpoints =
        second == null ? List.of(broker.endpoint()) : List.of(broker.endpoint(), second.endpoint());
    Duration flush = Duration.ofMillis((long) (flushSeconds * 1000));
    WorkerOptions options = options(endpoints, flush, levels);
    worker = Worker.start(options, new Recorder(), new Listening());
    await().atMost(Duration.ofSeconds(15)).until(() -> connected.size() == endpoints.size());
    // Heartbeats come by a subscription of their own: the levels' are there when the broker has
    // read them.
    for (String level : levels) await().until(() -> broker.subscriptions(level) > 0);
    if (levels.length == 0) await().until(() -> broker.subscriptions("") > 0);
  }

  private void restart() throws IOException {
    worker.close();
    connected.clear();
    long before = broker.subscriptions("info");
    start(0.1, "info");
    await().until(() -> broker.subscriptions("info") > before);
  }

  private FrameBuilder frame(String level, long sequence) {
    return new FrameBuilder(level, APP, startedMillis, sequence);
  }

  private long sum(String name) {
    return flushed.stream()
        .flatMap(snapshot -> snapshot.counters().stream())
        .filter(counter -> counter.key().name().equals(name))
        .mapToLong(CounterTotal::sum)
        .sum();
  }
}
