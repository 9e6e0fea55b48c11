package io.zibrato.meter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A sum that many threads add to. */
final class Sum {
  /*
   * Writers: any thread. While they do not meet there is one number, base, set by compare-and-set. The first thread that fails to set it makes the
   * cells, a cache line apart and picked by the thread's id, and from then on everybody adds there, by compare-and-set too. A thread that fails there has met another one
   * in its cell, so from then on the cells are picked in another way, which the two may like better; a few times, since there may be more threads than cells.
   * Whichever cell is picked is right, so that way is read and written in no particular order.
   * Reader: any thread, adds base and cells up. Each of them only rises, so a sum is never below an earlier one of the same reader.
   * A number that passed 2^63 - 1 is negative, reads as 2^63 - 1, and stays so: whoever adds to it sets it back to the least long, from
   * where only as much again would bring it up.
   * The first line of the cells is left to the array's head, which every thread reads.
   */
  private static final VarHandle BASE;
  private static final VarHandle CELLS;
  private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int COUNT_BITS = Runtime.getRuntime().availableProcessors() <= 4 ? 2 : 3;
  private static final int LINE_LONGS = 8;
  private static final int MAX_WAYS = 64;

  /** Of the golden ratio, which spreads numbers in a row well; and odd, as every way is. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      BASE = lookup.findVarHandle(Sum.class, "base", long.class);
      CELLS = lookup.findVarHandle(Sum.class, "cells", long[].class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private long base;
  private long[] cells;
  private long way = SPREAD;
  private int ways;

  /** Adds {@code n}, which is not negative; false when the sum cannot hold it. */
  boolean add(long n) {
    long[] cells = this.cells;
    if (cells == null) {
      long before = base;
      boolean fits = fits(before, n);
      if (BASE.compareAndSet(this, before, fits ? before + n : Long.MIN_VALUE)) return fits;
      cells = spread();
    }
    int cell = cell();
    long before = cells[cell];
    boolean fits = fits(before, n);
    if (CELL.compareAndSet(cells, cell, before, fits ? before + n : Long.MIN_VALUE)) return fits;
    return addAnotherWay(cells, n);
  }

  private boolean addAnotherWay(long[] cells, long n) {
    if (ways < MAX_WAYS) {
      ways++;
      way += SPREAD << 1;
    }
    int cell = cell();
    long before = (long) CELL.getAndAdd(cells, cell, n);
    if (fits(before, n)) return true;
    CELL.setVolatile(cells, cell, Long.MIN_VALUE);
    return false;
  }

  private static boolean fits(long before, long n) {
    return (before | (before + n)) >= 0;
  }

  private int cell() {
    return (1 + (int) (Thread.currentThread().getId() * way >>> (64 - COUNT_BITS))) * LINE_LONGS;
  }

  private long[] spread() {
    CELLS.compareAndSet(this, null, new long[(1 + (1 << COUNT_BITS)) * LINE_LONGS]);
    return (long[]) CELLS.getVolatile(this);
  }

  /** What was added, or 2^63 - 1 if it was more. */
  long sum() {
    long sum = (long) BASE.getVolatile(this);
    if (sum < 0) return Long.MAX_VALUE;
    long[] cells = (long[]) CELLS.getVolatile(this);
    if (cells == null) return sum;
    for (int i = LINE_LONGS; i < cells.length; i += LINE_LONGS) {
      long cell = (long) CELL.getVolatile(cells, i);
      sum += cell;
      if ((cell | sum) < 0) return Long.MAX_VALUE;
    }
    return sum;
  }
}
