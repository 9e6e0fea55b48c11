package io.zibrato.backends.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.GaugeValue;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.TimerTotal;
import io.zibrato.meter.Histogram;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinesTest {
  private final List<String> failures = new ArrayList<>();

  @Test
  void lines_tellEachMeasurement() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SeriesKey key = new SeriesKey("hits", "web 1", Map.of("k", "a\u001b\"\u00e9"));
    Histogram histogram = Histogram.ofOne(1 << 20);
    Snapshot snapshot =
        new Snapshot(
            1,
            1_700_000_000_000L,
            1_700_000_002_000L,
            List.of(new CounterTotal(key, 7)),
            List.of(
                new TimerTotal(new SeriesKey("t", ""), 64, 1 << 20, 1 << 20, 1 << 20, histogram),
                new TimerTotal(new SeriesKey("u", "s"), 3, 0, 0, 0, Histogram.EMPTY)),
            List.of(new GaugeValue(new SeriesKey("g", "s"), 1_700_000_001_500L, -2.5)));

    lines(out).show(snapshot);

    String[] lines = out.toString(StandardCharsets.UTF_8).split("\n");
    assertThat(lines)
        .hasSize(4)
        .contains(
            "2023-11-14T22:13:22Z counter name=hits source=\"web 1\""
                + " tag:k=\"a\\u001b\\\"\\u00e9\" count=7 rate=3.5",
            "2023-11-14T22:13:22Z timer name=u source=s count=3 rate=1.5",
            "2023-11-14T22:13:21.500Z gauge name=g source=s value=-2.5");
    assertThat(lines[1])
        .startsWith("2023-11-14T22:13:22Z timer name=t source=\"\" count=64 rate=32.0 mean=0.00104")
        .contains(" p50=0.001", " p95=0.001", " p99=0.001")
        .endsWith(" max=0.001048576");
  }

  @Test
  void show_endsTheProcessWithoutAReader() {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };

    lines(broken)
        .show(
            new Snapshot(
                1,
                0,
                1,
                List.of(new CounterTotal(new SeriesKey("n", "s"), 1)),
                List.of(),
                List.of()));

    assertThat(failures).containsExactly("standard output is closed");
  }

  private Lines lines(OutputStream out) {
    return new Lines(new PrintStream(out), failures::add, false);
  }
}
