package io.zibrato.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zibrato.meter.Histogram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TotalsTest {
  private static final SeriesKey A = new SeriesKey("a", "s", Map.of("k", "v"));
  private static final SeriesKey B = new SeriesKey("b", "s");
  private static final long STALE = 10_000;

  @TempDir Path dir;

  private Totals open() throws IOException {
    return open(100);
  }

  private Totals open(int maxSeries) throws IOException {
    return Totals.open(new Totals.Settings(dir, Duration.ofMillis(STALE), maxSeries));
  }

  private static CounterTotal counter(SeriesKey key, long sum) {
    return new CounterTotal(key, sum);
  }

  private static TimerTotal timer(SeriesKey key, long... nanos) {
    TimerTotal all = new TimerTotal(key, 0, 0, 0, 0, Histogram.EMPTY);
    for (long each : nanos) {
      all = all.plus(new TimerTotal(key, 1, each, each, each, Histogram.ofOne(each)));
    }
    return all;
  }

  /** The interval of a second that ends with the second of its id. */
  private static Snapshot interval(long id, Measurement... measurements) {
    List<CounterTotal> counters = new ArrayList<>();
    List<TimerTotal> timers = new ArrayList<>();
    List<GaugeValue> gauges = new ArrayList<>();
    for (Measurement each : measurements) {
      if (each instanceof CounterTotal counter) counters.add(counter);
      else if (each instanceof TimerTotal timer) timers.add(timer);
      else gauges.add((GaugeValue) each);
    }
    return new Snapshot(id, (id - 1) * 1000, id * 1000, counters, timers, gauges);
  }

  private static List<Measurement> values(List<Total> totals) {
    return totals.stream().map(Total::value).toList();
  }

  @Test
  void add_sums() throws Exception {
    try (Totals totals = open()) {
      totals.add(interval(1, counter(A, 2), timer(A, 5)));

      List<Total> second = totals.add(interval(2, counter(A, 3), counter(B, 1), timer(A, 7)));

      assertThat(second)
          .containsExactly(
              new Total(counter(A, 5), 0, 2000),
              new Total(counter(B, 1), 1000, 2000),
              new Total(timer(A, 5, 7), 0, 2000));
      assertThat(totals.all(2000)).containsExactlyInAnyOrderElementsOf(second);
    }
  }

  @Test
  void add_addsAnIntervalOnce() throws Exception {
    Snapshot second = interval(2, counter(A, 3), timer(A, 7), new GaugeValue(A, 1500, 1));
    List<Total> once;
    try (Totals totals = open()) {
      totals.add(interval(1, counter(A, 2), timer(A, 5)));
      once = totals.add(second);

      assertThat(totals.add(second)).isEqualTo(once);
    }
    try (Totals totals = open()) {
      assertThat(totals.all(2000)).containsExactlyInAnyOrderElementsOf(once);
      assertThat(totals.add(second)).isEqualTo(once);
      assertThat(values(totals.add(interval(3, counter(A, 1))))).containsExactly(counter(A, 6));
    }
  }

  /** After a refusal, and after a kill in its midst. */
  @Test
  void add_addsHalvesOfWhatWasAddedOnce() throws Exception {
    Snapshot whole = interval(1, counter(A, 2), counter(B, 3), timer(A, 5), timer(B, 6));
    List<Total> once;
    try (Totals totals = open()) {
      once = totals.add(whole);
    }
    try (Totals totals = open()) {
      for (Snapshot half : whole.halves()) {
        for (Snapshot quarter : half.halves()) totals.add(quarter);
        totals.add(half);
      }

      assertThat(totals.all(1000)).containsExactlyInAnyOrderElementsOf(once);
    }
  }

  @Test
  void gauges_keepTheLastValueInTime() throws Exception {
    try (Totals totals = open()) {
      totals.add(interval(1, new GaugeValue(A, 500, 1), new GaugeValue(A, 400, 2)));
      assertThat(values(totals.all(1000))).containsExactly(new GaugeValue(A, 500, 1));
      totals.add(interval(2, new GaugeValue(A, 450, 3)));
      assertThat(values(totals.all(1000))).containsExactly(new GaugeValue(A, 500, 1));
      totals.add(interval(3, new GaugeValue(A, 500, 4)));
      assertThat(values(totals.all(1000))).containsExactly(new GaugeValue(A, 500, 4));
    }
  }

  @Test
  void gauges_aheadOfOurClockDoNotStay() throws Exception {
    try (Totals totals = open()) {
      totals.add(interval(1, new GaugeValue(A, 1_000_000, 1)));
      assertThat(values(totals.all(1000))).containsExactly(new GaugeValue(A, 1000, 1));
      totals.add(interval(2, new GaugeValue(A, 1500, 2)));
      assertThat(values(totals.all(1000))).containsExactly(new GaugeValue(A, 1500, 2));
    }
  }

  @Test
  void times_riseWhenTheClockIsPutBack() throws Exception {
    try (Totals totals = open()) {
      totals.add(interval(9, counter(A, 1)));

      assertThat(totals.add(interval(5, counter(A, 1))))
          .containsExactly(new Total(counter(A, 2), 8000, 9001));
    }
  }

  @Test
  void series_areForgottenWhenStale() throws Exception {
    try (Totals totals = open()) {
      totals.add(interval(1, counter(A, 1), counter(B, 1)));
      totals.add(interval(8, counter(B, 1)));

      assertThat(values(totals.all(11_000))).containsExactly(counter(A, 1), counter(B, 2));
      assertThat(values(totals.all(11_001))).containsExactly(counter(B, 2));
      assertThat(totals.add(interval(12, counter(A, 4), counter(B, 1))))
          .containsExactly(
              new Total(counter(A, 4), 11_000, 12_000), new Total(counter(B, 3), 0, 12_000));
    }
    try (Totals totals = open()) {
      assertThat(values(totals.all(12_000)))
          .containsExactlyInAnyOrder(counter(A, 4), counter(B, 3));
    }
  }

  @Test
  void series_areBounded() throws Exception {
    Snapshot whole = interval(1, counter(A, 1), counter(B, 2));
    try (Totals totals = open(1)) {
      assertThatThrownBy(() -> totals.add(whole))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("series");
      List<Snapshot> halves = whole.halves();
      assertThat(values(totals.add(halves.get(0)))).containsExactly(counter(A, 1));
      assertThatThrownBy(() -> totals.add(halves.get(1))).isInstanceOf(RefusedException.class);
      assertThat(values(totals.add(interval(2, counter(A, 1))))).containsExactly(counter(A, 2));
      assertThat(values(totals.add(interval(20, counter(B, 1))))).containsExactly(counter(B, 1));
    }
  }

  @Test
  void kinds_areSeriesOfTheirOwn() throws Exception {
    try (Totals totals = open()) {
      totals.add(interval(1, counter(A, 1), timer(A, 5), new GaugeValue(A, 1, 3)));

      assertThat(totals.all(1000)).hasSize(3);
    }
  }

  @Test
  void open_keepsASecondOneOff() throws Exception {
    try (Totals totals = open()) {
      assertThat(totals.all(0)).isEmpty();
      assertThatThrownBy(this::open).hasMessageContaining("in use by another worker");
    }
  }

  @Test
  void open_putsADamagedFileAside() throws Exception {
    try (Totals totals = open()) {
      totals.add(interval(1, counter(A, 1)));
    }
    byte[] bytes = Files.readAllBytes(dir.resolve("totals.db"));
    Arrays.fill(bytes, 0, 200, (byte) 7);
    Files.write(dir.resolve("totals.db"), bytes);

    try (Totals totals = open()) {
      assertThat(totals.all(1000)).isEmpty();
      totals.add(interval(1, counter(A, 1)));
    }
    try (Stream<Path> files = Files.list(dir)) {
      assertThat(files.map(each -> each.getFileName().toString()))
          .anyMatch(name -> name.startsWith("totals.db.damaged-"));
    }
  }

  @Test
  void open_beginsADamagedTotalAnew() throws Exception {
    try (Totals totals = open()) {
      totals.add(interval(1, counter(A, 1), counter(B, 2)));
    }
    sql("UPDATE total SET facts = zeroblob(40) WHERE number = 1");

    try (Totals totals = open()) {
      assertThat(values(totals.all(1000))).containsExactly(counter(B, 2));
      totals.add(interval(2, counter(A, 5)));
    }
    try (Totals totals = open()) {
      assertThat(values(totals.all(1000))).containsExactly(counter(B, 2), counter(A, 5));
    }
  }

  /** As when the disk is full: nothing is added, neither there nor in memory. */
  @Test
  void add_isTriedAgainWhenTheDiskTakesNothing() throws Exception {
    try (Totals totals = open()) {
      totals.add(interval(1, counter(A, 1)));
      sql("CREATE TRIGGER full BEFORE INSERT ON total BEGIN SELECT RAISE(ABORT, 'full'); END");
      assertThatThrownBy(() -> totals.add(interval(2, counter(A, 1), counter(B, 1))))
          .isInstanceOf(RetryException.class)
          .hasMessageContaining("totals.db");
      assertThat(values(totals.all(2000))).containsExactly(counter(A, 1));
      sql("DROP TRIGGER full");

      assertThat(values(totals.add(interval(2, counter(A, 1), counter(B, 1)))))
          .containsExactly(counter(A, 2), counter(B, 1));
    }
  }

  private void sql(String statement) throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("totals.db"));
        Statement made = connection.createStatement()) {
      made.execute(statement);
    }
  }
}
