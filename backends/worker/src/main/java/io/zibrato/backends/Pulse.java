package io.zibrato.backends;

import java.time.Duration;

/** Whether a thread goes on: it beats each time it goes round. Any other thread asks. */
final class Pulse {
  private final long stallNanos;
  private final long startedNanos = System.nanoTime();
  private volatile long beatNanos = startedNanos;

  /**
   * @param stall how long it may go without a beat
   */
  Pulse(Duration stall) {
    stallNanos = stall.toNanos();
  }

  void beat() {
    beatNanos = System.nanoTime();
  }

  boolean stalled() {
    return System.nanoTime() - beatNanos >= stallNanos;
  }

  /** Since it was made. */
  long uptimeNanos() {
    return System.nanoTime() - startedNanos;
  }
}
