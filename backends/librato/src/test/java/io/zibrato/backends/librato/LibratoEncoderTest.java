package io.zibrato.backends.librato;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.GaugeValue;
import io.zibrato.backends.Measurement;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.TimerTotal;
import io.zibrato.meter.Histogram;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibratoEncoderTest {
  private final LibratoNames names = new LibratoNames("");

  @Test
  void encode_counter() {
    assertThat(encode(new CounterTotal(new SeriesKey("requests", "web1"), 12345)))
        .isEqualTo(
            "{\"gauges\":[{\"name\":\"requests\",\"source\":\"web1\",\"measure_time\":1700000060,"
                + "\"value\":12345}]}");
  }

  @Test
  void encode_leavesAnEmptySourceOut() {
    assertThat(encode(new CounterTotal(new SeriesKey("requests", ""), Long.MAX_VALUE)))
        .isEqualTo(
            "{\"gauges\":[{\"name\":\"requests\",\"measure_time\":1700000060,"
                + "\"value\":9223372036854775807}]}");
  }

  @Test
  void encode_timerInSeconds() {
    Histogram histogram = Histogram.ofOne(1).plus(Histogram.ofOne(2_000_000_000L));
    assertThat(
            encode(
                new TimerTotal(
                    new SeriesKey("t", "s"), 2, 2_000_000_001L, 1, 2_000_000_000L, histogram)))
        .isEqualTo(
            "{\"gauges\":[{\"name\":\"t\",\"source\":\"s\",\"measure_time\":1700000060,\"count\":2,"
                + "\"sum\":2.000000001,\"min\":0.000000001,\"max\":2}]}");
  }

  @Test
  void encode_sampledTimerHasTheMeanOfTheTimedCalls() {
    assertThat(
            encode(new TimerTotal(new SeriesKey("t", ""), 64, 500, 500, 500, Histogram.ofOne(500))))
        .contains("\"count\":64,\"sum\":0.000032,\"min\":0.0000005,\"max\":0.0000005}");
  }

  @Test
  void encode_untimedCallsStillCount() {
    assertThat(encode(new TimerTotal(new SeriesKey("t", ""), 3, 0, 0, 0, Histogram.EMPTY)))
        .contains("\"count\":3,\"sum\":0}");
  }

  @Test
  void encode_percentiles() {
    Histogram histogram = Histogram.ofOne(1_000_000);
    LibratoEncoder encoder = new LibratoEncoder(names, List.of("50", "99.9"));
    TimerTotal timer =
        new TimerTotal(new SeriesKey("t", "s"), 1, 1_000_000, 1_000_000, 1_000_000, histogram);

    assertThat(encoder.encode(snapshot(timer)))
        .endsWith(
            "{\"name\":\"t.p50\",\"source\":\"s\",\"measure_time\":1700000060,\"value\":0.001},"
                + "{\"name\":\"t.p99.9\",\"source\":\"s\",\"measure_time\":1700000060,"
                + "\"value\":0.001}]}");
    assertThat(encoder.most()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "1, 1",
    "100000000000000000000, 100000000000000000000",
    "1e-7, 0.0000001",
    "-2.5, -2.5",
    "0.1, 0.1"
  })
  void encode_gaugeWithoutExponent(double value, String text) {
    assertThat(encode(new GaugeValue(new SeriesKey("g", ""), 1_699_999_999_999L, value)))
        .isEqualTo(
            "{\"gauges\":[{\"name\":\"g\",\"measure_time\":1699999999,\"value\":" + text + "}]}");
  }

  @ParameterizedTest
  @CsvSource({
    "plain.name:1_2-3, '', plain.name:1_2-3, ''",
    "'a b', 'c|d', a-b, c-d",
    "'a \n|b', '', a-b, ''",
    "'äöü', '', -, ''"
  })
  void name_hasLibratosAlphabet(String name, String source, String libratoName, String at) {
    assertThat(names.of("counter", new SeriesKey(name, source), ""))
        .isEqualTo(new LibratoNames.Name(libratoName, at));
  }

  @Test
  void name_isCut() {
    LibratoNames.Name name =
        names.of("counter", new SeriesKey("n".repeat(300), "s".repeat(300)), "");

    assertThat(name.name()).hasSize(255);
    assertThat(name.source()).hasSize(255);
    assertThat(names.of("timer.p50", new SeriesKey("n".repeat(300), "other"), ".p50").name())
        .hasSize(255)
        .endsWith("n.p50");
  }

  @Test
  void name_hasThePrefix() {
    assertThat(new LibratoNames("prod").of("counter", new SeriesKey("n", ""), "").name())
        .isEqualTo("prod.n");
  }

  @Test
  void source_holdsTheTags() {
    Map<String, String> tags = Map.of("b", "2", "a", "1 x");

    assertThat(names.of("counter", new SeriesKey("n", "s", tags), "").source())
        .isEqualTo("s.a-1-x.b-2");
    assertThat(names.of("counter", new SeriesKey("n", "", tags), "").source())
        .isEqualTo("a-1-x.b-2");
  }

  @Test
  void name_tellsSeriesApart() {
    assertThat(names.of("counter", new SeriesKey("a b", ""), "").name()).isEqualTo("a-b");
    LibratoNames.Name other = names.of("counter", new SeriesKey("a|b", ""), "");

    assertThat(other.name()).matches("a-b-[0-9a-f]{12}");
    assertThat(names.of("counter", new SeriesKey("a|b", ""), "")).isEqualTo(other);
    assertThat(names.of("counter", new SeriesKey("a b", ""), "").name()).isEqualTo("a-b");
    assertThat(names.of("counter", new SeriesKey("A-B", ""), "").name()).matches("A-B-.{12}");
  }

  @Test
  void name_tellsKindsApart() {
    SeriesKey key = new SeriesKey("n", "s");

    assertThat(names.of("counter", key, "").name()).isEqualTo("n");
    assertThat(names.of("timer", key, "").name()).isEqualTo("n.timer");
    assertThat(names.of("gauge", key, "").name()).isEqualTo("n.gauge");
    assertThat(names.of("counter", new SeriesKey("n.timer", "s"), "").name())
        .matches("n.timer-.{12}");
  }

  @Test
  void name_isToldApartWithoutMemory() {
    LibratoNames forgetful = new LibratoNames("", 1);
    forgetful.of("counter", new SeriesKey("first", ""), "");

    assertThat(forgetful.of("counter", new SeriesKey("second", ""), "").name())
        .matches("second-.{12}");
  }

  private String encode(Measurement measurement) {
    return new LibratoEncoder(names, List.of()).encode(snapshot(measurement));
  }

  private static Snapshot snapshot(Measurement measurement) {
    List<CounterTotal> counters = new ArrayList<>();
    List<TimerTotal> timers = new ArrayList<>();
    List<GaugeValue> gauges = new ArrayList<>();
    if (measurement instanceof CounterTotal counter) counters.add(counter);
    if (measurement instanceof TimerTotal timer) timers.add(timer);
    if (measurement instanceof GaugeValue gauge) gauges.add(gauge);
    return new Snapshot(1, 1_700_000_000_000L, 1_700_000_060_999L, counters, timers, gauges);
  }
}
