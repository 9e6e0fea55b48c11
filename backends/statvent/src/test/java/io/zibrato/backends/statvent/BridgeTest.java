package io.zibrato.backends.statvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BridgeTest {
  @Test
  void roundThatFails_isNotTheLast() {
    AtomicInteger rounds = new AtomicInteger();
    var options =
        new StatventOptions.BridgeOptions(
            "127.0.0.1",
            9, // nobody listens
            "piped",
            "host",
            Duration.ofMillis(10),
            Pattern.compile("(?!)"),
            Optional.empty());
    try (Bridge bridge =
        Bridge.start(
            () -> {
              if (rounds.incrementAndGet() == 1) throw new OutOfMemoryError("as a test says");
              if (rounds.get() == 2) throw new IllegalStateException("as a test says");
              return new Collector.Round(Map.of());
            },
            options)) {
      await().until(() -> rounds.get() > 3);
      assertThat(bridge).isNotNull();
    }
  }
}
