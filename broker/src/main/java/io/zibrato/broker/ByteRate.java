package io.zibrato.broker;

import java.util.function.LongSupplier;

/** A bucket of bytes that fills at a steady rate, up to what flows in within some seconds. */
final class ByteRate {
  static final int BURST_SECONDS = 4;

  /** Counted for each message on top of its bytes: short ones are no cheaper to forward. */
  static final int MESSAGE_BYTES = 128;

  private static final double NANOS_PER_SECOND = 1e9;

  private final double bytesPerNano;
  private final double full;
  private final LongSupplier nanoTime;
  private double left;
  private long thenNanos;

  ByteRate(long bytesPerSecond, LongSupplier nanoTime) {
    this.bytesPerNano = bytesPerSecond / NANOS_PER_SECOND;
    this.full = (double) bytesPerSecond * BURST_SECONDS;
    this.nanoTime = nanoTime;
    this.left = full;
    this.thenNanos = nanoTime.getAsLong();
  }

  /** Takes a message's bytes out, if they are there. */
  boolean tryTake(int bytes) {
    long now = nanoTime.getAsLong();
    left = Math.min(full, left + (now - thenNanos) * bytesPerNano);
    thenNanos = now;
    int cost = bytes + MESSAGE_BYTES;
    if (left < cost) return false;
    left -= cost;
    return true;
  }
}
