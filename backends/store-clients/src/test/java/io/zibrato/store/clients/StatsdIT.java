package io.zibrato.store.clients;

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
  void badCredentials_areWhatItLogs() throws Exception {
    try (Statsd statsd = Statsd.start(dir, librato("wrong", ""))) {
      statsd.send("hits:3|c");

      statsd.awaitSaid("Failed to post to Librato: HTTP 401: {\"errors\":{\"request\":");
    }
    assertThat(store.metrics()).isEmpty();
  }
}
