package io.zibrato.meter;

import java.math.BigInteger;

/**
 * The bounds of our histograms: base 2, scale 4, so 16 buckets to each doubling.
 *
 * <p>Bucket {@code i} holds the values in {@code (2^(i/16), 2^((i+1)/16)]}, as the exponential
 * histograms of OTLP and the native histograms of Prometheus have them (OpenTelemetry's metrics
 * data model, "ExponentialHistogram"; Prometheus counts a bucket by its upper bound, so its index
 * is ours plus one). Values are whole nanoseconds from 1 on; 0 is taken as 1, which is in bucket
 * -1.
 */
public final class Buckets {
  public static final int SCALE = 4;
  public static final int PER_DOUBLING = 1 << SCALE;

  /** The bucket that 1 is in. */
  public static final int LEAST = -1;

  /** The bucket that {@code Long.MAX_VALUE} is in. */
  public static final int MOST = 63 * PER_DOUBLING - 1;

  /*
   * A value is shifted until its highest bit is bit 62, which leaves 2^62 * 2^f with 0 <= f < 1. UPPER[k] is the largest such value that is in
   * the k-th bucket above a power of two, where k = -1 stands for the power of two itself, which closes the bucket below; so UPPER is kept shifted by one. The
   * six bits below the highest give a first guess that is right or one too low, since 64 steps are finer than 16.
   * SHORT has the buckets of the first few microseconds worked out, since that is where the time this takes is felt: two loads that wait for each other are left out.
   */
  private static final long[] UPPER = new long[PER_DOUBLING + 1];

  private static final byte[] GUESS = new byte[64];

  private static final int SHORTS = 4096;
  private static final byte[] SHORT = new byte[SHORTS];

  static {
    for (int k = 0; k <= PER_DOUBLING; k++) {
      UPPER[k] = floorOfPower(k);
    }
    int bucket = 0;
    for (int step = 0; step < 64; step++) {
      long lowest = (1L << 62) + ((long) step << 56);
      while (lowest > UPPER[bucket]) bucket++;
      GUESS[step] = (byte) bucket;
    }
    for (int nanos = 0; nanos < SHORT.length; nanos++) {
      SHORT[nanos] = (byte) (computed(nanos) - LEAST);
    }
  }

  private Buckets() {}

  /**
   * 2^(62 + k/16), rounded down; exact, since a 63-bit root is taken by comparing 16th powers of
   * it.
   */
  private static long floorOfPower(int k) {
    BigInteger target = BigInteger.ONE.shiftLeft(62 * PER_DOUBLING + k);
    long low = 1L << 62;
    long high = Long.MAX_VALUE;
    while (low < high) {
      long middle = low + ((high - low + 1) >>> 1);
      boolean atMost = BigInteger.valueOf(middle).pow(PER_DOUBLING).compareTo(target) <= 0;
      if (atMost) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The bucket that {@code nanos} is in; anything below 1 is taken as 1. */
  public static int index(long nanos) {
    return LEAST + slot(nanos);
  }

  /** How many buckets are below the one that {@code nanos} is in. */
  static int slot(long nanos) {
    return (nanos & -SHORTS) == 0
        ? SHORT[(int) nanos & (SHORTS - 1)] & 0xFF
        : computed(nanos) - LEAST;
  }

  private static int computed(long nanos) {
    if (nanos <= 1) return LEAST;
    int shift = Long.numberOfLeadingZeros(nanos) - 1;
    long normal = nanos << shift;
    int sub = GUESS[(int) (normal >>> 56) & 63];
    if (normal > UPPER[sub]) sub++;
    return (62 - shift) * PER_DOUBLING + sub - 1;
  }

  /** The lower bound of a bucket, in nanoseconds; values in it are above this. */
  public static double lowerNanos(int index) {
    return Math.pow(2, index / (double) PER_DOUBLING);
  }

  /** The upper bound of a bucket, in nanoseconds; values in it are at most this. */
  public static double upperNanos(int index) {
    return Math.pow(2, (index + 1) / (double) PER_DOUBLING);
  }
}
