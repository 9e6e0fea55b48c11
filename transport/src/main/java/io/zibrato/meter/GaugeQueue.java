package io.zibrato.meter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Gauge values on their way to the publisher: bounded, many writers, one reader, no allocation. */
final class GaugeQueue {
  /*
   * A ring of slots, each with a turn: the position at which it may next be written, or that position plus one once it may be read.
   * A writer claims a position by moving tail, writes the slot's three values plainly, and publishes them by setting the turn with
   * release. The reader reads the turn with acquire before the values, and hands the slot back by setting its turn one lap on.
   * A writer that was descheduled between claim and publish holds the reader up at its slot, never the other writers until the ring is full.
   */
  private static final VarHandle TURN = MethodHandles.arrayElementVarHandle(long[].class);
  private static final VarHandle TAIL;

  static {
    try {
      TAIL = MethodHandles.lookup().findVarHandle(GaugeQueue.class, "tail", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  interface Reader {
    void value(Gauge gauge, long epochMillis, double value);
  }

  private final int mask;
  private final long[] turns;
  private final Gauge[] gauges;
  private final long[] epochMillis;
  private final double[] values;
  private long tail;
  private long head; // the reader's only

  /** Holds {@code capacity} values, rounded up to a power of two. */
  GaugeQueue(int capacity) {
    int size = Integer.highestOneBit(Math.max(2, capacity) * 2 - 1);
    mask = size - 1;
    turns = new long[size];
    gauges = new Gauge[size];
    epochMillis = new long[size];
    values = new double[size];
    for (int i = 0; i < size; i++) turns[i] = i;
  }

  /** Whether the next value would find no room, as far as can be known. */
  boolean isFull() {
    long position = (long) TAIL.getVolatile(this);
    return (long) TURN.getAcquire(turns, (int) position & mask) < position;
  }

  /** Returns false, and keeps nothing, when the queue is full. */
  boolean offer(Gauge gauge, long epochMillis, double value) {
    for (; ; ) {
      long position = (long) TAIL.getVolatile(this);
      int slot = (int) position & mask;
      long ahead = (long) TURN.getAcquire(turns, slot) - position;
      if (ahead < 0) return false;
      if (ahead == 0 && TAIL.weakCompareAndSet(this, position, position + 1)) {
        gauges[slot] = gauge;
        this.epochMillis[slot] = epochMillis;
        values[slot] = value;
        TURN.setRelease(turns, slot, position + 1);
        return true;
      }
    }
  }

  /** How many values were ever kept. */
  long kept() {
    return (long) TAIL.getVolatile(this);
  }

  /** How many values were ever handed to the reader; for its thread. */
  long drained() {
    return head;
  }

  /** Hands at most {@code limit} values to {@code reader}, oldest first; one thread only. */
  int drain(int limit, Reader reader) {
    int drained = 0;
    while (drained < limit) {
      int slot = (int) head & mask;
      if ((long) TURN.getAcquire(turns, slot) != head + 1) break;
      reader.value(gauges[slot], epochMillis[slot], values[slot]);
      gauges[slot] = null;
      TURN.setRelease(turns, slot, head + turns.length);
      head++;
      drained++;
    }
    return drained;
  }
}
