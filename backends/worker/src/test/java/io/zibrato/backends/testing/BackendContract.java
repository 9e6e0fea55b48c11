package io.zibrato.backends.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zibrato.backends.Backend;
import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.GaugeValue;
import io.zibrato.backends.Measurement;
import io.zibrato.backends.RefusedException;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.TimerTotal;
import io.zibrato.meter.Histogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every backend has to do. Each backend's test extends it, and gives it a backend that is
 * connected to a service of the test's.
 *
 * <p>An encoder is the last of four that stop what is bad. Where each is stopped, and counted:
 *
 * <table>
 * <caption>Names, sources, tags</caption>
 * <tr><td>empty name or tag key; more than 255 characters; more than 50 tags
 *     <td>application: {@code IllegalArgumentException} to whoever asks for the meter, a warning
 *     for a woven site; wire reader: {@code malformed-message}; encoder: brought to the service's
 *     bounds by its rule
 * <tr><td>what is not UTF-8
 *     <td>application: an unpaired surrogate is sent as {@code ?}, so series that differ in nothing
 *     else are one; wire reader: {@code malformed-message}
 * <tr><td>any other text: controls, separators, dots, slashes, emoji, right to left
 *     <td>encoder: brought to the service's alphabet by its rule, which keeps series apart
 * </table>
 *
 * <table>
 * <caption>Values</caption>
 * <tr><td>NaN, infinities
 *     <td>application: {@code not-finite}; wire reader: {@code malformed-message}; worker: {@code
 *     IllegalArgumentException}, counted as {@code backend-error}
 * <tr><td>-0.0, subnormal numbers<td>pass; -0.0 may become 0
 * <tr><td>negative counter
 *     <td>application: {@code negative-increment}; wire reader: {@code malformed-message}, in
 *     version 1 {@code negative-value}; worker: as above
 * <tr><td>overflow
 *     <td>application: {@code counter-full}, the sum stays at 2^63 - 1; worker: sums of an interval
 *     stay there
 * <tr><td>decrease of a cumulative value<td>worker: {@code decreased}
 * <tr><td>more than the service holds
 *     <td>the service: {@code refused}, the measurement alone; {@link #holds} says which
 * </table>
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

  /**
   * What these measurements say there, in any order: of a counter its sum, of a timer its number of
   * calls, of a gauge its value.
   *
   * @return empty if the service, or the test's reader of it, does not tell
   */
  protected Optional<List<Double>> takenValues() throws Exception {
    return Optional.empty();
  }

  /** All that was sent was taken, and as it was. */
  private void assertTaken(Collection<? extends Measurement> sent) throws Exception {
    assertThat(taken()).isEqualTo(sent.size());
    Optional<List<Double>> values = takenValues();
    if (values.isEmpty()) return;
    assertThat(values.get().stream().map(BackendContract::asHeld).sorted())
        .containsExactlyElementsOf(
            sent.stream().map(each -> asHeld(value(each))).sorted().toList());
  }

  private static double value(Measurement measurement) {
    if (measurement instanceof CounterTotal counter) return counter.sum();
    if (measurement instanceof TimerTotal timer) return timer.count();
    return ((GaugeValue) measurement).value();
  }

  /** Services may take for zero what is closer to it than this. */
  private static double asHeld(double value) {
    return Math.abs(value) < 1e-130 ? 0 : value;
  }

  /**
   * Whether the service can hold such a value. What it cannot hold must be refused, and so is set
   * aside and counted.
   */
  protected boolean holds(Measurement measurement) {
    return true;
  }

  private boolean refusesWhatItCannotHold(Measurement measurement, Snapshot alone)
      throws Exception {
    if (holds(measurement)) return false;
    int before = taken();
    assertThatThrownBy(() -> backend().flush(alone)).isInstanceOf(RefusedException.class);
    assertThat(taken()).isEqualTo(before);
    return true;
  }

  /** Names that have broken encoders of other formats. */
  static Stream<String> hostileNames() {
    return Stream.of(
        "",
        "n".repeat(10_000),
        "\uFFFD",
        "\uDC00",
        "\uD801",
        "?",
        "a\rb",
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
    CounterTotal counter = new CounterTotal(new SeriesKey(name, name, Map.of(name, name)), 7);

    backend().flush(counters(counter));

    assertTaken(List.of(counter));
  }

  /** As a name, source, tag key and tag value, each on its own: all arrive, and none as another. */
  @Test
  void flush_keepsHostileSeriesApart() throws Exception {
    List<CounterTotal> counters = new ArrayList<>();
    for (String text : hostileNames().toList()) {
      counters.add(new CounterTotal(new SeriesKey(text, "s"), 1));
      if (!text.isEmpty()) counters.add(new CounterTotal(new SeriesKey("n", text), 2));
      counters.add(new CounterTotal(new SeriesKey("n", "s", Map.of(text, "v")), 3));
      counters.add(new CounterTotal(new SeriesKey("n", "s", Map.of("k", text)), 4));
    }

    for (int from = 0; from < counters.size(); from += backend().batchSize()) {
      int to = Math.min(counters.size(), from + backend().batchSize());
      backend().flush(counters(counters.subList(from, to).toArray(CounterTotal[]::new)));
    }

    assertTaken(counters);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void values_thatAreNoneReachNoBackend(double value) {
    assertThatThrownBy(() -> new GaugeValue(new SeriesKey("g", "s"), END_MILLIS, value))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void values_belowZeroReachNoBackend() {
    SeriesKey key = new SeriesKey("n", "s");

    assertThatThrownBy(() -> new CounterTotal(key, -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TimerTotal(key, -1, 0, 0, 0, Histogram.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TimerTotal(key, 1, -1, 0, 0, Histogram.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 1L << 53, (1L << 53) + 1, Long.MAX_VALUE})
  void flush_takesAnySum(long sum) throws Exception {
    CounterTotal counter = new CounterTotal(new SeriesKey("n", ""), sum);

    backend().flush(counters(counter));

    assertTaken(List.of(counter));
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0,
        -0.0,
        Double.MIN_VALUE,
        1e-320,
        -1.5,
        0.1,
        1e21,
        Double.MAX_VALUE,
        -Double.MAX_VALUE
      })
  void flush_takesAnyFiniteValue(double value) throws Exception {
    GaugeValue gauge = new GaugeValue(new SeriesKey("g", "s"), END_MILLIS - 1500, value);

    Snapshot alone = new Snapshot(1, 0, END_MILLIS, List.of(), List.of(), List.of(gauge));
    if (refusesWhatItCannotHold(gauge, alone)) return;
    backend().flush(alone);

    assertTaken(List.of(gauge));
  }

  @Test
  void flush_takesTimersOfAnyKind() throws Exception {
    List<TimerTotal> all =
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

    List<TimerTotal> timers = new ArrayList<>();
    for (TimerTotal each : all) {
      Snapshot alone = new Snapshot(1, 0, END_MILLIS, List.of(), List.of(each), List.of());
      if (!refusesWhatItCannotHold(each, alone)) timers.add(each);
    }
    backend().flush(new Snapshot(1, 0, END_MILLIS, List.of(), timers, List.of()));

    assertTaken(timers);
  }

  @Test
  void flush_keepsSeriesApart() throws Exception {
    List<CounterTotal> counters =
        List.of(
            new CounterTotal(new SeriesKey("a b", ""), 1),
            new CounterTotal(new SeriesKey("a-b", ""), 2),
            new CounterTotal(new SeriesKey("a|b", ""), 3),
            new CounterTotal(new SeriesKey("A-B", ""), 4),
            new CounterTotal(new SeriesKey("n", "s", Map.of("k", "v")), 5),
            new CounterTotal(new SeriesKey("n", "s.k-v"), 6),
            new CounterTotal(new SeriesKey("n", "", Map.of("s.k", "v")), 7),
            new CounterTotal(new SeriesKey("n".repeat(254) + "1", ""), 8),
            new CounterTotal(new SeriesKey("\u00e9".repeat(255), ""), 9));

    backend().flush(new Snapshot(1, 0, END_MILLIS, counters, List.of(), List.of()));

    assertTaken(counters);
  }

  @Test
  void flush_deliversManySeries() throws Exception {
    List<CounterTotal> counters = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) counters.add(new CounterTotal(new SeriesKey("n" + i, ""), i));

    for (int from = 0; from < counters.size(); from += backend().batchSize()) {
      int to = Math.min(counters.size(), from + backend().batchSize());
      backend().flush(counters(counters.subList(from, to).toArray(CounterTotal[]::new)));
    }

    assertTaken(counters);
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
