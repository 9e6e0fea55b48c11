package io.zibrato.backends;

/**
 * One value of a gauge, and when it was. An interval keeps each of them.
 *
 * @param value finite
 */
public record GaugeValue(SeriesKey key, long epochMillis, double value) implements Measurement {
  @Override
  public long approximateBytes() {
    return 48 + key.approximateBytes();
  }
}
