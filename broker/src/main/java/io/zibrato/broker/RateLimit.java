package io.zibrato.broker;

import java.util.function.LongSupplier;

/** A bucket of permits that fills at a steady rate. One thread. */
final class RateLimit {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final long burstNanos;
  private final long permitNanos;
  private final LongSupplier nanoTime;
  private long emptyAtNanos; // the bucket holds what has flowed in since then

  /**
   * @param burst permits in a full bucket, which is what it starts with
   * @param perSecond permits that flow in
   */
  RateLimit(int burst, int perSecond, LongSupplier nanoTime) {
    this.permitNanos = NANOS_PER_SECOND / perSecond;
    this.burstNanos = burst * permitNanos;
    this.nanoTime = nanoTime;
    this.emptyAtNanos = nanoTime.getAsLong() - burstNanos;
  }

  /** Takes a permit, if there is one. */
  boolean tryAcquire() {
    long now = nanoTime.getAsLong();
    if (now - emptyAtNanos > burstNanos) emptyAtNanos = now - burstNanos;
    if (now - emptyAtNanos < permitNanos) return false;
    emptyAtNanos += permitNanos;
    return true;
  }
}
