package io.zibrato.store.metrics;

import io.zibrato.store.http.Numbers;

/** A running sum: exact for whole numbers up to the range of a long, compensated for the rest. */
final class Sum {
  private long whole;
  private double rest;
  private double compensation;
  private boolean exact = true;

  void add(Number number) {
    if (!Numbers.whole(number)) {
      addRest(number.doubleValue());
      return;
    }
    final long value = number.longValue();
    final long sum = whole + value;
    if (((whole ^ sum) & (value ^ sum)) < 0) {
      addRest(whole);
      whole = value;
    } else {
      whole = sum;
    }
  }

  /** Neumaier's variant of Kahan's sum. */
  private void addRest(double value) {
    exact = false;
    final double sum = rest + value;
    compensation += Math.abs(rest) >= Math.abs(value) ? (rest - sum) + value : (value - sum) + rest;
    rest = sum;
  }

  Number total() {
    if (exact) {
      return whole;
    }
    final double fraction = rest + compensation;
    return Numbers.wholeOr(whole + fraction);
  }
}
