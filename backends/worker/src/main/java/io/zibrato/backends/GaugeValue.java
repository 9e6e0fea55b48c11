package io.zibrato.backends;

/**
 * One value of a gauge, and when it was. An interval keeps each of them.
 *
 * @param value finite
 */
public record GaugeValue(SeriesKey key, long epochMillis, double value) implements Measurement {
  public GaugeValue {
    if (!Double.isFinite(value)) throw new IllegalArgumentException("value not finite: " + value);
  }

  @Override
  public long approximateBytes() {
    return 48 + key.approximateBytes();
  }
}
