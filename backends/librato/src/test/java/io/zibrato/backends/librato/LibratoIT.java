package io.zibrato.backends.librato;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import io.zibrato.backends.testing.FakeBroker;
import io.zibrato.backends.testing.FrameBuilder;
import io.zibrato.backends.testing.StubService;
import io.zibrato.meter.SeriesType;
import io.zibrato.wire.Frame;
import io.zibrato.wire.TextMessage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real jar, between a broker and a service of the test's. */
class LibratoIT {
  private static final Path JAR = Path.of("target", "zibrato-librato.jar");
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path dir;

  private final StubService service = new StubService();
  private final FakeBroker broker = new FakeBroker();
  private final UUID app = UUID.randomUUID();
  private final long startedMillis = System.currentTimeMillis() + 60_000;
  private Process process;
  private String keys;

  @AfterEach
  void stop() throws Exception {
    if (process != null) process.destroyForcibly().waitFor();
    broker.close();
    service.close();
  }

  @Test
  void totals_arriveExactly() throws Exception {
    startWorker("--flush", "0.2", "--percentiles", "50");
    broker.send(
        frame(1)
            .full()
            .define(0, SeriesType.COUNTER, "hits")
            .define(1, SeriesType.TIMER, "work")
            .define(2, SeriesType.GAUGE, "depth")
            .counter(0, 1000)
            .timer(1, 1_000_000, 3_000_000)
            .gauges(1, new Frame.GaugeValue(2, 1_699_999_990_123L, 4.5))
            .encode());
    for (int i = 2; i <= 50; i++) broker.send(frame(i).counter(0, 1000 + i).encode());
    broker.send(frame(50).counter(0, 1050).encode());
    for (int i = 0; i < 20; i++) {
      broker.send(new TextMessage("info", SeriesType.COUNTER, "old", 2, 1, "py").encode());
    }

    await().atMost(LONG).until(() -> sum("hits", "value").intValue() == 1050);
    await().atMost(LONG).until(() -> sum("old", "value").intValue() == 40);
    assertThat(sum("work", "count")).isEqualByComparingTo("2");
    assertThat(sum("work", "sum")).isEqualByComparingTo("0.004");
    assertThat(sum("work.p50", "value"))
        .isBetween(new BigDecimal("0.001"), new BigDecimal("0.003"));
    JsonObject depth = named("depth").get(0);
    assertThat(depth.get("measure_time").getAsLong()).isEqualTo(1_699_999_990L);
    assertThat(depth.get("value").getAsString()).isEqualTo("4.5");
    assertThat(service.requests()).allMatch(request -> request.userAgent().endsWith("-SNAPSHOT"));
    stopsWell();
    assertThat(sum("hits", "value")).isEqualByComparingTo("1050");
  }

  @Test
  void outage_delaysButLosesNothing() throws Exception {
    startWorker("--flush", "0.2");
    service.next(500);
    service.next(429);
    broker.send(frame(1).full().define(0, SeriesType.COUNTER, "hits").counter(0, 7).encode());

    await().atMost(LONG).until(() -> acceptedHits() == 7);
    stopsWell();
    assertThat(acceptedHits()).isEqualTo(7);
  }

  /**
   * Killed again and again, while the service refuses at times: all arrives, and what comes twice
   * is the very same part.
   */
  @Test
  void kill_losesNothing() throws Exception {
    Random random = new Random(7);
    long sum = 0;
    int sequence = 0;
    for (int round = 0; round < 8; round++) {
      if (round % 2 == 1) service.next(503);
      startAgain();
      for (int i = 0; i < 20; i++) {
        // Increments that no two parts have in common.
        sum += 1 + random.nextInt(1_000_000_000);
        broker.send(hits(++sequence, sum));
        TimeUnit.MILLISECONDS.sleep(random.nextInt(30));
      }
      process.destroyForcibly().waitFor();
    }
    startAgain();
    broker.send(hits(++sequence, sum));

    long expected = sum;
    await().atMost(LONG).untilAsserted(() -> assertThat(distinctHits()).isEqualTo(expected));
    stopsWell();
    assertThat(distinctHits()).isEqualTo(expected);
  }

