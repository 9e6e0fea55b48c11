package io.zibrato.backends.graphite;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.GaugeValue;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.TimerTotal;
import io.zibrato.meter.Histogram;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphiteEncoderTest {
  private static final SeriesKey KEY = new SeriesKey("orders", "web1", Map.of("shop", "main"));

  private static String text(boolean tagged, List<String> percentiles, Snapshot snapshot) {
    GraphitePaths paths = new GraphitePaths("app", "{source}.{name}", tagged);
    StringBuilder all = new StringBuilder();
    List<Point> points = new GraphiteEncoder(paths, percentiles).encode(snapshot, 1_700_000_040);
    for (byte[] packet : Plaintext.packets(points)) {
      all.append(new String(packet, StandardCharsets.US_ASCII));
    }
    return all.toString();
  }

  private static Snapshot of(
      List<CounterTotal> counters, List<TimerTotal> timers, List<GaugeValue> gauges) {
    return new Snapshot(1, 0, 1, counters, timers, gauges);
  }

  @Test
  void encode_counter() {
    Snapshot snapshot = of(List.of(new CounterTotal(KEY, Long.MAX_VALUE)), List.of(), List.of());

    assertThat(text(false, List.of(), snapshot))
        .isEqualTo("app.web1.orders._.shop.main.count 9223372036854775807 1700000040\n");
    assertThat(text(true, List.of(), snapshot))
        .isEqualTo("app.web1.orders.count;shop=main 9223372036854775807 1700000040\n");
  }

  @Test
  void encode_timer() {
    Histogram histogram = Histogram.ofOne(1).plus(Histogram.ofOne(2_000_000_000L));
    TimerTotal timer =
        new TimerTotal(new SeriesKey("t", "s"), 2, 2_000_000_001L, 1, 2_000_000_000L, histogram);

    assertThat(text(false, List.of("99.9"), of(List.of(), List.of(timer), List.of())))
        .isEqualTo(
            "app.s.t.timer.count 2 1700000040\n"
                + "app.s.t.timer.sum 2.000000001 1700000040\n"
                + "app.s.t.timer.min 0.000000001 1700000040\n"
                + "app.s.t.timer.max 2 1700000040\n"
                + "app.s.t.timer.p99_9 1.99991336 1700000040\n".replace("1.99991336", p999(timer)));
  }

  private static String p999(TimerTotal timer) {
    long nanos = Math.round(timer.histogram().quantileNanos(0.999));
    return BigDecimal.valueOf(Math.min(nanos, timer.mostNanos()), 9)
        .stripTrailingZeros()
        .toPlainString();
  }

  @Test
  void encode_sampledTimerHasTheMeanOfTheTimedCalls() {
    TimerTotal timer =
        new TimerTotal(new SeriesKey("t", "s"), 64, 500, 500, 500, Histogram.ofOne(500));

    assertThat(text(false, List.of(), of(List.of(), List.of(timer), List.of())))
        .contains("app.s.t.timer.count 64 ", "app.s.t.timer.sum 0.000032 ");
  }

  @Test
  void encode_untimedCallsStillCount() {
    TimerTotal timer = new TimerTotal(new SeriesKey("t", "s"), 3, 0, 0, 0, Histogram.EMPTY);

    assertThat(text(false, List.of("50"), of(List.of(), List.of(timer), List.of())))
        .isEqualTo("app.s.t.timer.count 3 1700000040\n");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "-0.0, 0", "-2.50, -2.5", "1e21, 1000000000000000000000", "1e-7, 0.0000001"})
  void encode_gauge(double value, String text) {
    GaugeValue gauge = new GaugeValue(new SeriesKey("g", "s"), 1_699_999_999_999L, value);

    assertThat(text(false, List.of(), of(List.of(), List.of(), List.of(gauge))))
        .isEqualTo("app.s.g.value " + text + " 1699999999\n");
  }

  @ParameterizedTest
  @CsvSource({
    "a b, 'k', 'k=a_b'",
    "'', 'k', 'k=_'",
    "~x, k, 'k=_x'",
    "a;b, k, 'k=a_b'",
    "v, 'a=b', 'a_b=v'"
  })
  void of_aTagThatGraphiteMightNotTake(String value, String tag, String sent) {
    GraphitePaths paths = new GraphitePaths("", "{source}.{name}", true);

    assertThat(paths.of(new SeriesKey("n", "s", Map.of(tag, value)), "count"))
        .matches("s\\.n\\.count;series=[0-9a-f]{16};" + sent);
  }

  @Test
  void of_aTagOfGraphitesOwn() {
    GraphitePaths paths = new GraphitePaths("", "{source}.{name}", true);

    assertThat(paths.of(new SeriesKey("n", "s", Map.of("name", "x", "k", "v")), "count"))
        .matches("s\\.n\\.count;series=[0-9a-f]{16};k=v");
  }

  @Test
  void of_aNameThatEndsAsTimersDo() {
    GraphitePaths paths = new GraphitePaths("", "{source}.{name}", false);

    assertThat(paths.of(new SeriesKey("x.timer", "s"), "count"))
        .isNotEqualTo(paths.of(new SeriesKey("x", "s"), "timer.count"));
  }

  /** What Python's {@code pickle.loads} reads as {@code [('a.b', (1.0, -2.5))]}. */
  @Test
  void pickle_ofOnePoint() {
    List<byte[]> packets = Pickle.packets(List.of(new Point("a.b", new BigDecimal("-2.5"), 1)));

    assertThat(packets).hasSize(1);
    assertThat(HexFormat.of().formatHex(packets.get(0)))
        .isEqualTo(
            "00000022"
                + "8002"
                + "5d28"
                + "5803000000612e62"
                + "473ff0000000000000"
                + "47c004000000000000"
                + "8686"
                + "652e");
  }

  @Test
  void packets_areBounded() {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      points.add(new Point("n".repeat(500) + i, BigDecimal.ONE, 1_700_000_000));
    }

    assertThat(Pickle.packets(points)).hasSize(40).allMatch(each -> each.length < 1 << 20);
    assertThat(Plaintext.packets(points)).allMatch(each -> each.length < 64 << 10);
  }
}
