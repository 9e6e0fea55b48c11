package io.zibrato;

import io.zibrato.meter.Counter;

/**
 * Counts the block of a try-with-resources, however it ends. Made by {@link Zibrato#countMe}; for
 * one thread.
 */
public final class CountedBlock implements AutoCloseable {
  private final Counter counter;
  private final long n;
  private boolean closed;

  CountedBlock(Counter counter, long n) {
    this.counter = counter;
    this.n = n;
  }

  /** Adds to the counter, the first time. */
  @Override
  public void close() {
    if (closed) return;
    closed = true;
    counter.increment(n);
  }
}
