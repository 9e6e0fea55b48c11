package io.zibrato.backends;

/** Sums that stay at the highest number rather than turn negative. */
final class Saturating {
  private Saturating() {}

  /** The sum of two numbers of 0 or more. */
  static long sum(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
