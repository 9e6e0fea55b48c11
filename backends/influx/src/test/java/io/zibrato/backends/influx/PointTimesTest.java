package io.zibrato.backends.influx;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.GaugeValue;
import io.zibrato.backends.Memory;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PointTimesTest {
  private final PointTimes times = new PointTimes();

  private static Snapshot interval(long id, long endMillis) {
    CounterTotal one = new CounterTotal(new SeriesKey("n", "s"), 1);
    return new Snapshot(id, endMillis, endMillis, List.of(one), List.of(), List.of());
  }

  private static List<byte[]> saved(PointTimes times) throws Exception {
    List<byte[]> rows = new ArrayList<>();
    times.save(
        new Memory.Sink() {
          @Override
          public void put(byte[] key, byte[] value) {
            rows.add(key);
            rows.add(value);
          }

          @Override
          public void remove(byte[] key) {
            throw new AssertionError("nothing is removed");
          }
        });
    return rows;
  }

  /** As when the clock stands still, or is put back again and again. */
  @Test
  void intervals_ofOneMillisecondStayApart() throws Exception {
    Set<Long> all = new HashSet<>();
    for (long id = 1; id <= 1_000_000; id++) all.add(times.of(interval(id, 5)));

    assertThat(all).hasSize(1_000_000).allMatch(time -> time / 1_000_000 == 5);
  }

  /** What another worker sent in the same millisecond, each time, is not overwritten. */
  @Test
  void workers_doNotFollowEachOther() throws Exception {
    PointTimes other = new PointTimes();
    int same = 0;
    for (long id = 1; id <= 1000; id++) {
      if (times.of(interval(id, 5)) == other.of(interval(id, 5))) same++;
    }

    assertThat(same).isLessThan(10);
  }

  @Test
  void time_isTheSameAfterARestart() throws Exception {
    times.closed(interval(7, 5));
    List<byte[]> rows = saved(times);
    times.saved();
    PointTimes next = new PointTimes();
    next.recall(rows.get(0), rows.get(1));

    assertThat(next.of(interval(7, 5))).isEqualTo(times.of(interval(7, 5)));
    assertThat(saved(times)).isEmpty();
    assertThat(saved(next)).isEmpty();
  }

  @Test
  void rule_isHandedOverUntilItIsKept() throws Exception {
    times.closed(interval(7, 5));

    assertThat(saved(times)).hasSize(2);
    assertThat(saved(times)).hasSize(2);
  }

  @Test
  void recall_takesNothingOfAnotherForm() throws Exception {
    times.recall(new byte[] {1}, new byte[8]);
    times.recall("point-times".getBytes("US-ASCII"), new byte[7]);

    times.closed(interval(1, 5));
    assertThat(saved(times)).hasSize(2);
  }

  @Test
  void gaugeValues_ofOneMillisecondStayApart() throws Exception {
    Set<Long> all = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      all.add(PointTimes.of(new GaugeValue(new SeriesKey("g", "s"), -3, i)));
    }

    assertThat(all).hasSize(100).allMatch(time -> Math.floorDiv(time, 1_000_000) == -3);
  }
}
