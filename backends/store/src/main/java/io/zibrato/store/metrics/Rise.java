package io.zibrato.store.metrics;

import io.zibrato.store.points.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A point of a source, and of a counter how much it went up to there.
 *
 * @param delta null for a gauge, and where no point was before
 * @param seconds since the point before
 */
record Rise(Point point, Number delta, long seconds) {

  /** A gauge's. */
  static List<Rise> none(List<Point> points) {
    return points.stream().map(point -> new Rise(point, null, 0)).toList();
  }

  /**
   * A counter's. Each series of the source stands where it last stood until it tells otherwise;
   * where they stand is added up, and how much each went up.
   *
   * @param series the points of each, ascending
   * @param before the last one of each before the first of all those; null for those without
   */
  static List<Rise> of(List<List<Point>> series, List<Point> before) {
    final Point[] last = before.toArray(Point[]::new);
    final int[] at = new int[last.length];
    long lastTime = latest(before);
    final List<Rise> rises = new ArrayList<>();
    for (long time = next(series, at); time != Long.MAX_VALUE; time = next(series, at)) {
      final List<Number> deltas = new ArrayList<>();
      Point all = null;
      for (int i = 0; i < last.length; i++) {
        if (at[i] < series.get(i).size() && series.get(i).get(at[i]).time() == time) {
          final Point point = series.get(i).get(at[i]++);
          if (last[i] != null) {
            deltas.add(PointJson.delta(last[i].value(), point.value()));
          }
          last[i] = point;
          all = together(all, point);
        }
      }
      final Point shown = last.length == 1 ? all : all.standingAt(sum(standing(last)));
      rises.add(new Rise(shown, deltas.isEmpty() ? null : sum(deltas), time - lastTime));
      lastTime = time;
    }
    return rises;
  }

  /** The next time at which one of them has a point. */
  private static long next(List<List<Point>> series, int[] at) {
    long next = Long.MAX_VALUE;
    for (int i = 0; i < at.length; i++) {
      if (at[i] < series.get(i).size()) {
        next = Math.min(next, series.get(i).get(at[i]).time());
      }
    }
    return next;
  }

  private static long latest(List<Point> points) {
    return points.stream().filter(Objects::nonNull).mapToLong(Point::time).max().orElse(0);
  }

  private static Point together(Point all, Point point) {
    if (all == null) {
      return point;
    }
    final Point sum = all.copy();
    sum.add(point);
    return sum;
  }

  private static List<Number> standing(Point[] last) {
    return Arrays.stream(last).filter(Objects::nonNull).map(Point::value).toList();
  }

  private static Number sum(List<Number> numbers) {
    return Summary.over(numbers, Summary.SUM);
  }
}
