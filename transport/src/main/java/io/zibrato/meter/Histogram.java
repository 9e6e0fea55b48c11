package io.zibrato.meter;

import java.util.Arrays;

/**
 * How many values each of {@link Buckets}' buckets holds: immutable, sparse, in the order of the
 * buckets.
 *
 * <p>Buckets that hold nothing are left out.
 */
public final class Histogram {
  public static final Histogram EMPTY = new Histogram(new int[0], new long[0]);

  private final int[] indexes;
  private final long[] counts;

  private Histogram(int[] indexes, long[] counts) {
    this.indexes = indexes;
    this.counts = counts;
  }

  /**
   * Takes the first {@code size} of both arrays, copied.
   *
   * @throws IllegalArgumentException unless the indexes rise, are in range, and every count is
   *     above 0
   */
  public static Histogram of(int[] indexes, long[] counts, int size) {
    for (int i = 0; i < size; i++) {
      if (indexes[i] < Buckets.LEAST || indexes[i] > Buckets.MOST) {
        throw new IllegalArgumentException("no such bucket: " + indexes[i]);
      }
      if (i > 0 && indexes[i] <= indexes[i - 1]) {
        throw new IllegalArgumentException("buckets do not rise: " + indexes[i]);
      }
      if (counts[i] <= 0) throw new IllegalArgumentException("bucket count < 1: " + counts[i]);
    }
    return size == 0
        ? EMPTY
        : new Histogram(Arrays.copyOf(indexes, size), Arrays.copyOf(counts, size));
  }

  /** A histogram of one value. */
  public static Histogram ofOne(long nanos) {
    return ofBucket(Buckets.index(nanos), 1);
  }

  /** A histogram of {@code count} values, above 0, in one bucket. */
  public static Histogram ofBucket(int index, long count) {
    return of(new int[] {index}, new long[] {count}, 1);
  }

  /** The number of buckets that hold something. */
  public int size() {
    return indexes.length;
  }

  /** The bucket at position {@code i}, from 0 to {@link #size} - 1. */
  public int index(int i) {
    return indexes[i];
  }

  /** The number of values in the bucket at position {@code i}. */
  public long count(int i) {
    return counts[i];
  }

  /** The number of values in all buckets, or 2^63 - 1 if there are more. */
  public long total() {
    long total = 0;
    for (long count : counts) total = sum(total, count);
    return total;
  }

  private static long sum(long a, long b) {
    return a + b < 0 ? Long.MAX_VALUE : a + b;
  }

  /** The values of both. A bucket's count stops at 2^63 - 1. */
  public Histogram plus(Histogram other) {
    return merged(other, false);
  }

  /**
   * What came on top of {@code older}. A bucket that shrank, as after a frame of another life of
   * the process, counts as unchanged.
   */
  public Histogram minus(Histogram older) {
    return merged(older, true);
  }

  private Histogram merged(Histogram other, boolean minus) {
    if (Arrays.equals(indexes, other.indexes)) {
      Histogram same = inTheSameBuckets(other, minus);
      if (same != null) return same;
    }
    int[] index = new int[size() + other.size()];
    long[] count = new long[index.length];
    int size = 0;
    for (int a = 0, b = 0; a < size() || b < other.size(); ) {
      int ia = a < size() ? indexes[a] : Integer.MAX_VALUE;
      int ib = b < other.size() ? other.indexes[b] : Integer.MAX_VALUE;
      index[size] = Math.min(ia, ib);
      long mine = ia <= ib ? counts[a] : 0;
      long theirs = ib <= ia ? other.counts[b] : 0;
      count[size] = minus ? mine - theirs : sum(mine, theirs);
      if (ia <= ib) a++;
      if (ib <= ia) b++;
      if (count[size] > 0) size++;
    }
    return of(index, count, size);
  }

  /** Null if one of the buckets would be left out. */
  private Histogram inTheSameBuckets(Histogram other, boolean minus) {
    long[] count = new long[counts.length];
    for (int i = 0; i < count.length; i++) {
      count[i] = minus ? counts[i] - other.counts[i] : sum(counts[i], other.counts[i]);
      if (count[i] <= 0) return null;
    }
    return new Histogram(other.indexes, count);
  }

  /**
   * The value below which {@code q} of all values lie, in nanoseconds: found by rank, laid out
   * evenly on a log scale within its bucket. Off by at most one bucket's width, 4.4 %.
   *
   * @param q from 0 to 1
   * @return NaN when the histogram is empty
   */
  public double quantileNanos(double q) {
    if (!(q >= 0 && q <= 1)) throw new IllegalArgumentException("q not in 0 to 1: " + q);
    long total = total();
    if (total == 0) return Double.NaN;
    double rank = q * total;
    double below = 0;
    for (int i = 0; i < indexes.length; i++) {
      if (below + counts[i] >= rank) {
        double within = (rank - below) / counts[i];
        return Math.pow(2, (indexes[i] + within) / Buckets.PER_DOUBLING);
      }
      below += counts[i];
    }
    return Buckets.upperNanos(indexes[indexes.length - 1]);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Histogram that
        && Arrays.equals(indexes, that.indexes)
        && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(indexes) + Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < indexes.length; i++) {
      if (i > 0) text.append(", ");
      text.append(indexes[i]).append(": ").append(counts[i]);
    }
    return text.append('}').toString();
  }
}
