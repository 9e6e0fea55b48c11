package io.zibrato.store.clients;

import static io.zibrato.store.clients.RealStore.TOKEN;
import static io.zibrato.store.clients.RealStore.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** npm's {@code statsd} with {@code statsd-librato-backend}. */
class StatsdIT {
  private static final Map<String, String> TAGS = Map.of("host", "web-1", "region", "us");

  @TempDir private Path dir;
  private RealStore store;

  @BeforeAll
  static void tools() {
    Tool.require("node");
    Tool.require("npm");
  }

  @BeforeEach
  void start() throws Exception {
    store = RealStore.start(dir);
  }

  @AfterEach
  void stop() {
    store.close();
  }

  private String librato(String token, String more) {
    return "{ email: '%s', token: '%s', api: '%s', host: 'web-1', tags: { region: 'us' }%s }"
        .formatted(USER, token, store.url(), more);
  }

  private static void until(Callable<Boolean> condition) {
    await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(250)).until(condition);
  }

  @Test
  void flushes_byTagsAddUpToWhatWasSent() throws Exception {
    try (Statsd statsd = Statsd.start(dir, librato(TOKEN, ""))) {
      for (int round = 1; round <= 3; round++) {
        int sent = 5 * round;
        statsd.send("hits:3|c", "hits:2|c", "delay:10|ms", "delay:30|ms", "seats:4|g");
        until(() -> store.sumByTags("hits", "sum", TAGS) >= sent);
      }
      statsd.send("users:ann|s", "users:bob|s", "users:ann|s", "rooms#floor=2,wing=b:7|g");
      until(() -> store.sumByTags("users", "sum", TAGS) > 0);
    }

    assertThat(store.byTags("hits", "sum")).containsOnlyKeys(TAGS);
    assertThat(store.sumByTags("hits", "sum", TAGS)).isEqualTo(15);
    assertThat(store.byTags("hits", "sum").get(TAGS)).hasSize(3);
    assertThat(store.sumByTags("delay", "count", TAGS)).isEqualTo(6);
    assertThat(store.sumByTags("delay", "sum", TAGS)).isEqualTo(120);
    assertThat(store.byTags("delay", "min").get(TAGS).values()).containsOnly(10.0);
    assertThat(store.byTags("delay", "max").get(TAGS).values()).containsOnly(30.0);
    assertThat(store.byTags("delay.90", "count")).containsOnlyKeys(TAGS);
    assertThat(store.byTags("seats", "mean").get(TAGS).values()).containsOnly(4.0);
    assertThat(store.sumByTags("users", "sum", TAGS)).isEqualTo(2);
    assertThat(store.byTags("rooms", "mean"))
        .containsOnlyKeys(Map.of("host", "web-1", "region", "us", "floor", "2", "wing", "b"));
  }

  @Test
  void flushes_ofTheOldKindAddUpToWhatWasSent() throws Exception {
    String old = ", source: 'web-1', writeToLegacy: true";
    try (Statsd statsd = Statsd.start(dir, librato(TOKEN, old))) {
      statsd.send("hits:3|c", "delay:10|ms", "delay:30|ms");
      until(() -> !store.bySource("hits", "web-1").isEmpty());
      assertThat(statsd.said()).doesNotContain("Failed to post");
    }

    Map<String, String> sourceToo = Map.of("host", "web-1", "region", "us", "source", "web-1");
    assertThat(store.sumByTags("hits", "sum", sourceToo)).isEqualTo(3);
    assertThat(store.sumByTags("hits", "sum", Map.of("source", "web-1"))).isEqualTo(3);
    assertThat(store.sumByTags("delay", "sum", Map.of("source", "web-1"))).isEqualTo(40);
  }

  @Test
  void batches_areAllTaken() throws Exception {
    try (Statsd statsd = Statsd.start(dir, librato(TOKEN, ", batchSize: 10"))) {
      for (int i = 0; i < 95; i++) statsd.send("m%02d:%d|g".formatted(i, i));
      until(() -> store.metrics().stream().filter(name -> name.matches("m[0-9]+")).count() == 95);
      assertThat(statsd.said()).doesNotContain("Failed to post");
    }

    for (int i = 0; i < 95; i++) {
      assertThat(store.byTags("m%02d".formatted(i), "mean").get(TAGS).values())
          .containsOnly((double) i);
    }
  }

  @Test
  void badCredentials_areWhatItLogs() throws Exception {
    try (Statsd statsd = Statsd.start(dir, librato("wrong", ""))) {
      statsd.send("hits:3|c");

      statsd.awaitSaid("Failed to post to Librato: HTTP 401: {\"errors\":{\"request\":");
    }
    assertThat(store.metrics()).isEmpty();
  }

  @Test
  void metricOfAnotherType_isPutOnItsStoplist() throws Exception {
    String old = ", source: 'web-1', writeToLegacy: true, countersAsGauges: false";
    try (Statsd statsd = Statsd.start(dir, librato(TOKEN, old))) {
      statsd.send("hits:3|g");
      await().atMost(Duration.ofSeconds(60)).until(() -> store.metrics().contains("hits"));
      statsd.send("hits:3|c");

      statsd.awaitSaid("Placing metric 'hits' to stoplist");
    }
  }

  @Test
  void storeThatIsDown_getsItsFlushOnceItIsUpAgain() throws Exception {
    try (Statsd statsd = Statsd.start(dir, librato(TOKEN, ", retryDelaySecs: 10"))) {
      store.kill();
      statsd.send("hits:7|c");
      statsd.awaitSaid("\"name\":\"hits\",\"value\":7");
      store.startAgain();

      until(() -> store.sumByTags("hits", "sum", TAGS) > 0);
    }

    assertThat(store.sumByTags("hits", "sum", TAGS)).isEqualTo(7);
    assertThat(store.sumByTags("hits", "count", TAGS)).isEqualTo(1);
  }
}
