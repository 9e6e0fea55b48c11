package io.zibrato.samples.demo;

import java.math.BigDecimal;

/**
 * What the store holds of one metric and source.
 *
 * @param count how many values
 * @param sum of the values; a timer's are seconds
 */
record Held(long count, BigDecimal sum) {
  static final Held NONE = new Held(0, BigDecimal.ZERO);

  Held plus(Held other) {
    return new Held(count + other.count, sum.add(other.sum));
  }

  double mean() {
    return count == 0 ? 0 : sum.doubleValue() / count;
  }
}
