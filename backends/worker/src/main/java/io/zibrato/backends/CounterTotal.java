package io.zibrato.backends;

/**
 * What a counter counted.
 *
 * @param sum 0 or more; stays at 2^63 - 1 rather than pass it
 */
public record CounterTotal(SeriesKey key, long sum) implements Measurement {
  public CounterTotal {
    if (sum < 0) throw new IllegalArgumentException("sum < 0: " + sum);
  }

  CounterTotal plus(CounterTotal other) {
    return new CounterTotal(key, Saturating.sum(sum, other.sum));
  }

  @Override
  public long approximateBytes() {
    return 48 + key.approximateBytes();
  }
}
