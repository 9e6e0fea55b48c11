package io.zibrato.bench.footprint;

import java.util.SplittableRandom;

/** Nanoseconds to record, drawn beforehand, so that drawing costs nobody anything. */
final class Durations {
  private static final int COUNT = 1 << 14; // a power of two, for an index that is masked

  private Durations() {}

  /** Evenly spread on a log scale from {@code least} up, over so many decades. */
  static long[] logUniform(SplittableRandom random, long least, int decades) {
    long[] nanos = new long[COUNT];
    for (int i = 0; i < COUNT; i++) {
      nanos[i] = (long) (least * Math.pow(10, decades * random.nextDouble()));
    }
    return nanos;
  }

  /** Log-normal: half of them below the median, and 95 % within a factor of {@code e^(2 sigma)}. */
  static long[] logNormal(SplittableRandom random, long median, double sigma) {
    long[] nanos = new long[COUNT];
    for (int i = 0; i < COUNT; i++) nanos[i] = (long) (median * Math.exp(sigma * normal(random)));
    return nanos;
  }

  /** The sum of twelve even draws, which differs from a normal one in its far tails only. */
  private static double normal(SplittableRandom random) {
    double sum = -6;
    for (int i = 0; i < 12; i++) sum += random.nextDouble();
    return sum;
  }
}
