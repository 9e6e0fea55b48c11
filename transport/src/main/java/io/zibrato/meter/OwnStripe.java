package io.zibrato.meter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** One stripe of a timer that belongs to one thread. */
final class OwnStripe extends Own {
  /*
   * Writer: the thread, so no addition has to be atomic. It adds a value to the sum first and counts it last.
   * Reader: one at a time, which Timer sees to. It reads the counts first: so what it counts is in the sum.
   * The cells are the buckets of the doublings that the thread had values in, from the slot in the first element on; and a cache line
   * to spare, so that two threads do not share one. They are copied to grow: a reader of the old ones is only late.
   * When a cell is full the thread gives the stripe up. That, or the thread's end, is what over() says; the reader then moves what the stripe holds.
   * A sum that passed 2^63 - 1 is negative, reads as 2^63 - 1, and stays so.
   */
  private static final int SPARE = 16;
  static final int FULL = -1;

  private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(int[].class);
  private static final VarHandle CELLS;
  private static final VarHandle SUM;
  private static final VarHandle UNTIMED;
  private static final VarHandle GIVEN_UP;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      CELLS = lookup.findVarHandle(OwnStripe.class, "cells", int[].class);
      SUM = lookup.findVarHandle(OwnStripe.class, "sumNanos", long.class);
      UNTIMED = lookup.findVarHandle(OwnStripe.class, "untimed", long.class);
      GIVEN_UP = lookup.findVarHandle(OwnStripe.class, "givenUp", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  int[] cells = {0};
  private int first; // cells[0], the writer's
  private int end; // the slot after the last cell
  private long sumNanos;
  private long untimed;
  private boolean givenUp;

  OwnStripe(Thread owner) {
    super(owner);
  }

  /** Counts a value; false, and it does not, when it has no room for it. For the owner. */
  boolean record(int slot, long nanos) {
    if (slot < first || slot >= end) {
      if (!grow(slot)) return false;
    }
    int[] cells = this.cells;
    int cell = 1 + slot - first;
    int before = cells[cell];
    if (before == FULL) {
      giveUp();
      return false;
    }
    long sum = sumNanos + nanos;
    SUM.setOpaque(this, (sumNanos | sum) < 0 ? Long.MIN_VALUE : sum);
    CELL.setRelease(cells, cell, before + 1);
    return true;
  }

  /** For the owner. */
  void recordUntimed() {
    UNTIMED.setOpaque(this, untimed + 1);
  }

  private void giveUp() {
    GIVEN_UP.setRelease(this, true);
    clear();
  }

  private boolean grow(int slot) {
    int doubling = slot & -Buckets.PER_DOUBLING;
    int newFirst = end == 0 ? doubling : Math.min(first, doubling);
    int newEnd = Math.max(end, doubling + Buckets.PER_DOUBLING);
    int[] grown;
    try {
      grown = new int[1 + newEnd - newFirst + SPARE];
    } catch (OutOfMemoryError e) {
      return false;
    }
    grown[0] = newFirst;
    if (end > 0) System.arraycopy(cells, 1, grown, 1 + first - newFirst, end - first);
    CELLS.setRelease(this, grown);
    first = newFirst;
    end = newEnd;
    return true;
  }

  @Override
  boolean over() {
    return (boolean) GIVEN_UP.getAcquire(this) || super.over();
  }

  long untimed() {
    return (long) UNTIMED.getOpaque(this);
  }

  long timed() {
    long timed = 0;
    int[] cells = (int[]) CELLS.getAcquire(this);
    for (int i = 1; i < cells.length - SPARE; i++) timed += count(cells, i);
    return timed;
  }

  private static long count(int[] cells, int i) {
    return Integer.toUnsignedLong((int) CELL.getAcquire(cells, i));
  }

  /** As {@link SharedStripe#addTo}. */
  long addTo(long[] slots) {
    int[] cells = (int[]) CELLS.getAcquire(this);
    int slot = cells[0];
    for (int i = 1; i < cells.length - SPARE; i++) slots[slot++] += count(cells, i);
    return sumNanos();
  }

  private long sumNanos() {
    long sum = (long) SUM.getOpaque(this);
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  /** Moves everything to {@code shared}, once it is over; false when there is no memory for it. */
  boolean moveTo(SharedStripe shared) {
    int[] cells = (int[]) CELLS.getAcquire(this);
    int beforeFirst = cells[0] - 1;
    for (int i = 1; i < cells.length - SPARE; i++) {
      if (!shared.hasRoom(beforeFirst + i)) return false;
    }
    for (int i = 1; i < cells.length - SPARE; i++) shared.add(beforeFirst + i, count(cells, i));
    shared.add(sumNanos(), untimed());
    return true;
  }
}
