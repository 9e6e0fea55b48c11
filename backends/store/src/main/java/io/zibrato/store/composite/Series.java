package io.zibrato.store.composite;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * A line of points.
 *
 * @param periodSeconds how far apart points are where none is missing
 * @param times whole multiples of the period, ascending, in epoch seconds
 * @param values one for each time; none is infinite or no number
 */
public record Series(Label label, long periodSeconds, long[] times, double[] values) {

  /** One as it was measured. */
  public static Series measured(
      String metric,
      boolean counter,
      Map<String, String> tags,
      long periodSeconds,
      long[] times,
      double[] values) {
    final Label label = new Label(metric, counter, false, null, new TreeMap<>(tags), Map.of());
    return new Series(label, periodSeconds, times, values);
  }

  int size() {
    return times.length;
  }

  Series with(Label other) {
    return new Series(other, periodSeconds, times, values);
  }

  Series with(long[] otherTimes, double[] otherValues) {
    return new Series(label, periodSeconds, otherTimes, otherValues);
  }

  /** Collects points, and leaves out those that are no number or infinite. */
  static final class Points {
    private final long[] times;
    private final double[] values;
    private int size;

    Points(int capacity) {
      times = new long[capacity];
      values = new double[capacity];
    }

    void add(long time, double value) {
      if (Double.isFinite(value)) {
        times[size] = time;
        values[size++] = value;
      }
    }

    Series series(Label label, long periodSeconds) {
      return new Series(
          label, periodSeconds, Arrays.copyOf(times, size), Arrays.copyOf(values, size));
    }
  }
}
