package io.zibrato.bench.footprint;

import java.util.SplittableRandom;

/** Nanoseconds to record, drawn beforehand, so that drawing costs nobody anything. */
final class Durations {
  private static final int COUNT = 1 << 14; // a power of two, for an index that is masked

  private Durations() {}

  /** As {@link Fact}s say: evenly on a log scale from 1 us to 100 ms, which is 266 buckets. */
  static long[] spread(SplittableRandom random) {
    long[] nanos = new long[COUNT];
    for (int i = 0; i < COUNT; i++)
      nanos[i] = (long) (1_000 * Math.pow(10, 5 * random.nextDouble()));
    return nanos;
  }
}
