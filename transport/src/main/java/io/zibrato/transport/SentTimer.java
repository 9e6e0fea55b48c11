package io.zibrato.transport;

import io.zibrato.meter.Timer;
import io.zibrato.meter.TimerReading;
import io.zibrato.wire.Frame;

/**
 * What of a timer was sent. The least and most of a window that was not sent are part of the next.
 */
final class SentTimer implements Sent {
  private final Timer timer;
  private long count;
  private long sent;
  private long leastNanos = Long.MAX_VALUE;
  private long mostNanos;

  SentTimer(Timer timer) {
    this.timer = timer;
  }

  @Override
  public boolean look() {
    return timer.count() != sent;
  }

  @Override
  public void into(FrameSplitter round) {
    // The buckets first: whatever they hold is then in this window's least and most, or was in an
    // earlier one's.
    TimerReading reading = timer.read();
    long least = timer.takeLeastNanos();
    long most = timer.takeMostNanos();
    if (most > 0) leastNanos = Math.min(leastNanos, least);
    mostNanos = Math.max(mostNanos, most);
    count = reading.count();
    long windowLeast = leastNanos == Long.MAX_VALUE ? 0 : leastNanos;
    round.timer(
        new Frame.TimerValue(
            timer.id(), count, reading.sumNanos(), windowLeast, mostNanos, reading.histogram()),
        this);
  }

  @Override
  public void sent() {
    sent = count;
    leastNanos = Long.MAX_VALUE;
    mostNanos = 0;
  }
}
