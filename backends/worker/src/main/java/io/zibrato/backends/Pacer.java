package io.zibrato.backends;

import java.util.concurrent.locks.LockSupport;

/**
 * Spreads what is sent: so many packets a second, and a few at once after a rest. One thread.
 *
 * <p>A receiver of datagrams drops what its buffer has no room for, and some hundred short ones
 * fill it.
 */
public final class Pacer {
  private static final int BURST = 16;

  private final long gapNanos;
  private long nextNanos = System.nanoTime();

  /**
   * @param packetsPerSecond from 1 to 1,000,000
   */
  public Pacer(int packetsPerSecond) {
    if (packetsPerSecond < 1 || packetsPerSecond > 1_000_000) {
      throw new IllegalArgumentException("packetsPerSecond: " + packetsPerSecond);
    }
    this.gapNanos = 1_000_000_000L / packetsPerSecond;
  }

  /** Waits until the next packet may go; an interrupt ends the wait, and stays set. */
  public void await() {
    long earliest = System.nanoTime() - BURST * gapNanos;
    if (nextNanos - earliest < 0) nextNanos = earliest;
    nextNanos += gapNanos;
    for (long left; (left = nextNanos - System.nanoTime()) > 0; ) {
      if (Thread.currentThread().isInterrupted()) return;
      LockSupport.parkNanos(left);
    }
  }
}
