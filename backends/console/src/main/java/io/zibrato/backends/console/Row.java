package io.zibrato.backends.console;

import io.zibrato.meter.Histogram;

/**
 * How one series stands.
 *
 * @param label its name and tags
 * @param count since the console began; of a gauge, how many values
 * @param rate of these, a second, within the window
 * @param value a gauge's last one, a timer's mean in seconds within the window; NaN if there is
 *     none
 * @param mostNanos within the window
 * @param histogram of a timer, within the window; empty for others
 */
record Row(
    Kind kind,
    String label,
    String source,
    long count,
    double rate,
    double value,
    long mostNanos,
    Histogram histogram) {
  enum Kind {
    COUNTER,
    TIMER,
    GAUGE
  }

  /** In seconds; NaN if there is none. */
  double quantile(double q) {
    return histogram.quantileNanos(q) / 1e9;
  }

  /** In seconds; below all others if there is none. */
  double p99() {
    return histogram.size() == 0 ? -1 : quantile(0.99);
  }
}
