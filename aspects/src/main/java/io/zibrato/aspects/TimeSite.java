package io.zibrato.aspects;

import io.zibrato.meter.Level;
import io.zibrato.meter.Timer;
import java.util.concurrent.CompletionStage;

/**
 * A timer that a join point moves, and the next one. Public for advice that runs inside the user's
 * classes.
 */
public final class TimeSite {
  /**
   * What {@link #start} returns for a call that sampling leaves untimed; {@code System.nanoTime}
   * does too, once in 584 years.
   */
  private static final long UNTIMED = Long.MIN_VALUE;

  private static final int TURNS = 4;
  private static final int STRIDE_INTS = 16;

  private final SiteSeries series;
  private final Level level;
  private final TimeSite next;
  private final int sample;

  /**
   * How many calls are left untimed before the next that is not: a number a cache line, picked by
   * the thread's id; null when all are timed. Racy, and rightly so: one lost to another thread only
   * changes which call is timed.
   */
  private final int[] untimedLeft;

  private boolean constructs;
  // Racy: two threads may both look the timer up. They find the same one.
  private Timer timer;

  TimeSite(SiteSeries series, int sample, TimeSite next) {
    this.series = series;
    this.level = series.level();
    this.next = next;
    int own = Math.max(1, sample);
    // One call is timed for the whole chain or not at all, as often as its most curious timer asks.
    this.sample = next == null ? own : Math.min(own, next.sample);
    this.untimedLeft = this.sample == 1 ? null : new int[(TURNS + 1) * STRIDE_INTS];
  }

  boolean wanted() {
    return level.wanted() || (next != null && next.wanted());
  }

  /** Whether {@link #construct} was called, by this thread or, before long, another. */
  boolean constructs() {
    return constructs;
  }

  /** A constructor's body is timed from now on. */
  void construct() {
    if (!constructs) constructs = true;
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
    Timer timer = timer();
    if (timer != null) timer.record(nanos);
    if (next != null) next.record(nanos);
  }

  private void recordUntimed() {
    Timer timer = timer();
    if (timer != null) timer.recordUntimed();
    if (next != null) next.recordUntimed();
  }

  private Timer timer() {
    Timer timer = this.timer;
    return timer != null ? timer : find();
  }

  /** Null while the level is unwanted, so that no room is taken. */
  private Timer find() {
    if (!level.wanted()) return null;
    try {
      return timer = series.timer();
    } catch (Throwable e) {
      series.failed(e);
      return null;
    }
  }
}
