package io.zibrato.backends;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.meter.Histogram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepTotalsTest {
  private static final long NOON = 1_700_000_040; // a whole minute
  private static final SeriesKey A = new SeriesKey("a", "s", Map.of("k", "v"));
  private static final SeriesKey B = new SeriesKey("b", "s");

  @TempDir Path dir;
  private StepTotals totals;

  @BeforeEach
  void open() throws IOException {
    totals = StepTotals.open(dir, 60);
  }

  @AfterEach
  void close() throws IOException {
    totals.close();
  }

  private void restart() throws IOException {
    close();
    open();
  }

  private static CounterTotal counter(SeriesKey key, long sum) {
    return new CounterTotal(key, sum);
  }

  private static TimerTotal timer(SeriesKey key, long nanos) {
    return new TimerTotal(key, 1, nanos, nanos, nanos, Histogram.ofOne(nanos));
  }

  private static Snapshot interval(long id, double endSecond, Measurement... measurements) {
    List<CounterTotal> counters = new ArrayList<>();
    List<TimerTotal> timers = new ArrayList<>();
    List<GaugeValue> gauges = new ArrayList<>();
    for (Measurement each : measurements) {
      if (each instanceof CounterTotal counter) counters.add(counter);
      else if (each instanceof TimerTotal timer) timers.add(timer);
      else gauges.add((GaugeValue) each);
    }
    long endMillis = (long) (endSecond * 1000);
    return new Snapshot(id, endMillis - 1, endMillis, counters, timers, gauges);
  }

  private List<Measurement> add(Snapshot part) throws RetryException {
    return totals.add(part).totals().measurements();
  }

  @Test
  void add_sumsWithinAStep() throws Exception {
    assertThat(add(interval(1, NOON, counter(A, 2), timer(A, 5), timer(B, 9))))
        .containsExactly(counter(A, 2), timer(A, 5), timer(B, 9));
    assertThat(add(interval(2, NOON + 59, counter(B, 1), counter(A, 3), timer(A, 7))))
        .containsExactly(counter(B, 1), counter(A, 5), timer(A, 5).plus(timer(A, 7)));
    assertThat(add(interval(3, NOON + 60, counter(A, 4)))).containsExactly(counter(A, 4));
  }

  @Test
  void add_leavesGaugesAlone() throws Exception {
    GaugeValue gauge = new GaugeValue(A, 1, 2.5);
    assertThat(add(interval(1, NOON, gauge, counter(A, 1)))).containsExactly(counter(A, 1), gauge);
    assertThat(totals.add(interval(2, NOON + 60, gauge)).second()).isEqualTo(NOON + 60);
    assertThat(totals.add(interval(3, NOON, counter(A, 1))).second()).isEqualTo(NOON);
    assertThat(add(interval(4, NOON, counter(A, 1), gauge))).containsExactly(counter(A, 3), gauge);
  }

  @Test
  void add_theSameIntervalChangesNothing() throws Exception {
    Snapshot first = interval(1, NOON, counter(A, 1), counter(B, 1));
    Snapshot second = interval(2, NOON + 1, counter(A, 2), counter(B, 2));
    add(first);
    add(second.batches(1).get(0));
    restart();

    assertThat(add(second)).containsExactly(counter(A, 3), counter(B, 3));
    for (Snapshot half : second.halves()) add(half);
    assertThat(add(second)).containsExactly(counter(A, 3), counter(B, 3));
  }

  @Test
  void add_oneSeriesWhateverTheOrderOfItsTags() throws Exception {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("z", "1");
    tags.put("a", "2");
    Map<String, String> sorted = new TreeMap<>(tags);
    add(interval(1, NOON, counter(new SeriesKey("n", "s", tags), 1)));

    SeriesKey same = new SeriesKey("n", "s", sorted);
    assertThat(add(interval(2, NOON, counter(same, 1)))).containsExactly(counter(same, 2));
  }

  @Test
  void add_goesOnAfterAFileThatCannotBeRead() throws Exception {
    add(interval(1, NOON, counter(A, 1)));
    close();
    Files.write(dir.resolve("steps.db"), new byte[5000]);
    open();

    assertThat(add(interval(2, NOON, counter(A, 2)))).containsExactly(counter(A, 2));
  }

  @Test
  void open_takesALongerStep() throws Exception {
    add(interval(1, NOON, counter(A, 1)));
    close();
    totals = StepTotals.open(dir, 3600);

    StepTotals.Step step = totals.add(interval(2, NOON + 1, counter(A, 2)));
    assertThat(step.second()).isGreaterThan(NOON);
    assertThat(step.totals().measurements()).containsExactly(counter(A, 2));
  }

  /**
   * A day and more with exits of applications, kills and restarts of the worker, parts that come
   * again whole or in halves, and clocks put back, at a service that keeps the last it hears.
   */
  @Test
  void add_whatIsSentLastHasItAll() throws Exception {
    Random random = new Random(7);
    Map<SeriesKey, Long> came = new HashMap<>();
    Map<SeriesKey, Map<Long, Long>> held = new HashMap<>();
    double now = NOON;
    for (int id = 1; id < 2500; id++) {
      now += random.nextInt(3) == 0 ? 60 : 60 * random.nextDouble();
      if (random.nextInt(300) == 0) now -= 4000 * random.nextDouble();
      Snapshot interval = random(id, now, random);
      for (CounterTotal each : interval.counters()) came.merge(each.key(), each.sum(), Long::sum);
      for (Snapshot part : interval.batches(3)) {
        List<Snapshot> tries = new ArrayList<>(List.of(part));
        if (random.nextInt(10) == 0) tries.add(part);
        if (random.nextInt(10) == 0 && part.size() > 1) tries.addAll(part.halves());
        for (Snapshot each : tries) {
          if (random.nextInt(100) == 0) restart();
          StepTotals.Step step = totals.add(each);
          for (CounterTotal total : step.totals().counters()) {
            held.computeIfAbsent(total.key(), key -> new HashMap<>())
                .put(step.second(), total.sum());
          }
        }
      }
    }

    Map<SeriesKey, Long> sums = new HashMap<>();
    held.forEach(
        (key, values) -> sums.put(key, values.values().stream().mapToLong(each -> each).sum()));
    assertThat(sums).isEqualTo(came);
  }

  private static Snapshot random(int id, double endSecond, Random random) {
    List<Measurement> some = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      SeriesKey key = new SeriesKey("n" + i, "s");
      if (i == 0 || random.nextBoolean()) some.add(counter(key, 1 + random.nextInt(1000)));
    }
    return interval(id, endSecond, some.toArray(Measurement[]::new));
  }
}