  /** All of it arrives once the service is back: in order, and with the times at which it was. */
  @Test
  void absenceForTheWholeRun_losesNeitherOrderNorTimes() throws Exception {
    service.always(request -> new StubService.Answer(503, ""));
    startForInfo("--flush", "0.2", "--retry-max", "1");
    await().atMost(LONG).until(() -> broker.subscriptions("info") > 0);
    NavigableMap<Long, Long> sentMillis = new TreeMap<>(); // by the sum that was sent
    for (int i = 1; i <= 60; i++) {
      long sum = i * (i + 1L) / 2;
      broker.send(hits(i, sum));
      sentMillis.put(sum, System.currentTimeMillis());
      TimeUnit.MILLISECONDS.sleep(50);
    }
    long all = sentMillis.lastKey();
    int refused = service.requests().size();
    service.always(request -> new StubService.Answer(200, ""));

    await().atMost(LONG).until(() -> hitsSince(refused) == all);
    long sum = 0;
    for (JsonObject hit : LibratoReader.measurements(service, refused)) {
      sum += hit.get("value").getAsLong();
      assertThat(sentMillis).as("a prefix of what was sent").containsKey(sum);
      long at = sentMillis.get(sum) / 1000;
      assertThat(hit.get("measure_time").getAsLong()).isBetween(at, at + 2);
    }
    stopsWell();
    assertThat(hitsSince(refused)).isEqualTo(all);
  }

  /** Of a counter and a timer of one name: who came first keeps the name, also when killed. */
  @Test
  void kill_changesNoName() throws Exception {
    startAgain();
    broker.send(both(1).timer(1, 1_000_000).encode());
    await().atMost(LONG).until(() -> named("same").size() == 1);
    broker.send(both(2).counter(0, 5).encode());
    await().atMost(LONG).until(() -> sum("same.counter", "value").intValue() == 5);

    for (int round = 1; round <= 3; round++) {
      process.destroyForcibly().waitFor();
      startAgain();
      int first = round; // this time the other one is
      broker.send(both(10L * round).counter(0, 5 + round).encode());
      await().atMost(LONG).until(() -> sum("same.counter", "value").intValue() >= 5 + first);
      long[] nanos = LongStream.range(0, 1 + round).map(i -> 1_000_000).toArray();
      broker.send(both(10L * round + 1).timer(1, nanos).encode());
      await().atMost(LONG).until(() -> sum("same", "count").intValue() >= 1 + first);
    }
    stopsWell();
    assertThat(named("same")).allMatch(each -> each.has("count"));
    assertThat(named("same.counter")).allMatch(each -> each.has("value"));
    assertThat(named("same.timer")).isEmpty();
  }

  private FrameBuilder both(long sequence) {
    return frame(sequence)
        .full()
        .define(0, SeriesType.COUNTER, "same")
        .define(1, SeriesType.TIMER, "same");
  }

  private long hitsSince(int requests) {
    return LibratoReader.measurements(service, requests).stream()
        .mapToLong(hit -> hit.get("value").getAsLong())
        .sum();
  }

  private void startAgain() throws IOException {
    long before = broker.subscriptions("info");
    startForInfo("--flush", "0.05");
    await().atMost(LONG).until(() -> broker.subscriptions("info") > before);
  }

  private byte[] hits(long sequence, long sum) {
    return frame(sequence).full().define(0, SeriesType.COUNTER, "hits").counter(0, sum).encode();
  }

  private long distinctHits() {
    return named("hits").stream().mapToLong(each -> each.get("value").getAsLong()).distinct().sum();
  }

  @Test
  void poisonedMetric_isSetAsideAlone() throws Exception {
    service.always(
        request -> new StubService.Answer(request.body().contains("\"bad\"") ? 400 : 200, "{}"));
    startWorker("--flush", "0.2");
    FrameBuilder frame = frame(1).full().define(99, SeriesType.COUNTER, "bad").counter(99, 1);
    for (int i = 0; i < 20; i++) frame.define(i, SeriesType.COUNTER, "good" + i).counter(i, 1);
    broker.send(frame.encode());

    await()
        .atMost(LONG)
        .until(
            () ->
                service.requests().stream()
                        .filter(request -> !request.body().contains("\"bad\""))
                        .filter(request -> request.method().equals("POST"))
                        .mapToLong(request -> LibratoReader.measurements(request.body()).size())
                        .sum()
                    == 20);
    stopsWell();
    assertThat(log()).contains("refused").contains("name=bad").contains("400");

    start("spool");
    assertThat(exitCode()).isZero();
    assertThat(out())
        .contains("held       0 measurements")
        .contains("delivered  20 measurements")
        .containsPattern("refused +1\n")
        .contains("name=bad")
        .contains("400");
  }

  @Test
  void spool_ofNoWorkerIsAnError() throws Exception {
    start("spool", "--state", dir.resolve("nothing").toString());

    assertThat(exitCode()).isEqualTo(1);
    assertThat(log()).contains("no worker keeps its state in " + dir.resolve("nothing"));
  }

  @Test
  void stop_deliversTheLastInterval() throws Exception {
    startWorker("--flush", "3600");
    broker.send(frame(1).full().define(0, SeriesType.COUNTER, "hits").counter(0, 5).encode());

    stopsWell();

    assertThat(sum("hits", "value")).isEqualByComparingTo("5");
  }

