package io.zibrato.store.composite;

/** Functions of each series by itself. */
final class PointByPoint {
  private PointByPoint() {}

  static Series scaled(Series series, double factor) {
    final Series.Points points = new Series.Points(series.size());
    for (int i = 0; i < series.size(); i++) {
      points.add(series.times()[i], series.values()[i] * factor);
    }
    return computed(series, points);
  }

  /** What came in a period becomes what came in so many seconds. */
  static Series rate(Series series, double durationSeconds) {
    final Series.Points points = new Series.Points(series.size());
    for (int i = 0; i < series.size(); i++) {
      points.add(series.times()[i], series.values()[i] / series.periodSeconds() * durationSeconds);
    }
    return computed(series, points);
  }

  static Series absolute(Series series) {
    final Series.Points points = new Series.Points(series.size());
    for (int i = 0; i < series.size(); i++) {
      points.add(series.times()[i], Math.abs(series.values()[i]));
    }
    return computed(series, points);
  }

  /** Each value with all before it. */
  static Series integrated(Series series) {
    final Series.Points points = new Series.Points(series.size());
    double sum = 0;
    for (int i = 0; i < series.size(); i++) {
      sum += series.values()[i];
      points.add(series.times()[i], sum);
    }
    return computed(series, points);
  }

  /**
   * Each value less the one before it; the first has none.
   *
   * @param detectReset whether a fall is a new start, and has no point; null if that depends on
   *     whether the series is of a counter
   */
  static Series derived(Series series, Boolean detectReset) {
    final boolean rising = detectReset == null ? series.label().counter() : detectReset;
    final Series.Points points = new Series.Points(series.size());
    for (int i = 1; i < series.size(); i++) {
      final double difference = series.values()[i] - series.values()[i - 1];
      if (difference >= 0 || !rising) {
        points.add(series.times()[i], difference);
      }
    }
    return computed(series, points);
  }

  /** The same at other times, which stay whole multiples of the period. */
  static Series moved(Series series, long seconds) {
    final long[] times = series.times().clone();
    for (int i = 0; i < times.length; i++) {
      times[i] += seconds;
      times[i] -= Math.floorMod(times[i], series.periodSeconds());
    }
    return series.with(times, series.values());
  }

  private static Series computed(Series series, Series.Points points) {
    return points.series(series.label().computed(), series.periodSeconds());
  }
}
