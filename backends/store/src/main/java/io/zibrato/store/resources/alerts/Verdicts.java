package io.zibrato.store.resources.alerts;

import java.util.Arrays;

/** Which measurements of a stream violate a condition: by their times, ascending. */
final class Verdicts {
  static final Verdicts NONE = new Verdicts(0);

  private final long[] times;
  private final double[] values;
  private final boolean[] violate;
  private int size;

  /** Has room for so many. */
  Verdicts(int room) {
    times = new long[room];
    values = new double[room];
    violate = new boolean[room];
  }

  void add(long time, double value, boolean violates) {
    times[size] = time;
    values[size] = value;
    violate[size++] = violates;
  }

  int size() {
    return size;
  }

  long time(int i) {
    return times[i];
  }

  double value(int i) {
    return values[i];
  }

  boolean violates(int i) {
    return violate[i];
  }

  boolean has(long time) {
    return Arrays.binarySearch(times, 0, size, time) >= 0;
  }

  /** Whether the measurement of that time is in it, and came to the same. */
  boolean has(long time, boolean violates) {
    final int at = Arrays.binarySearch(times, 0, size, time);
    return at >= 0 && violate[at] == violates;
  }
}
