package io.zibrato.meter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** One stripe of a timer that belongs to one thread. */
final class OwnStripe extends Own {
  /*
   * Writer: the thread, so no addition has to be atomic. It adds a value to the sum first and counts it last.
   * Reader: one at a time, which Timer sees to. It reads the counts first: so what it counts is in the sum.
   * All that is written is in one array, which is copied to grow: a reader of the old one is only late.
   *
   *     0           the slot of the first count
   *     SUM         nanoseconds; passed 2^63 - 1 it is negative, reads as 2^63 - 1, and stays so
   *     UNTIMED     calls
   *     COUNTS on   two counts each, the lower half first: of the buckets of the doublings that the thread had values in
   *
   * Before the sum and after the counts is a cache line to spare: the collector may put beside them what another thread reads all the time.
   * When a count is full the thread gives the stripe up. That, or the thread's end, is what over() says; the reader then moves what the stripe holds.
   */
  static final int COUNTS = 10;

  private static final int SUM = 8;
  private static final int UNTIMED = 9;
  private static final int SPARE = 8;
  private static final long COUNT_MOST = (1L << Integer.SIZE) - 1;

  private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);
  private static final VarHandle CELLS;
  private static final VarHandle GIVEN_UP;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      CELLS = lookup.findVarHandle(OwnStripe.class, "cells", long[].class);
      GIVEN_UP = lookup.findVarHandle(OwnStripe.class, "givenUp", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  long[] cells = new long[COUNTS + SPARE];
  private int first; // cells[0], the writer's
  private int size; // of the counts
  private boolean givenUp;

  OwnStripe(Thread owner) {
    super(owner);
  }

  /** Counts a value; false, and it does not, when it has no room for it. For the owner. */
  boolean record(int slot, long nanos) {
    int number = slot - first;
    if (number < 0 || number >= size) return false;
    long[] cells = this.cells;
    int cell = COUNTS + (number >> 1);
    int shift = (number & 1) * Integer.SIZE;
    long counts = cells[cell];
    if ((int) (counts >>> shift) == (int) COUNT_MOST) return false;
    long sum = cells[SUM] + nanos;
    CELL.setOpaque(cells, SUM, sum < 0 ? Long.MIN_VALUE : sum);
    CELL.setRelease(cells, cell, counts + (1L << shift));
    return true;
  }

  /** For the owner. */
  void recordUntimed() {
    CELL.setOpaque(cells, UNTIMED, cells[UNTIMED] + 1);
  }

  /**
   * Makes a count for this slot if there is none; false when there is no memory. The owner gives
   * the stripe up, and it is false too, when the count is full. For the owner.
   */
  boolean makeRoom(int slot) {
    if (slot < first || slot - first >= size) return grow(slot);
    if (count(cells, slot - first) != COUNT_MOST) return true;
    GIVEN_UP.setRelease(this, true);
    clear();
    return false;
  }

  private boolean grow(int slot) {
    int doubling = slot & -Buckets.PER_DOUBLING;
    int newFirst = size == 0 ? doubling : Math.min(first, doubling);
    int newEnd = Math.max(size == 0 ? 0 : first + size, doubling + Buckets.PER_DOUBLING);
    long[] grown;
    try {
      grown = new long[COUNTS + (newEnd - newFirst) / 2 + SPARE];
    } catch (OutOfMemoryError e) {
      return false;
    }
    System.arraycopy(cells, 0, grown, 0, COUNTS);
    System.arraycopy(
        cells, COUNTS, grown, COUNTS + (size == 0 ? 0 : first - newFirst) / 2, size / 2);
    grown[0] = newFirst;
    CELLS.setRelease(this, grown);
    first = newFirst;
    size = newEnd - newFirst;
    return true;
  }

  @Override
  boolean over() {
    return (boolean) GIVEN_UP.getAcquire(this) || super.over();
  }

  long untimed() {
    return (long) CELL.getOpaque((long[]) CELLS.getAcquire(this), UNTIMED);
  }

  long timed() {
    long[] cells = (long[]) CELLS.getAcquire(this);
    long timed = 0;
    for (int number = 0; number < size(cells); number++) timed += count(cells, number);
    return timed;
  }

  private static int size(long[] cells) {
    return 2 * (cells.length - COUNTS - SPARE);
  }

  private static long count(long[] cells, int number) {
    long counts = (long) CELL.getAcquire(cells, COUNTS + (number >> 1));
    return counts >>> (number & 1) * Integer.SIZE & COUNT_MOST;
  }

  /** As {@link SharedStripe#addTo}. */
  long addTo(long[] slots) {
    long[] cells = (long[]) CELLS.getAcquire(this);
    int slot = (int) cells[0];
    for (int number = 0; number < size(cells); number++) slots[slot++] += count(cells, number);
    return sumNanos(cells);
  }

  private static long sumNanos(long[] cells) {
    long sum = (long) CELL.getOpaque(cells, SUM);
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  /** Moves everything to {@code shared}, once it is over; false when there is no memory for it. */
  boolean moveTo(SharedStripe shared) {
    long[] cells = (long[]) CELLS.getAcquire(this);
    int slot = (int) cells[0];
    for (int number = 0; number < size(cells); number++) {
      if (!shared.hasRoom(slot + number)) return false;
    }
    for (int number = 0; number < size(cells); number++) {
      shared.add(slot + number, count(cells, number));
    }
    shared.add(sumNanos(cells), untimed());
    return true;
  }
}
