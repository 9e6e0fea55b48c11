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
  private long nowMillis; // what goes by here

  private Totals open() throws IOException {
    return open(100);
  }

  private Totals open(int maxSeries) throws IOException {
    Totals.Settings settings = new Totals.Settings(dir, Duration.ofMillis(STALE), maxSeries);
    return Totals.open(settings, () -> nowMillis * 1_000_000);
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

  private List<Total> add(Totals totals, Snapshot part) throws RetryException {
    Totals.Added added = totals.add(part);
    assertThat(added.withoutRoom()).isZero();
    return added.totals();
  }

  /** As {@link #interval}, and as much goes by here. */
  private Snapshot next(long id, Measurement... measurements) {
    nowMillis = id * 1000;
    return interval(id, measurements);
  }

  private static List<Measurement> values(List<Total> totals) {
    return totals.stream().map(Total::value).toList();
  }

  @Test
  void add_sums() throws Exception {
    try (Totals totals = open()) {
      add(totals, interval(1, counter(A, 2), timer(A, 5)));

      List<Total> second = add(totals, interval(2, counter(A, 3), counter(B, 1), timer(A, 7)));

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
      add(totals, interval(1, counter(A, 2), timer(A, 5)));
      once = add(totals, second);

      assertThat(add(totals, second)).isEqualTo(once);
    }
    try (Totals totals = open()) {
      assertThat(totals.all(2000)).containsExactlyInAnyOrderElementsOf(once);
      assertThat(add(totals, second)).isEqualTo(once);
      assertThat(values(add(totals, interval(3, counter(A, 1))))).containsExactly(counter(A, 6));
    }
  }

  /** After a refusal, and after a kill in its midst. */
  @Test
  void add_addsHalvesOfWhatWasAddedOnce() throws Exception {
    Snapshot whole = interval(1, counter(A, 2), counter(B, 3), timer(A, 5), timer(B, 6));
    List<Total> once;
    try (Totals totals = open()) {
      once = add(totals, whole);
    }
    try (Totals totals = open()) {
      for (Snapshot half : whole.halves()) {
        for (Snapshot quarter : half.halves()) add(totals, quarter);
        add(totals, half);
      }

      assertThat(totals.all(1000)).containsExactlyInAnyOrderElementsOf(once);
    }
  }

  @Test
  void gauges_keepTheLastValueInTime() throws Exception {
    try (Totals totals = open()) {
      add(totals, interval(1, new GaugeValue(A, 500, 1), new GaugeValue(A, 400, 2)));
      assertThat(values(totals.all(1000))).containsExactly(new GaugeValue(A, 500, 1));
      add(totals, interval(2, new GaugeValue(A, 450, 3)));
      assertThat(values(totals.all(1000))).containsExactly(new GaugeValue(A, 500, 1));
      add(totals, interval(3, new GaugeValue(A, 500, 4)));
      assertThat(values(totals.all(1000))).containsExactly(new GaugeValue(A, 500, 4));
    }
  }

  @Test
  void gauges_aheadOfOurClockDoNotStay() throws Exception {
    try (Totals totals = open()) {
      add(totals, interval(1, new GaugeValue(A, 1_000_000, 1)));
      assertThat(values(totals.all(1000))).containsExactly(new GaugeValue(A, 1000, 1));
      add(totals, interval(2, new GaugeValue(A, 1500, 2)));
      assertThat(values(totals.all(1000))).containsExactly(new GaugeValue(A, 1500, 2));
    }
  }

  @Test
  void times_riseWhenTheClockIsPutBack() throws Exception {
    try (Totals totals = open()) {
      add(totals, interval(9, counter(A, 1)));

      assertThat(add(totals, interval(5, counter(A, 1))))
          .containsExactly(new Total(counter(A, 2), 8000, 9001));
    }
  }

  /** As after a flush with a clock two hours fast, which is then put right. */
  @Test
  void times_areNotFarAheadOfTheIntervals() throws Exception {
    try (Totals totals = open()) {
      add(totals, interval(7_200, counter(A, 1), timer(A, 5)));

      assertThat(add(totals, interval(5, counter(A, 1), timer(A, 5))))
          .containsExactly(
              new Total(counter(A, 2), 4000, 5000), new Total(timer(A, 5, 5), 4000, 5000));
      assertThat(add(totals, interval(6, counter(A, 1))))
          .containsExactly(new Total(counter(A, 3), 4000, 6000));
    }
  }

  @Test
  void series_outliveAJumpOfTheClock() throws Exception {
    try (Totals totals = open()) {
      add(totals, interval(1, counter(A, 1), counter(B, 1)));
      add(totals, interval(50_000, counter(B, 1)));
      add(totals, interval(50_001, counter(B, 1)));

      assertThat(values(add(totals, interval(50_002, counter(A, 1), counter(B, 1)))))
          .containsExactly(counter(A, 2), counter(B, 4));
    }
  }

  @Test
  void series_areForgottenWhenStale() throws Exception {
    try (Totals totals = open()) {
      add(totals, next(1, counter(A, 1), counter(B, 1)));
      add(totals, next(8, counter(B, 1)));

      nowMillis = 11_001;
      assertThat(values(totals.all(11_000))).containsExactly(counter(A, 1), counter(B, 2));
      assertThat(values(totals.all(11_001))).containsExactly(counter(B, 2));
      add(totals, next(12, counter(B, 1)));
      assertThat(add(totals, next(13, counter(A, 4), counter(B, 1))))
          .containsExactly(
              new Total(counter(A, 4), 12_000, 13_000), new Total(counter(B, 4), 0, 13_000));
    }
    try (Totals totals = open()) {
      assertThat(values(totals.all(13_000)))
          .containsExactlyInAnyOrder(counter(A, 4), counter(B, 4));
    }
  }

  /** Also where the worker is started again more often than a series may be silent. */
  @Test
  void series_getStaleOverRestarts() throws Exception {
    for (int run = 0; run < 4; run++) {
      try (Totals totals = open()) {
        Measurement[] both = {counter(A, 1), counter(B, 1)};
        add(totals, next(1 + 4 * run, run == 0 ? both : new Measurement[] {counter(A, 1)}));
      }
      nowMillis = 0;
    }
    try (Totals totals = open()) {
      assertThat(values(totals.all(13_000))).containsExactly(counter(A, 4));
    }
  }

  @Test
  void series_areForgottenWithWhatWasLeftOutOfTheLastInterval() throws Exception {
    try (Totals totals = open()) {
      add(totals, next(1, counter(A, 1), counter(B, 1)));
      add(totals, next(12, counter(A, 1)));
      assertThat(values(add(totals, next(12, counter(B, 1))))).containsExactly(counter(B, 2));
      assertThat(values(add(totals, next(13, counter(B, 1))))).containsExactly(counter(B, 3));
    }
  }

  /** For a service that is told of their end: it is, until the next part is added. */
  @Test
  void stale_tellsWhoIsForgotten() throws Exception {
    Snapshot next = interval(13, counter(B, 1));
    try (Totals totals = open()) {
      add(totals, next(1, counter(A, 1), counter(B, 1)));
      add(totals, next(12, counter(B, 1)));
      assertThat(values(totals.stale(next))).containsExactly(counter(A, 1));
      assertThat(values(totals.stale(next))).containsExactly(counter(A, 1));
    }
    nowMillis = 0;
    try (Totals totals = open()) {
      assertThat(values(totals.stale(next))).containsExactly(counter(A, 1));
      add(totals, next);
      assertThat(totals.stale(next)).isEmpty();
      assertThat(totals.stale(interval(14, counter(B, 1)))).isEmpty();
    }
    try (Totals totals = open()) {
      assertThat(values(totals.all(13_000))).containsExactly(counter(B, 3));
    }
  }

  /** What there is no room for is told, and keeps nothing else out. */
  @Test
  void series_areBounded() throws Exception {
    try (Totals totals = open(1)) {
      Totals.Added added = totals.add(next(1, counter(A, 1), counter(B, 2), timer(B, 5)));
      assertThat(values(added.totals())).containsExactly(counter(A, 1));
      assertThat(added.withoutRoom()).isEqualTo(2);
      assertThatThrownBy(added::check)
          .isInstanceOf(TakenInPartException.class)
          .hasMessage("2 more than the 1 series there may be");

      assertThat(values(add(totals, next(2, counter(A, 1))))).containsExactly(counter(A, 2));
      add(totals, next(13, counter(A, 1)));
      add(totals, next(24, counter(A, 1)));
      assertThat(totals.add(next(25, counter(B, 1))).withoutRoom()).isEqualTo(1);
      assertThat(totals.add(next(37, counter(B, 1))).withoutRoom()).isEqualTo(1);
      assertThat(values(add(totals, next(38, counter(B, 1))))).containsExactly(counter(B, 1));
    }
  }

  @Test
  void kinds_areSeriesOfTheirOwn() throws Exception {
    try (Totals totals = open()) {
      add(totals, interval(1, counter(A, 1), timer(A, 5), new GaugeValue(A, 1, 3)));

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
      add(totals, interval(1, counter(A, 1)));
    }
    byte[] bytes = Files.readAllBytes(dir.resolve("totals.db"));
    Arrays.fill(bytes, 0, 200, (byte) 7);
    Files.write(dir.resolve("totals.db"), bytes);

    try (Totals totals = open()) {
      assertThat(totals.all(1000)).isEmpty();
      add(totals, interval(1, counter(A, 1)));
    }
    try (Stream<Path> files = Files.list(dir)) {
      assertThat(files.map(each -> each.getFileName().toString()))
          .anyMatch(name -> name.startsWith("totals.db.damaged-"));
    }
  }

  @Test
  void open_beginsADamagedTotalAnew() throws Exception {
    try (Totals totals = open()) {
      add(totals, interval(1, counter(A, 1), counter(B, 2)));
    }
    sql("UPDATE total SET facts = zeroblob(40) WHERE number = 1");

    try (Totals totals = open()) {
      assertThat(values(totals.all(1000))).containsExactly(counter(B, 2));
      add(totals, interval(2, counter(A, 5)));
    }
    try (Totals totals = open()) {
      assertThat(values(totals.all(1000))).containsExactly(counter(B, 2), counter(A, 5));
    }
  }

  /** As when the disk is full: nothing is added, neither there nor in memory. */
  @Test
  void add_isTriedAgainWhenTheDiskTakesNothing() throws Exception {
    try (Totals totals = open()) {
      add(totals, interval(1, counter(A, 1)));
      sql("CREATE TRIGGER full BEFORE INSERT ON total BEGIN SELECT RAISE(ABORT, 'full'); END");
      assertThatThrownBy(() -> add(totals, interval(2, counter(A, 1), counter(B, 1))))
          .isInstanceOf(RetryException.class)
          .hasMessageContaining("totals.db");
      assertThat(values(totals.all(2000))).containsExactly(counter(A, 1));
      sql("DROP TRIGGER full");

      assertThat(values(add(totals, interval(2, counter(A, 1), counter(B, 1)))))
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
