package io.zibrato.store.composite;

import java.util.Arrays;
import java.util.List;

/**
 * Makes one series of several, time by time.
 *
 * <p>{@code sum}, {@code mean}, {@code min} and {@code max} take what there is at a time. {@code
 * multiply}, {@code divide} and {@code subtract} have a point only where every series has one; the
 * last two are of exactly two series, and of any other number give none.
 */
enum Combination implements Transform {
  SUM,
  MEAN,
  MIN,
  MAX,
  MULTIPLY,
  DIVIDE,
  SUBTRACT;

  @Override
  public List<Series> apply(List<Series> set, Window window, Budget budget) {
    if (set.isEmpty() || (set.size() != 2 && (this == DIVIDE || this == SUBTRACT))) {
      return List.of();
    }
    final long[] times = times(set);
    final double[] values = new double[times.length];
    final int[] counts = new int[times.length];
    for (final Series series : set) {
      int at = 0;
      for (int i = 0; i < series.size(); i++) {
        while (times[at] < series.times()[i]) {
          at++;
        }
        final double value = series.values()[i];
        values[at] = counts[at] == 0 ? value : combined(values[at], value);
        counts[at]++;
      }
    }
    final Series.Points points = new Series.Points(times.length);
    for (int i = 0; i < times.length; i++) {
      if (counts[i] == set.size() || !needsAll()) {
        points.add(times[i], this == MEAN ? values[i] / counts[i] : values[i]);
      }
    }
    return List.of(
        points.series(Label.common(set.stream().map(Series::label).toList()), period(set)));
  }

  private boolean needsAll() {
    return this == MULTIPLY || this == DIVIDE || this == SUBTRACT;
  }

  private double combined(double a, double b) {
    return switch (this) {
      case SUM, MEAN -> a + b;
      case MIN -> Math.min(a, b);
      case MAX -> Math.max(a, b);
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case SUBTRACT -> a - b;
    };
  }

  /** All times of the set, each once, ascending. */
  private static long[] times(List<Series> set) {
    return set.stream().flatMapToLong(s -> Arrays.stream(s.times())).sorted().distinct().toArray();
  }

  /** How far apart the times of all are at least, or those that all share. */
  private long period(List<Series> set) {
    long period = set.get(0).periodSeconds();
    for (final Series series : set) {
      final long divisor = gcd(period, series.periodSeconds());
      if (!needsAll()) {
        period = divisor;
      } else if (series.periodSeconds() / divisor <= Long.MAX_VALUE / period) {
        period *= series.periodSeconds() / divisor;
      }
    }
    return period;
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
