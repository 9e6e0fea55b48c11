package io.zibrato.store.clients;

import static io.zibrato.store.clients.RealStore.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.appoptics.AppOpticsConfig;
import io.micrometer.appoptics.AppOpticsMeterRegistry;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Timer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Micrometer's registry for AppOptics, {@code io.micrometer:micrometer-registry-appoptics}. */
class AppOpticsIT {
  private static final long START = 1_700_000_040;
  private static final int STEP = 60;

  @TempDir private Path dir;
  private final AtomicLong now = new AtomicLong(TimeUnit.SECONDS.toMillis(START));
  private RealStore store;
  private Said said;

  /** Time that the test moves. */
  private final Clock clock =
      new Clock() {
        @Override
        public long wallTime() {
          return now.get();
        }

        @Override
        public long monotonicTime() {
          return TimeUnit.MILLISECONDS.toNanos(now.get());
        }
      };

  /** Publishes when it is told to, and otherwise is what was released. */
  private static final class Registry extends AppOpticsMeterRegistry {
    Registry(AppOpticsConfig config, Clock clock) {
      super(config, clock);
    }

    @Override
    public void publish() {
      super.publish();
    }
  }

  private record Config(String uri, String apiToken, Duration step, int batchSize, boolean enabled)
      implements AppOpticsConfig {
    @Override
    public String get(String key) {
      return null;
    }

    @Override
    public String hostTag() {
      return "instance";
    }
  }

  @BeforeEach
  void start() throws Exception {
    store = RealStore.start(dir);
    said = Said.by(AppOpticsMeterRegistry.class);
  }

  @AfterEach
  void stop() {
    said.close();
    store.close();
  }

  private Registry registry(String token, int batchSize) {
    String uri = store.url() + "/v1/measurements";
    return new Registry(new Config(uri, token, Duration.ofSeconds(STEP), batchSize, false), clock);
  }

  /** The step ends, and is published. */
  private void step(Registry registry) {
    now.addAndGet(TimeUnit.SECONDS.toMillis(STEP));
    registry.publish();
  }

  /** Values of tags are in lower case in the store, as documented. */
  private static Map<String, String> tags(String type, String... more) {
    Map<String, String> tags = new java.util.TreeMap<>(Map.of("_type", type));
    for (int i = 0; i < more.length; i += 2) tags.put(more[i], more[i + 1]);
    return tags;
  }

  @Test
  void meters_ofSeveralStepsAreWhatTheRegistryCounted() throws Exception {
    Registry registry = registry(TOKEN, 500);
    AtomicLong seats = registry.gauge("seats.taken", new AtomicLong());
    for (int step = 1; step <= 3; step++) {
      registry.counter("logins", "region", "us", "instance", "web-1").increment(step);
      registry.counter("logins", "region", "eu", "instance", "web-2").increment(10);
      registry.timer("delay").record(Duration.ofMillis(100L * step));
      registry.timer("delay").record(Duration.ofMillis(50));
      registry.summary("sizes").record(7);
      seats.set(4 + step);
      step(registry);
    }

    Map<String, String> us = tags("counter", "region", "us", "host_hostname_alias", "web-1");
    Map<String, String> eu = tags("counter", "region", "eu", "host_hostname_alias", "web-2");
    long first = START + STEP;
    assertThat(store.byTags("logins", "mean"))
        .isEqualTo(
            Map.of(
                us,
                Map.of(first, 1.0, first + STEP, 2.0, first + 2 * STEP, 3.0),
                eu,
                Map.of(first, 10.0, first + STEP, 10.0, first + 2 * STEP, 10.0)));
    assertThat(store.byTags("delay", "count").get(tags("timer")).values())
        .containsExactly(2.0, 2.0, 2.0);
    assertThat(store.byTags("delay", "sum").get(tags("timer")).values())
        .containsExactly(150.0, 250.0, 350.0);
    assertThat(store.byTags("delay", "max").get(tags("timer")).values())
        .containsExactly(100.0, 200.0, 300.0);
    assertThat(store.byTags("sizes", "sum").get(tags("distributionsummary")).values())
        .containsExactly(7.0, 7.0, 7.0);
    assertThat(store.byTags("seats.taken", "mean").get(tags("gauge")).values())
        .containsExactly(5.0, 6.0, 7.0);
    assertThat(store.get("/v1/metrics/logins").get("period").getAsInt()).isEqualTo(STEP);
    assertThat(
            store
                .get("/v1/metrics/delay")
                .getAsJsonObject("attributes")
                .get("aggregate")
                .getAsBoolean())
        .isFalse();
    assertThat(said.lines()).hasSize(3).allMatch(line -> line.contains("successfully sent"));
    registry.close();
  }

