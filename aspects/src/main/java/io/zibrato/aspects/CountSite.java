package io.zibrato.aspects;

import io.zibrato.meter.Counter;
import io.zibrato.meter.Level;

/** A counter that a join point moves, and the next one. */
final class CountSite {
  private final SiteSeries series;
  private final Level level;
  private final long value;
  private final CountSite next;
  // Racy: two threads may both look the counter up. They find the same one.
  private Counter counter;

  CountSite(SiteSeries series, long value, CountSite next) {
    this.series = series;
    this.level = series.level();
    this.value = value;
    this.next = next;
  }

  void count() {
    Counter counter = this.counter;
    if (counter != null) {
      counter.increment(value);
    } else if (level.wanted()) {
      countFirst();
    }
    if (next != null) next.count();
  }

  private void countFirst() {
    try {
      counter = series.counter();
      counter.increment(value);
    } catch (Throwable e) {
      series.failed(e);
    }
  }
}
