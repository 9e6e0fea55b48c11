package io.zibrato.bench.pipe;

import java.util.Arrays;

/** The middle one of some figures. */
public final class Median {
  private Median() {}

  /** Of an even number of figures, the mean of the middle two; of none, not a number. */
  public static double of(double... figures) {
    double[] sorted = figures.clone();
    Arrays.sort(sorted);
    int length = sorted.length;
    if (length == 0) return Double.NaN;
    return (sorted[(length - 1) / 2] + sorted[length / 2]) / 2;
  }
}
