package io.zibrato.broker;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * How long the broker's thread lets messages gather between two rounds of its loop.
 *
 * <p>While messages come, it naps, longer the fewer there are, up to {@link #LONGEST_NANOS}: to be
 * woken for every few of them costs more than to forward them, see RATIONALE.md. After {@link
 * #IDLE_NANOS} without any it waits to be woken. One thread.
 */
final class Pace {
  static final long LONGEST_NANOS = 5_000_000;
  static final long SHORTEST_NANOS = 50_000;
  static final long IDLE_NANOS = 100_000_000;

  /** Rounds are to be of half to all of this, which is a fraction of what the queues hold. */
  static final int FEW = Downstream.BURST / 4;

  private final LongConsumer nap;
  private final Runnable awaitMessage;
  private long napNanos = SHORTEST_NANOS;
  private long idleNanos = IDLE_NANOS;

  /**
   * @param awaitMessage returns once there is a message, or a while has passed
   */
  Pace(Runnable awaitMessage) {
    this(LockSupport::parkNanos, awaitMessage);
  }

  Pace(LongConsumer nap, Runnable awaitMessage) {
    this.nap = nap;
    this.awaitMessage = awaitMessage;
  }

  /**
   * Waits before the next round.
   *
   * @param moved messages in the last one
   */
  void rest(int moved) {
    if (moved == 0 && idleNanos >= IDLE_NANOS) {
      napNanos = SHORTEST_NANOS;
      awaitMessage.run();
      return;
    }
    idleNanos = moved == 0 ? idleNanos + napNanos : 0;
    if (moved < FEW) napNanos = Math.min(LONGEST_NANOS, 2 * napNanos);
    else if (moved > 2 * FEW) napNanos = Math.max(SHORTEST_NANOS, napNanos / 2);
    if (moved < Downstream.BURST) nap.accept(napNanos);
  }
}
