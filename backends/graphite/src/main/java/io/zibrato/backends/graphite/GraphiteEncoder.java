package io.zibrato.backends.graphite;

import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.GaugeValue;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.TimerTotal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * A snapshot as points.
 *
 * <p>A counter is what it counted in the interval. A timer has {@code count}, {@code sum}, {@code
 * min}, {@code max} and percentiles such as {@code p99_9}, all but the first in seconds; the time
 * of calls that sampling left untimed is taken to be that of the timed ones, so that sum divided by
 * count is the mean. A gauge value keeps its own second.
 */
final class GraphiteEncoder {
  private static final int NANO_DIGITS = 9;

  private final GraphitePaths paths;
  private final List<String> percentiles;

  GraphiteEncoder(GraphitePaths paths, List<String> percentiles) {
    this.paths = paths;
    this.percentiles = List.copyOf(percentiles);
  }

  /**
   * @param second at which counters and timers are
   */
  List<Point> encode(Snapshot snapshot, long second) {
    List<Point> points = new ArrayList<>();
    for (CounterTotal counter : snapshot.counters()) {
      String path = paths.of(counter.key(), "count");
      points.add(new Point(path, BigDecimal.valueOf(counter.sum()), second));
    }
    for (TimerTotal timer : snapshot.timers()) timer(points, timer, second);
    for (GaugeValue gauge : snapshot.gauges()) {
      String path = paths.of(gauge.key(), "value");
      long own = Math.floorDiv(gauge.epochMillis(), 1000L);
      points.add(new Point(path, BigDecimal.valueOf(gauge.value()), own));
    }
    return points;
  }

  private void timer(List<Point> points, TimerTotal timer, long second) {
    add(points, timer, "count", BigDecimal.valueOf(timer.count()), second);
    if (timer.timed() == 0) return;
    add(points, timer, "sum", sum(timer), second);
    add(points, timer, "min", seconds(timer.leastNanos()), second);
    add(points, timer, "max", seconds(timer.mostNanos()), second);
    for (String percentile : percentiles) {
      double nanos = timer.histogram().quantileNanos(Double.parseDouble(percentile) / 100);
      long within = Math.max(timer.leastNanos(), Math.min(timer.mostNanos(), Math.round(nanos)));
      add(points, timer, 'p' + percentile.replace('.', '_'), seconds(within), second);
    }
  }

  private void add(
      List<Point> points, TimerTotal timer, String what, BigDecimal value, long second) {
    String last = GraphitePaths.TIMER + '.' + what;
    points.add(new Point(paths.of(timer.key(), last), value, second));
  }

  private static BigDecimal sum(TimerTotal timer) {
    if (timer.timed() == timer.count()) return seconds(timer.sumNanos());
    return BigDecimal.valueOf(timer.sumNanos())
        .multiply(BigDecimal.valueOf(timer.count()))
        .divide(BigDecimal.valueOf(timer.timed()), 0, RoundingMode.HALF_EVEN)
        .movePointLeft(NANO_DIGITS);
  }

  private static BigDecimal seconds(long nanos) {
    return BigDecimal.valueOf(nanos, NANO_DIGITS);
  }
}