  @Test
  void wrongCredentials_exit1() throws Exception {
    service.always(request -> new StubService.Answer(401, ""));
    start("--url", service.url(), "--username", "user", "--apitoken", "secret-token");

    assertThat(exitCode()).isEqualTo(1);
    assertThat(log()).contains("wrong Librato credentials").contains("401");
    assertThat(log()).doesNotContain("secret-token");
  }

  /** What is set for applications: it would encrypt what the worker says of itself, so all. */
  @Test
  void unusableKeysOfTheEnvironment_exit1() throws Exception {
    keys = dir.resolve("nowhere").toString();
    startForInfo();

    assertThat(exitCode()).isEqualTo(1);
    assertThat(log()).contains("zibrato.curve.keys: ").contains(keys);
  }

  @Test
  void absentService_isWaitedFor() throws Exception {
    StubService late = new StubService();
    late.always(request -> new StubService.Answer(503, ""));
    start("--url", late.url(), "--port", "" + broker.port(), "--levels", "info");

    await().atMost(LONG).until(() -> late.requests().size() >= 2);
    assertThat(out()).doesNotContain("connected");
    late.always(request -> new StubService.Answer(200, ""));
    await().atMost(LONG).until(() -> out().contains("worker for librato connected to"));
    stopsWell();
    late.close();
  }

  @ParameterizedTest
  @CsvSource({
    "--host, ''",
    "--port, 70000",
    "--levels, ','",
    "--flush, 0",
    "--spool-max-mb, 0",
    "--url, gopher://x",
    "--username, 'a:b'",
    "--apitoken-file, no/such/file",
    "--percentiles, 200",
    "--prefix, 'a b'",
    "--timeout, -1",
    "--config, no/such/config"
  })
  void badFlag_exits2(String flag, String value) throws Exception {
    start(flag, value);

    assertThat(exitCode()).isEqualTo(2);
    assertThat(log()).contains(flag).contains('"' + value + '"');
  }

  @Test
  void unknownFlag_exits2() throws Exception {
    start("--nonsense", "1");

    assertThat(exitCode()).isEqualTo(2);
    assertThat(log()).contains("--nonsense");
  }

  @Test
  void help_exits0() throws Exception {
    start("--help");

    assertThat(exitCode()).isZero();
    assertThat(out()).contains("--apitoken-file").contains("--levels").contains("7827");
  }

  @Test
  void version_exits0() throws Exception {
    start("--version");

    assertThat(exitCode()).isZero();
    assertThat(out()).startsWith("zibrato-librato 1.");
  }

  private void startForInfo(String... more) throws IOException {
    List<String> args =
        new ArrayList<>(
            List.of("--url", service.url(), "--port", "" + broker.port(), "--levels", "info"));
    args.addAll(List.of(more));
    start(args.toArray(String[]::new));
  }

  private void startWorker(String... more) throws IOException {
    startForInfo(more);
    await()
        .atMost(LONG)
        .until(() -> out().contains("connected") && broker.subscriptions("info") > 0);
    assertThat(out().strip())
        .isEqualTo("worker for librato connected to tcp://127.0.0.1:" + broker.port());
  }

  private void start(String... args) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command = new ArrayList<>(List.of(java.toString(), "-jar", JAR.toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(key -> key.matches("(LIBRATO|ZIBRATO)_.*"));
    if (keys != null) builder.environment().put("ZIBRATO_CURVE_KEYS", keys);
    builder.environment().put("XDG_STATE_HOME", dir.toString());
    builder.redirectOutput(dir.resolve("out").toFile()).redirectError(dir.resolve("err").toFile());
    process = builder.start();
  }

  private int exitCode() throws InterruptedException {
    assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private void stopsWell() throws InterruptedException {
    process.destroy();
    assertThat(exitCode()).isZero();
  }

  private String out() throws IOException {
    return Files.readString(dir.resolve("out"));
  }

  private String log() throws IOException {
    return Files.readString(dir.resolve("err"));
  }

  private FrameBuilder frame(long sequence) {
    return new FrameBuilder("info", app, startedMillis, sequence);
  }

  /** What the service took in of hits: each request once, however often it had to be sent. */
  private long acceptedHits() {
    List<StubService.Request> posts =
        service.requests().stream().filter(request -> request.method().equals("POST")).toList();
    // The first two were refused, and are the same as the third.
    return posts.stream()
        .skip(2)
        .flatMap(request -> LibratoReader.measurements(request.body()).stream())
        .mapToLong(measurement -> measurement.get("value").getAsLong())
        .sum();
  }

  private List<JsonObject> named(String name) {
    return LibratoReader.measurements(service).stream()
        .filter(measurement -> measurement.get("name").getAsString().equals(name))
        .toList();
  }

  private BigDecimal sum(String name, String key) {
    return named(name).stream()
        .map(measurement -> measurement.get(key).getAsBigDecimal())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
