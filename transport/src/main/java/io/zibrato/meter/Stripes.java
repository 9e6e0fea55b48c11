package io.zibrato.meter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A sum that many threads add to: cells a cache line apart, picked by the thread's id. */
final class Stripes {
  /*
   * Writers: any thread, one atomic add on the cell of its stripe. Two threads that share a stripe are only slower.
   * Reader: any thread, adds the cells up. A sum read while others add is some value that the sum had in between for each
   * cell, so it never goes down from one reading of the same reader to the next.
   * A cell that passed 2^63 - 1 is negative, reads as 2^63 - 1, and stays so: whoever adds to it sets it back to the least long, from
   * where only as much again would bring it up.
   * The array's head and tail share lines with their neighbours on the heap; the cells between do not.
   */
  private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int COUNT = Runtime.getRuntime().availableProcessors() <= 4 ? 4 : 8;
  private static final int STRIDE_LONGS = 64 / COUNT;
  private static final int MASK = COUNT - 1;

  private final long[] cells = new long[COUNT * STRIDE_LONGS];

  void addOne() {
    CELL.getAndAdd(cells, cell(), 1L);
  }

  /** Adds {@code n}, which is not negative; false when the sum cannot hold it. */
  boolean add(long n) {
    int cell = cell();
    long before = (long) CELL.getAndAdd(cells, cell, n);
    if ((before | (before + n)) >= 0) return true;
    CELL.setVolatile(cells, cell, Long.MIN_VALUE);
    return false;
  }

  private static int cell() {
    return ((int) Thread.currentThread().getId() & MASK) * STRIDE_LONGS;
  }

  /** What was added, or 2^63 - 1 if it was more. */
  long sum() {
    long sum = 0;
    for (int i = 0; i < cells.length; i += STRIDE_LONGS) {
      long cell = (long) CELL.getVolatile(cells, i);
      sum += cell;
      if ((cell | sum) < 0) return Long.MAX_VALUE;
    }
    return sum;
  }
}
