package io.zibrato.backends;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.meter.Histogram;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotTest {
  private final LossTally losses = new LossTally();
  private final Interval interval = new Interval(100, losses);
  private final SeriesKey key = new SeriesKey("n", "s");

  @Test
  void interval_sumsCountersAndMergesTimers() {
    interval.add(new CounterTotal(key, 1));
    interval.add(new CounterTotal(key, 2));
    interval.add(new TimerTotal(key, 1, 100, 100, 100, Histogram.ofOne(100)));
    interval.add(new TimerTotal(key, 2, 30, 10, 20, Histogram.ofOne(10)));
    interval.add(new TimerTotal(key, 5, 0, 0, 0, Histogram.EMPTY));
    interval.add(new GaugeValue(key, 1, 1));
    interval.add(new GaugeValue(key, 1, 1));

    Snapshot snapshot = interval.close(200);

    Histogram both = Histogram.ofOne(100).plus(Histogram.ofOne(10));
    assertThat(snapshot.counters()).containsExactly(new CounterTotal(key, 3));
    assertThat(snapshot.timers()).containsExactly(new TimerTotal(key, 8, 130, 10, 100, both));
    assertThat(snapshot.gauges()).hasSize(2);
    assertThat(snapshot.startMillis()).isEqualTo(100);
    assertThat(snapshot.endMillis()).isEqualTo(200);
  }

  @Test
  void interval_beginsAnew() {
    interval.add(new CounterTotal(key, 1));
    Snapshot first = interval.close(200);
    Snapshot second = interval.close(300);

    assertThat(first.size()).isEqualTo(1);
    assertThat(second.isEmpty()).isTrue();
    assertThat(second.id()).isEqualTo(first.id() + 1);
    assertThat(second.startMillis()).isEqualTo(200);
  }

  @Test
  void interval_staysAtTheHighestSum() {
    interval.add(new CounterTotal(key, Long.MAX_VALUE));
    interval.add(new CounterTotal(key, 2));

    assertThat(interval.close(1).counters().get(0).sum()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void interval_boundsItsSeries() {
    for (int i = 0; i <= Interval.MAX_SERIES; i++) {
      interval.add(new CounterTotal(new SeriesKey("n" + i, ""), 1));
    }
    interval.add(new CounterTotal(new SeriesKey("n0", ""), 1));

    assertThat(interval.close(1).size()).isEqualTo(Interval.MAX_SERIES);
    assertThat(losses.count(Loss.INTERVAL_CAP)).isEqualTo(1);
  }

  @Test
  void interval_boundsItsGaugeValues() {
    for (int i = 0; i < Interval.MAX_GAUGE_VALUES + 3; i++) interval.add(new GaugeValue(key, 1, i));

    assertThat(losses.count(Loss.GAUGE_CAP)).isEqualTo(3);
  }

  @Test
  void batches_coverEverythingOnce() {
    Snapshot snapshot = snapshot(7, 5, 4);

    for (int most = 1; most <= 17; most++) {
      List<Measurement> all = new ArrayList<>();
      for (Snapshot batch : snapshot.batches(most)) {
        assertThat(batch.size()).isBetween(1, most);
        all.addAll(batch.measurements());
      }
      assertThat(all).isEqualTo(snapshot.measurements());
    }
  }

  @Test
  void batches_ofNothing() {
    assertThat(snapshot(0, 0, 0).batches(10)).isEmpty();
  }

  @Test
  void halves_coverEverythingOnce() {
    for (int counters = 0; counters < 4; counters++) {
      Snapshot snapshot = snapshot(counters, 3, 2);
      List<Measurement> all = new ArrayList<>();
      snapshot.halves().forEach(half -> all.addAll(half.measurements()));
      assertThat(all).isEqualTo(snapshot.measurements());
      assertThat(snapshot.halves()).noneMatch(Snapshot::isEmpty);
    }
  }

  private static Snapshot snapshot(int counters, int timers, int gauges) {
    List<CounterTotal> c = new ArrayList<>();
    List<TimerTotal> t = new ArrayList<>();
    List<GaugeValue> g = new ArrayList<>();
    for (int i = 0; i < counters; i++) c.add(new CounterTotal(new SeriesKey("c" + i, ""), i));
    for (int i = 0; i < timers; i++) {
      t.add(new TimerTotal(new SeriesKey("t" + i, ""), 1, 1, 1, 1, Histogram.ofOne(1)));
    }
    for (int i = 0; i < gauges; i++) g.add(new GaugeValue(new SeriesKey("g" + i, ""), i, i));
    return new Snapshot(1, 0, 1, c, t, g);
  }
}
