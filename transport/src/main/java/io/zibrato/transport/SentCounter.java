package io.zibrato.transport;

import io.zibrato.meter.Counter;
import io.zibrato.wire.Frame;

/** What of a counter was sent. */
final class SentCounter implements Sent {
  private final Counter counter;
  private long sum;
  private long sent;

  SentCounter(Counter counter) {
    this.counter = counter;
  }

  @Override
  public boolean look() {
    sum = counter.sum();
    return sum != sent;
  }

  @Override
  public void into(FrameSplitter round) {
    round.counter(new Frame.CounterValue(counter.id(), sum), this);
  }

  @Override
  public void sent() {
    sent = sum;
  }
}
