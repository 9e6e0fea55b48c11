package io.zibrato.aspects;

import io.zibrato.meter.Counter;

/** A counter that a join point moves. */
final class CountSite extends Link<CountSite> {
  private final long value;
  // Racy: two threads may both look the counter up. They find the same one.
  private Counter counter;

  CountSite(SiteSeries series, long value) {
    super(series);
    this.value = value;
  }

  void count() {
    Counter counter = this.counter;
    if (counter != null) counter.incrementWanted(value);
    else countFirst();
    CountSite next = this.next;
    if (next != null) next.count();
  }

  private void countFirst() {
    try {
      counter = series.counter();
      counter.incrementWanted(value);
    } catch (Throwable e) {
      series.failed(e);
    }
  }
}
