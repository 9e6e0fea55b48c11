package io.zibrato.backends.influx;

import io.zibrato.backends.GaugeValue;
import io.zibrato.backends.Memory;
import io.zibrato.backends.RefusedException;
import io.zibrato.backends.Snapshot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The times of points, in nanoseconds. InfluxDB knows a point by its series and time, and replaces
 * what it has of the same; so what is sent again needs the time that it had before, and what is
 * new, another.
 *
 * <p>An interval's points have the millisecond in which it ended; the nanoseconds below it come
 * from the interval's number, by a rule of this worker's own that its state keeps: of a million
 * intervals in a row no two have the same, whatever the clock does, and two workers share them once
 * in a million. A gauge value has the millisecond in which it was measured, and below it
 * nanoseconds that come from the value: two of one millisecond are two points.
 *
 * <p>Any thread.
 */
final class PointTimes implements Memory {
  private static final byte[] KEY = "point-times".getBytes(StandardCharsets.US_ASCII);
  private static final int NANOS = 1_000_000; // of a millisecond

  /** Longs of nanoseconds end in the year 2262. */
  private static final long MOST_MILLIS = Long.MAX_VALUE / NANOS - 1;

  private Long rule; // null until the first interval is closed
  private boolean changed;
  private boolean handedOver;

  @Override
  public synchronized void recall(byte[] key, byte[] value) {
    if (!Arrays.equals(key, KEY) || value.length != Long.BYTES) return;
    rule = ByteBuffer.wrap(value).getLong();
  }

  @Override
  public synchronized void closed(Snapshot interval) {
    rule();
  }

  private long rule() {
    if (rule == null) {
      rule = new SecureRandom().nextLong();
      changed = true;
    }
    return rule;
  }

  /** The time of what an interval's counters and timers came to. */
  synchronized long of(Snapshot interval) throws RefusedException {
    long offset = Math.floorMod(rule(), NANOS);
    // Without a common divisor with the million, so that all of it is gone through.
    long stride = 1 + 10L * Math.floorMod(rule() >> 32, NANOS / 10);
    long below = (offset + stride * Math.floorMod(interval.id(), NANOS)) % NANOS;
    return begin(interval.endMillis()) + below;
  }

  /** The time of a gauge's value. */
  static long of(GaugeValue gauge) throws RefusedException {
    // A step of splitmix64: so that values that differ in a bit differ in all of it.
    long mixed = (Double.doubleToLongBits(gauge.value()) + 1) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return begin(gauge.epochMillis()) + Math.floorMod(mixed ^ mixed >>> 31, NANOS);
  }

  private static long begin(long millis) throws RefusedException {
    if (millis > MOST_MILLIS || millis < -MOST_MILLIS) {
      throw new RefusedException("InfluxDB has no such time: " + millis + " ms since 1970");
    }
    return millis * NANOS;
  }

  @Override
  public synchronized void save(Sink sink) throws IOException {
    handedOver = changed;
    if (changed) sink.put(KEY, ByteBuffer.allocate(Long.BYTES).putLong(rule).array());
  }

  @Override
  public synchronized void saved() {
    if (handedOver) changed = false;
    handedOver = false;
  }
}
