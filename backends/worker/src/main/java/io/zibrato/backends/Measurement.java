package io.zibrato.backends;

/**
 * What came on top of what was known of one series: an addition on its way into an interval, or the
 * interval's total on its way to the service. Immutable.
 */
public sealed interface Measurement permits CounterTotal, TimerTotal, GaugeValue {
  SeriesKey key();

  /** About how many bytes of memory it takes. */
  long approximateBytes();
}
