package io.zibrato.wire;

import io.zibrato.meter.Buckets;
import io.zibrato.meter.Histogram;
import io.zibrato.meter.Series;
import io.zibrato.meter.SeriesType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Frames to test with. */
final class Frames {
  static final UUID INSTANCE = new UUID(0x0123456789abcdefL, 0xfedcba9876543210L);

  private Frames() {}

  /** One with something in every field. */
  static Frame rich() {
    Map<String, String> tags = new TreeMap<>(Map.of("k", "v", "région", ""));
    return new Frame(
        "info",
        INSTANCE,
        1_700_000_000_000L,
        70_000,
        1_700_000_001_000L,
        true,
        true,
        1,
        3,
        new TreeMap<>(Map.of("gauge-queue-full", 5L, "not-finite", 300L)),
        List.of(
            new Frame.Definition(0, new Series("info", SeriesType.COUNTER, "hits", "web1")),
            new Frame.Definition(300, new Series("info", SeriesType.TIMER, "größe", "", tags)),
            new Frame.Definition(
                70_000, new Series("info", SeriesType.GAUGE, "x".repeat(255), "s"))),
        List.of(new Frame.CounterValue(0, 0), new Frame.CounterValue(1, Long.MAX_VALUE)),
        List.of(
            new Frame.TimerValue(
                300,
                6,
                12_345,
                1,
                9_999,
                Histogram.ofBucket(Buckets.LEAST, 1)
                    .plus(Histogram.ofBucket(200, 4))
                    .plus(Histogram.ofBucket(Buckets.MOST, 1)))),
        List.of(
            new Frame.GaugeWindow(7, List.of()),
            new Frame.GaugeWindow(
                8,
                List.of(
                    new Frame.GaugeValue(70_000, 1_700_000_000_500L, -0.0),
                    new Frame.GaugeValue(70_000, 0, Double.MIN_VALUE)))));
  }

  /** One whose numbers are all {@code n}, where any number may be. */
  static Frame ofNumber(long n) {
    int small = (int) Math.min(n, Integer.MAX_VALUE);
    long aboveZero = Math.max(1, n);
    int part = (int) Math.min(n, FrameReader.MAX_PARTS - 1);
    return new Frame(
        "l",
        new UUID(n, -n),
        n,
        aboveZero,
        n,
        n % 2 == 0,
        n % 3 == 0,
        part,
        part + 1,
        Map.of("cause", n),
        List.of(new Frame.Definition(small, new Series("l", SeriesType.TIMER, "n", "s"))),
        List.of(new Frame.CounterValue(small, n)),
        List.of(new Frame.TimerValue(small, n, n, n, n, Histogram.ofBucket(0, aboveZero))),
        List.of(new Frame.GaugeWindow(n, List.of(new Frame.GaugeValue(small, n, n)))));
  }
}
