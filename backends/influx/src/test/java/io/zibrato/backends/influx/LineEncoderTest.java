package io.zibrato.backends.influx;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.GaugeValue;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.TimerTotal;
import io.zibrato.meter.Histogram;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LineEncoderTest {
  private static final SeriesKey KEY = new SeriesKey("n", "s");

  private final LineEncoder encoder =
      new LineEncoder(Map.of(), new PointTimes(), List.of("50", "99.9"));

  private Map<String, String> fields(TimerTotal timer) throws Exception {
    Snapshot snapshot = new Snapshot(1, 0, 60_000, List.of(), List.of(timer), List.of());
    return LineReader.lines(encoder.encode(snapshot)).get(0).fields();
  }

  @Test
  void counter_isACount() throws Exception {
    CounterTotal counter = new CounterTotal(KEY, Long.MAX_VALUE);
    Snapshot snapshot = new Snapshot(1, 0, 60_000, List.of(counter), List.of(), List.of());

    assertThat(LineReader.lines(encoder.encode(snapshot)).get(0).fields())
        .isEqualTo(Map.of("count", "9223372036854775807i"));
  }

  @Test
  void timer_isInWholeNanoseconds() throws Exception {
    Histogram two = Histogram.ofOne(10).plus(Histogram.ofOne(1_000_000_007));

    assertThat(fields(new TimerTotal(KEY, 2, 1_000_000_017, 10, 1_000_000_007, two)))
        .containsEntry("calls", "2i")
        .containsEntry("sum_ns", "1000000017i")
        .containsEntry("min_ns", "10i")
        .containsEntry("max_ns", "1000000007i")
        .containsKeys("p50_ns", "p99_9_ns")
        .hasSize(6);
  }

  @Test
  void timer_thatIsSampledHasTheSumOfAll() throws Exception {
    assertThat(fields(new TimerTotal(KEY, 64, 5, 5, 5, Histogram.ofOne(5))))
        .containsEntry("calls", "64i")
        .containsEntry("sum_ns", "320i");
  }

  @Test
  void timer_thatTimedNothingHasCallsAlone() throws Exception {
    assertThat(fields(new TimerTotal(KEY, 3, 0, 0, 0, Histogram.EMPTY)))
        .isEqualTo(Map.of("calls", "3i"));
  }

  @Test
  void gauge_hasItsOwnMillisecond() throws Exception {
    List<GaugeValue> gauges =
        List.of(
            new GaugeValue(KEY, 5, 1.5), new GaugeValue(KEY, 5, -2), new GaugeValue(KEY, 5, 1.5));
    Snapshot snapshot = new Snapshot(1, 0, 60_000, List.of(), List.of(), gauges);

    List<LineReader.Line> lines = LineReader.lines(encoder.encode(snapshot));

    assertThat(lines).extracting(each -> each.time() / 1_000_000).containsOnly(5L);
    assertThat(lines.get(0).fields()).isEqualTo(Map.of("value", "1.5"));
    assertThat(lines.get(1).time()).isNotEqualTo(lines.get(0).time());
    assertThat(lines.get(2)).isEqualTo(lines.get(0));
  }
}
