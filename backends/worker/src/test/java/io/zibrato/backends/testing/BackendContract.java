package io.zibrato.backends.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.backends.Backend;
import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.GaugeValue;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.TimerTotal;
import io.zibrato.meter.Histogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every backend has to do. Each backend's test extends it, and gives it a backend that is
 * connected to a service of the test's.
 */
public abstract class BackendContract {
  /** The time that counters and timers of the contract's snapshots have. */
  protected static final long END_MILLIS = 1_700_000_060_000L;

  /** The backend under test; the same one throughout a test. */
  protected abstract Backend backend();

  /**
   * How many measurements the service has taken from the contract's snapshots, found with a strict
   * reader of the service's format. A counter or a gauge value is one; what a timer is made into
   * counts as one.
   *
   * @throws Exception if anything that was sent is not of that format
   */
  protected abstract int taken() throws Exception;

  /** Names that have broken encoders of other formats. */
  static Stream<String> hostileNames() {
    return Stream.of(
        "a b",
        "a\nb",
        "a\r\nb:1|c",
        "a\0b",
        "a:b",
        "a|b",
        "a@b",
        "a#b",
        "a,b",
        "a=b",
        "a\"b",
        "a\\b",
        "{}",
        ".",
        "..",
        "../../etc/passwd",
        "__name__",
        "-",
        "\uD83D\uDE00",
        "\u05D0\u05D1",
        "\u202Eab",
        "\uD800",
        "n".repeat(255),
        "\u00e9".repeat(255),
        " ");
  }

  @ParameterizedTest
  @MethodSource("hostileNames")
  void flush_sendsOneMeasurementWhateverTheName(String name) throws Exception {
    SeriesKey key = new SeriesKey(name, name, Map.of(name, name));

    backend().flush(counters(new CounterTotal(key, 1)));

    assertThat(taken()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 1L << 53, (1L << 53) + 1, Long.MAX_VALUE})
  void flush_takesAnySum(long sum) throws Exception {
    backend().flush(counters(new CounterTotal(new SeriesKey("n", ""), sum)));

    assertThat(taken()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.0, 1e-320, -1.5, 0.1, 1e21, Double.MAX_VALUE, -Double.MAX_VALUE})
  void flush_takesAnyFiniteValue(double value) throws Exception {
    GaugeValue gauge = new GaugeValue(new SeriesKey("g", "s"), END_MILLIS - 1500, value);

    backend().flush(new Snapshot(1, 0, END_MILLIS, List.of(), List.of(), List.of(gauge)));

    assertThat(taken()).isEqualTo(1);
  }

  @Test
  void flush_takesTimersOfAnyKind() throws Exception {
    List<TimerTotal> timers =
        List.of(
            new TimerTotal(new SeriesKey("one", ""), 1, 5, 5, 5, Histogram.ofOne(5)),
            new TimerTotal(new SeriesKey("sampled", ""), 64, 5, 5, 5, Histogram.ofOne(5)),
            new TimerTotal(new SeriesKey("untimed", ""), 3, 0, 0, 0, Histogram.EMPTY),
            new TimerTotal(new SeriesKey("zero", ""), 1, 0, 0, 0, Histogram.ofOne(0)),
            new TimerTotal(
                new SeriesKey("most", ""),
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                1,
                Long.MAX_VALUE,
                Histogram.ofOne(1).plus(Histogram.ofOne(Long.MAX_VALUE))));

    backend().flush(new Snapshot(1, 0, END_MILLIS, List.of(), timers, List.of()));

    assertThat(taken()).isEqualTo(timers.size());
  }

  @Test
  void flush_keepsSeriesApart() throws Exception {
    List<CounterTotal> counters =
        List.of(
            new CounterTotal(new SeriesKey("a b", ""), 1),
            new CounterTotal(new SeriesKey("a-b", ""), 1),
            new CounterTotal(new SeriesKey("a|b", ""), 1),
            new CounterTotal(new SeriesKey("A-B", ""), 1),
            new CounterTotal(new SeriesKey("n", "s", Map.of("k", "v")), 1),
            new CounterTotal(new SeriesKey("n", "s.k-v"), 1),
            new CounterTotal(new SeriesKey("n", "", Map.of("s.k", "v")), 1),
            new CounterTotal(new SeriesKey("n".repeat(254) + "1", ""), 1),
            new CounterTotal(new SeriesKey("\u00e9".repeat(255), ""), 1));

    backend().flush(new Snapshot(1, 0, END_MILLIS, counters, List.of(), List.of()));

    assertThat(taken()).isEqualTo(counters.size());
  }

  @Test
  void flush_deliversManySeries() throws Exception {
    List<CounterTotal> counters = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) counters.add(new CounterTotal(new SeriesKey("n" + i, ""), i));

    for (int from = 0; from < counters.size(); from += backend().batchSize()) {
      int to = Math.min(counters.size(), from + backend().batchSize());
      backend().flush(counters(counters.subList(from, to).toArray(CounterTotal[]::new)));
    }

    assertThat(taken()).isEqualTo(counters.size());
  }

  @Test
  void flush_takesAnEmptySnapshot() throws Exception {
    backend().flush(counters());

    assertThat(taken()).isZero();
  }

  @Test
  void close_twice() throws Exception {
    backend().close();
    backend().close();
  }

  protected static Snapshot counters(CounterTotal... counters) {
    List<CounterTotal> list = Arrays.asList(counters);
    return new Snapshot(1, END_MILLIS - 60_000, END_MILLIS, list, List.of(), List.of());
  }
}
