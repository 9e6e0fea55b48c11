package io.zibrato.meter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/** What one thread alone added to counters: a number for each, by the meter's id. */
final class Page extends Own {
  /*
   * Writer: the thread, so no addition has to be atomic. Reader: any, one number at a time, which only rises.
   * The numbers are copied to grow, and a reader of the old ones is only late. Before the first is a cache line to spare (FIRST), and after the last when they are made: the collector
   * may put beside them what another thread reads all the time.
   * A number that passed 2^63 - 1 is negative, reads as 2^63 - 1, and stays so.
   */
  private static final int FIRST = 8;
  private static final int LEAST = 48;

  private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);
  private static final VarHandle CELLS;

  static {
    try {
      CELLS = MethodHandles.lookup().findVarHandle(Page.class, "cells", long[].class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private long[] cells = new long[FIRST + LEAST + FIRST];

  Page(Thread owner) {
    super(owner);
  }

  /**
   * Adds {@code n}, which is not negative; false, and it does not, when there is no number yet or
   * it cannot hold as much. For the owner.
   */
  boolean add(int id, long n) {
    long[] cells = this.cells;
    int cell = FIRST + id;
    if (cell >= cells.length) return false;
    long sum = cells[cell] + n;
    if (sum < 0) return false;
    CELL.setOpaque(cells, cell, sum);
    return true;
  }

  /** Makes a number for this id if there is none; false when there is no memory. For the owner. */
  boolean makeRoom(int id) {
    if (id < end()) return true;
    try {
      CELLS.setRelease(this, Arrays.copyOf(cells, FIRST + id + id / 2 + LEAST + FIRST));
      return true;
    } catch (OutOfMemoryError e) {
      return false;
    }
  }

  /** The number cannot hold what was to be added. For the owner. */
  void fill(int id) {
    CELL.setOpaque(cells, FIRST + id, Long.MIN_VALUE);
  }

  /** What was added to this counter, or less than 0 if it was more than 2^63 - 1. For readers. */
  long sum(int id) {
    long[] cells = (long[]) CELLS.getAcquire(this);
    return id < end(cells) ? (long) CELL.getOpaque(cells, FIRST + id) : 0;
  }

  /** Ids from here on have no number. For readers. */
  int end() {
    return end((long[]) CELLS.getAcquire(this));
  }

  private static int end(long[] cells) {
    return cells.length - FIRST;
  }
}
