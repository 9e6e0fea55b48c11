package io.zibrato.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zibrato.meter.Counter;
import io.zibrato.meter.Meters;
import io.zibrato.meter.Series;
import io.zibrato.meter.SeriesType;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A process that lives for a moment only is heard, every time. */
class PublisherStartIT {
  private static final int STARTS = 150;

  @Test
  void shortLife_isHeardEveryTime() {
    try (FakeBroker broker = new FakeBroker().subscribe("info")) {
      Settings settings =
          new Settings(
              true,
              "127.0.0.1",
              broker.port,
              "src",
              Duration.ofSeconds(1),
              Duration.ofSeconds(20),
              Set.of(),
              100,
              16,
              2,
              Optional.empty(),
              false,
              Settings.PIPE_DIR);
      for (int i = 0; i < STARTS; i++) {
        Meters meters = new Meters("src", 100, level -> false, 16);
        Counter counter = meters.counter(new Series("info", SeriesType.COUNTER, "c", "src"));
        counter.increment();
        Publisher publisher = new Publisher(settings, meters, null);
        publisher.start();
        publisher.close();
      }

      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(broker.frames("info")).hasSize(STARTS));
    }
  }
}
