package io.zibrato.aspects;

import io.zibrato.meter.Timer;
import java.util.concurrent.CompletionStage;

/** A timer that a join point moves. Public for advice that runs inside the user's classes. */
public final class TimeSite extends Link<TimeSite> {
  /**
   * What {@link #start} returns for a call that sampling leaves untimed; {@code System.nanoTime}
   * does too, once in 584 years.
   */
  private static final long UNTIMED = Long.MIN_VALUE;

  private static final int TURNS = 4;
  private static final int STRIDE_INTS = 16;

  private final int sample;

  /**
   * How many calls are left untimed before the next that is not: a number a cache line, picked by
   * the thread's id; null when all are timed. Racy, and rightly so: one lost to another thread only
   * changes which call is timed.
   */
  private final int[] untimedLeft;

  private Timer timer;

  /**
   * @param sample one call in so many is timed, unless another link is before this one: then that
   *     one's number holds
   */
  TimeSite(SiteSeries series, int sample) {
    super(series);
    this.sample = sample;
    this.untimedLeft = sample == 1 ? null : new int[(TURNS + 1) * STRIDE_INTS];
  }

  @Override
  void findMeter() {
    timer = series.timer();
  }

  int sample() {
    return sample;
  }

  /** The clock as a timed call begins. */
  public long start() {
    return untimedLeft == null || turn() ? System.nanoTime() : UNTIMED;
  }

  /** Whether it is this call's turn to be timed. */
  private boolean turn() {
    int mine = (1 + ((int) Thread.currentThread().getId() & (TURNS - 1))) * STRIDE_INTS;
    int left = untimedLeft[mine];
    untimedLeft[mine] = left > 0 ? left - 1 : sample - 1;
    return left <= 0;
  }

  /** A call that began at {@code startNanos} is over. */
  public void stop(long startNanos) {
    if (startNanos == UNTIMED) recordUntimed();
    else record(System.nanoTime() - startNanos);
  }

  /**
   * A call that began at {@code startNanos} returned a stage, and is over once that completes; or
   * it threw, and the stage is null.
   */
  public void stopWhenDone(long startNanos, Object stage) {
    if (stage instanceof CompletionStage<?> pending) {
      try {
        pending.whenComplete((result, e) -> stop(startNanos));
        return;
      } catch (
          Throwable
              e) { // A stage of the user's own making may refuse: then it is timed as any call.
        series.failed(e);
      }
    }
    stop(startNanos);
  }

  private void record(long nanos) {
    timer.recordWanted(nanos);
    TimeSite next = this.next;
    if (next != null) next.record(nanos);
  }

  private void recordUntimed() {
    timer.recordUntimed();
    TimeSite next = this.next;
    if (next != null) next.recordUntimed();
  }
}
