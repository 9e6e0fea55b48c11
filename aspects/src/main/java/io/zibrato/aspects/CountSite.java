package io.zibrato.aspects;

import io.zibrato.meter.Counter;

/** A counter that a join point moves. */
final class CountSite extends Link<CountSite> {
  private final long value;
  private Counter counter;

  CountSite(SiteSeries series, long value) {
    super(series);
    this.value = value;
  }

  @Override
  void findMeter() {
    counter = series.counter();
  }

  void count() {
    counter.incrementWanted(value);
    CountSite next = this.next;
    if (next != null) next.count();
  }
}