  @Test
  void otherMeters_areTakenToo() throws Exception {
    Registry registry = registry(TOKEN, 500);
    AtomicLong calls = new AtomicLong(12); // the registry's hold on it is weak
    FunctionCounter.builder("calls", calls, AtomicLong::doubleValue).register(registry);
    registry.more().timeGauge("age", java.util.List.of(), this, TimeUnit.SECONDS, x -> 3);
    LongTaskTimer.Sample task = registry.more().longTaskTimer("job").start();
    Timer.builder("slow").publishPercentiles(0.5).register(registry).record(Duration.ofMillis(8));

    step(registry);
    calls.addAndGet(3);
    step(registry);

    assertThat(calls).hasValue(15);
    assertThat(store.metrics()).contains("age", "calls", "job", "slow", "slow.percentile");
    assertThat(store.sumByTags("calls", "sum", tags("functioncounter"))).isEqualTo(15);
    assertThat(store.sumByTags("slow", "count", tags("timer"))).isEqualTo(1);
    assertThat(said.lines()).allMatch(line -> line.contains("successfully sent"));
    task.stop();
    registry.close();
  }

  @Test
  void batches_areAllTaken() throws Exception {
    Registry registry = registry(TOKEN, 30);
    for (int i = 0; i < 100; i++) registry.counter("m%02d".formatted(i)).increment(i + 1);

    step(registry);

    assertThat(store.metrics()).hasSize(100);
    assertThat(store.sumByTags("m99", "sum", tags("counter"))).isEqualTo(100);
    assertThat(store.measurements()).isEqualTo(100);
    assertThat(said.lines()).hasSize(4).allMatch(line -> line.contains("successfully sent"));
    registry.close();
  }

  @Test
  void scheduled_publishesByItself() throws Exception {
    Config eachSecond =
        new Config(store.url() + "/v1/measurements", TOKEN, Duration.ofSeconds(1), 500, true);
    AppOpticsMeterRegistry registry = new AppOpticsMeterRegistry(eachSecond, Clock.SYSTEM);
    registry.gauge("seats", 4);

    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> store.byTags("seats", "mean").getOrDefault(tags("gauge"), Map.of()).size() > 2);
    registry.close();

    assertThat(store.byTags("seats", "mean").get(tags("gauge")).values()).containsOnly(4.0);
  }

  @Test
  void badToken_isWhatItLogs() throws Exception {
    Registry registry = registry("wrong", 500);
    registry.counter("logins").increment();

    step(registry);

    assertThat(said.lines())
        .singleElement()
        .asString()
        .startsWith("SEVERE failed to send metrics to appoptics: ")
        .contains("Authorization Required");
    assertThat(store.metrics()).isEmpty();
    registry.close();
  }

  @Test
  void storeThatIsDown_isWhatItLogsAndUpAgainItGetsTheNextStep() throws Exception {
    Registry registry = registry(TOKEN, 500);
    registry.counter("logins").increment(5);
    store.kill();
    step(registry);
    assertThat(said.lines())
        .singleElement()
        .isEqualTo("WARNING failed to send metrics to appoptics");

    store.startAgain();
    registry.counter("logins").increment(2);
    step(registry);

    assertThat(store.byTags("logins", "sum"))
        .isEqualTo(Map.of(tags("counter"), Map.of(START + 2 * STEP, 2.0)));
    registry.close();
  }
}
