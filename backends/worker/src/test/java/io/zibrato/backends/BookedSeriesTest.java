package io.zibrato.backends;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.meter.Series;
import io.zibrato.meter.SeriesType;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BookedSeriesTest {
  private static final Series SERIES = new Series("info", SeriesType.COUNTER, "n", "s");

  private final BookedSeries series = new BookedSeries();

  @Test
  void get_findsWhatWasAddedUnderAnyId() {
    Map<Integer, Booked> added = new HashMap<>();
    Random random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      int id = random.nextBoolean() ? i : random.nextInt(Integer.MAX_VALUE) >>> random.nextInt(31);
      if (added.containsKey(id)) continue;
      added.put(id, new Booked(SERIES));
      series.add(id, added.get(id));
    }

    assertThat(series.size()).isEqualTo(added.size());
    added.forEach((id, booked) -> assertThat(series.get(id)).isSameAs(booked));
  }

  @Test
  void get_nothingUnderAnotherId() {
    series.add(0, new Booked(SERIES));
    series.add(Integer.MAX_VALUE, new Booked(SERIES));

    for (int id : new int[] {1, 15, 16, 1_000_000, Integer.MAX_VALUE - 1}) {
      assertThat(series.get(id)).isNull();
    }
  }

  /** An id comes first when little else is known, and those below it later. */
  @Test
  void get_findsAnIdThatTheOthersCaughtUpWith() {
    Booked early = new Booked(SERIES);
    series.add(1_000, early);
    for (int id = 0; id < 1_000; id++) series.add(id, new Booked(SERIES));
    series.add(1_001, new Booked(SERIES));

    assertThat(series.get(1_000)).isSameAs(early);
  }
}
