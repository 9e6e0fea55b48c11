package io.zibrato.backends.librato;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.GaugeValue;
import io.zibrato.backends.Measurement;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.TimerTotal;
import io.zibrato.backends.testing.StubService;
import io.zibrato.meter.Histogram;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibratoEncoderTest {
  private final StubService service = new StubService();

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void encode_counter() throws Exception {
    assertThat(encode(new CounterTotal(new SeriesKey("requests", "web1"), 12345)))
        .isEqualTo(
            "{\"gauges\":[{\"name\":\"requests\",\"value\":12345,\"source\":\"web1\","
                + "\"measure_time\":1700000060}]}");
  }

  @Test
  void encode_leavesAnEmptySourceOut() throws Exception {
    assertThat(encode(new CounterTotal(new SeriesKey("requests", ""), Long.MAX_VALUE)))
        .isEqualTo(
            "{\"gauges\":[{\"name\":\"requests\",\"value\":9223372036854775807,"
                + "\"measure_time\":1700000060}]}");
  }

  @Test
  void encode_timerInSeconds() throws Exception {
    Histogram histogram = Histogram.ofOne(1).plus(Histogram.ofOne(2_000_000_000L));
    assertThat(
            encode(
                new TimerTotal(
                    new SeriesKey("t", "s"), 2, 2_000_000_001L, 1, 2_000_000_000L, histogram)))
        .isEqualTo(
            "{\"gauges\":[{\"name\":\"t\",\"count\":2,\"sum\":2.000000001,\"min\":0.000000001,"
                + "\"max\":2,\"source\":\"s\",\"measure_time\":1700000060}]}");
  }

  @Test
  void encode_sampledTimerHasTheMeanOfTheTimedCalls() throws Exception {
    assertThat(
            encode(new TimerTotal(new SeriesKey("t", ""), 64, 500, 500, 500, Histogram.ofOne(500))))
        .contains("\"count\":64,\"sum\":0.000032,\"min\":0.0000005,\"max\":0.0000005,");
  }

  @Test
  void encode_untimedCallsStillCount() throws Exception {
    assertThat(encode(new TimerTotal(new SeriesKey("t", ""), 3, 0, 0, 0, Histogram.EMPTY)))
        .contains("\"count\":3,\"sum\":0,\"measure_time\"");
  }

  @Test
  void encode_percentiles() throws Exception {
    Histogram histogram = Histogram.ofOne(1_000_000);
    TimerTotal timer =
        new TimerTotal(new SeriesKey("t", "s"), 1, 1_000_000, 1_000_000, 1_000_000, histogram);

    assertThat(encode(timer, "50", "99.9"))
        .endsWith(
            "{\"name\":\"t.p50\",\"value\":0.001,\"source\":\"s\",\"measure_time\":1700000060},"
                + "{\"name\":\"t.p99.9\",\"value\":0.001,\"source\":\"s\","
                + "\"measure_time\":1700000060}]}");
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
  void encode_gaugeWithoutExponent(double value, String text) throws Exception {
    assertThat(encode(new GaugeValue(new SeriesKey("g", ""), 1_699_999_999_999L, value)))
        .isEqualTo(
            "{\"gauges\":[{\"name\":\"g\",\"value\":" + text + ",\"measure_time\":1699999999}]}");
  }

  /** What the service gets to see of it. */
  private String encode(Measurement measurement, String... percentiles) throws Exception {
    LibratoOptions options =
        new LibratoOptions(
            URI.create(service.url()), "", "", List.of(percentiles), "", Duration.ofSeconds(10));
    try (LibratoBackend backend = new LibratoBackend(options)) {
      backend.flush(snapshot(measurement));
    }
    return service.requests().get(0).body();
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
