package io.zibrato.backends.prometheus;

import io.zibrato.meter.Buckets;
import io.zibrato.meter.Histogram;

/**
 * The buckets of classic histograms: from 2^10 to 2^36 nanoseconds, a microsecond to a minute, some
 * for each doubling. Each bound is one of ours, so that counts are exact.
 */
final class ClassicBuckets {
  private static final int FIRST = 10 * Buckets.PER_DOUBLING;
  private static final int LAST = 36 * Buckets.PER_DOUBLING;
  private static final double NANOS = 1e9;

  private final int step;
  private final double[] upperSeconds;

  ClassicBuckets(int perDoubling) {
    step = Buckets.PER_DOUBLING / perDoubling;
    upperSeconds = new double[(LAST - FIRST) / step + 2];
    for (int i = 0; i < upperSeconds.length - 1; i++) {
      upperSeconds[i] = Buckets.upperNanos(FIRST + i * step - 1) / NANOS;
    }
    upperSeconds[upperSeconds.length - 1] = Double.POSITIVE_INFINITY;
  }

  /** The bounds, infinity last. */
  double[] upperSeconds() {
    return upperSeconds.clone();
  }

  /** How many values are in each bucket, and in none below. */
  long[] counts(Histogram histogram) {
    long[] counts = new long[upperSeconds.length];
    for (int i = 0; i < histogram.size(); i++) {
      int upper = histogram.index(i) + 1;
      int bucket = upper <= FIRST ? 0 : (upper - FIRST + step - 1) / step;
      int at = Math.min(bucket, counts.length - 1);
      long sum = counts[at] + histogram.count(i);
      counts[at] = sum < 0 ? Long.MAX_VALUE : sum;
    }
    return counts;
  }
}
