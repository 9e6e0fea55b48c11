package io.zibrato.store.clients;

import static io.zibrato.store.clients.RealStore.TOKEN;
import static io.zibrato.store.clients.RealStore.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import com.google.gson.JsonObject;
import com.librato.metrics.reporter.Librato;
import com.librato.metrics.reporter.LibratoReporter;
import com.librato.metrics.reporter.ReporterBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dropwizard Metrics' reporter to Librato, {@code com.librato.metrics:metrics-librato}. */
class DropwizardIT {
  private static final Map<String, String> TAGS = Map.of("host", "web-1", "region", "us");

  @TempDir private Path dir;
  private final MetricRegistry registry = new MetricRegistry();
  private RealStore store;

  @BeforeEach
  void start() throws Exception {
    store = RealStore.start(dir);
  }

  @AfterEach
  void stop() {
    store.close();
  }

  private ReporterBuilder reporter(String token) {
    return Librato.reporter(registry, USER, token).setUrl(store.url()).setSource("web-1");
  }

  private ReporterBuilder tagging() {
    return reporter(TOKEN)
        .setEnableLegacy(false)
        .setEnableTagging(true)
        .addTag("host", "web-1")
        .addTag("region", "us");
  }

  @Test
  void report_bySourceIsWhatTheRegistryHolds() throws Exception {
    LibratoReporter reporter = reporter(TOKEN).setPrefix("app").build();
    registry.counter("logins").inc(7);
    registry.register("temperature", (Gauge<Double>) () -> 20.5);
    for (int size = 1; size <= 10; size++) registry.histogram("sizes").update(size);
    registry.timer("delay").update(250, TimeUnit.MILLISECONDS);
    registry.timer("delay").update(750, TimeUnit.MILLISECONDS);
    registry.meter("requests").mark(42);

    long before = System.currentTimeMillis() / 1000;
    reporter.report();
    long after = System.currentTimeMillis() / 1000;

    assertThat(store.bySource("app.logins", "web-1", "value")).containsExactly(7.0);
    assertThat(store.bySource("app.logins", "web-1").keySet())
        .allSatisfy(second -> assertThat(second).isBetween(before, after));
    assertThat(store.bySource("app.temperature", "web-1", "value")).containsExactly(20.5);

    JsonObject sizes = store.bySource("app.sizes", "web-1").values().iterator().next();
    assertThat(sizes.get("count").getAsLong()).isEqualTo(10);
    assertThat(sizes.get("sum").getAsDouble()).isCloseTo(55, within(1e-9)); // count times mean
    assertThat(sizes.get("min").getAsDouble()).isEqualTo(1);
    assertThat(sizes.get("max").getAsDouble()).isEqualTo(10);
    assertThat(store.bySource("app.sizes.count", "web-1", "value")).containsExactly(10.0);
    assertThat(store.bySource("app.sizes.median", "web-1", "value"))
        .containsExactly(registry.histogram("sizes").getSnapshot().getMedian());

    JsonObject delay = store.bySource("app.delay", "web-1").values().iterator().next();
    assertThat(delay.get("count").getAsLong()).isEqualTo(2);
    assertThat(delay.get("min").getAsDouble()).isEqualTo(250);
    assertThat(delay.get("max").getAsDouble()).isEqualTo(750);
    assertThat(store.bySource("app.requests.count", "web-1", "value")).containsExactly(42.0);
    assertThat(store.metrics()).allMatch(name -> name.startsWith("app."));
    assertThat(store.metrics()).contains("app.delay.99th", "app.requests.1MinuteRate");
  }

  @Test
  void report_byTagsIsWhatTheRegistryHolds() throws Exception {
    LibratoReporter reporter = tagging().build();
    registry.counter("logins").inc(7);
    for (int size = 1; size <= 10; size++) registry.histogram("sizes").update(size);

    reporter.report();

    assertThat(store.byTags("logins", "mean")).containsOnlyKeys(TAGS);
    assertThat(store.sumByTags("logins", "mean", TAGS)).isEqualTo(7);
    assertThat(store.sumByTags("sizes", "count", TAGS)).isEqualTo(10);
    assertThat(store.sumByTags("sizes", "sum", TAGS)).isCloseTo(55, within(1e-9));
    assertThat(store.sumByTags("sizes", "min", TAGS)).isEqualTo(1);
    assertThat(store.sumByTags("sizes", "max", TAGS)).isEqualTo(10);
    assertThat(store.sumByTags("sizes.count", "sum", TAGS)).isEqualTo(10);
  }

  @Test
  void severalFlushes_addUpToAllThatWasCounted() throws Exception {
    registry.register("temperature", (Gauge<Double>) () -> 20.5);
    try (LibratoReporter reporter = reporter(TOKEN).build()) {
      reporter.start(1, TimeUnit.SECONDS);
      for (int flushes = 1; flushes <= 3; flushes++) {
        int expected = flushes;
        registry.meter("requests").mark(10);
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> store.bySource("temperature", "web-1").size() >= expected);
      }
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> store.sumBySource("requests.count", "web-1", "value") >= 30);
    }

    assertThat(store.sumBySource("requests.count", "web-1", "value")).isEqualTo(30);
    assertThat(store.bySource("temperature", "web-1", "value")).containsOnly(20.5);
    assertThat(store.get("/v1/metrics/temperature").get("period").getAsInt()).isEqualTo(1);
  }

  @Test
  void badCredentials_areWhatItLogs() throws Exception {
    registry.counter("logins").inc(7);
    try (Said said = Said.by(LibratoReporter.class)) {
      reporter("wrong").build().report();

      assertThat(said.lines())
          .singleElement()
          .asString()
          .startsWith("SEVERE Failure to post to Librato: code:401")
          .contains("Authorization Required");
    }
    assertThat(store.metrics()).isEmpty();
  }

  @Test
  void storeThatIsDown_isWhatItLogsAndUpAgainItGetsTheNextReport() throws Exception {
    LibratoReporter reporter = reporter(TOKEN).build();
    registry.counter("logins").inc(7);
    store.kill();
    try (Said said = Said.by(LibratoReporter.class)) {
      reporter.report();
      assertThat(said.lines()).singleElement().isEqualTo("WARNING Failure to post to Librato");
    }

    store.startAgain();
    registry.counter("logins").inc(1);
    reporter.report();

    assertThat(store.bySource("logins", "web-1", "value")).containsExactly(8.0);
  }
}
