package io.zibrato;

import io.zibrato.meter.Timer;

/**
 * Times the block of a try-with-resources, however it ends. Made by {@link Zibrato#timeMe}; for one
 * thread.
 */
public final class TimedBlock implements AutoCloseable {
  private final Timer timer;
  private final long startNanos;
  private boolean closed;

  TimedBlock(Timer timer) {
    this.timer = timer;
    this.closed = !timer.level().wanted();
    this.startNanos = closed ? 0 : System.nanoTime();
  }

  /** Records the time since the block began, the first time. */
  @Override
  public void close() {
    if (closed) return;
    closed = true;
    timer.record(System.nanoTime() - startNanos);
  }
}
