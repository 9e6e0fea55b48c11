package io.zibrato.store.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.store.points.Point;
import org.junit.jupiter.api.Test;

class StatisticTest {
  private static final double TWICE_MAX = 0x1p64;

  @Test
  void derivative_leavesTheRangeOfLong() {
    assertThat(derivative(Long.MAX_VALUE, -Long.MAX_VALUE)).isEqualTo(-TWICE_MAX);
    assertThat(derivative(-Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(TWICE_MAX);
    assertThat(derivative(Long.MAX_VALUE, Long.MAX_VALUE - 1)).isEqualTo(-1L);
    assertThat(derivative(0.5, 2L)).isEqualTo(1.5);
  }

  @Test
  void delta_leavesTheRangeOfLong() {
    assertThat(PointJson.delta(-Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(TWICE_MAX);
    assertThat(PointJson.delta(5L, 3L)).isEqualTo(3L);
    assertThat(PointJson.delta(3L, 5L)).isEqualTo(2L);
  }

  private static Number derivative(Number before, Number now) {
    return Statistic.DERIVATIVE.of(Point.single(1, now, false), Point.single(0, before, false));
  }
}
