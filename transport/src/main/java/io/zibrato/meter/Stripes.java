package io.zibrato.meter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A sum that many threads add to: cells a cache line apart, picked by the thread's id. */
final class Stripes {
  /*
   * Writers: any thread, one atomic add on the cell of its stripe. Two threads that share a stripe are only slower.
   * Reader: any thread, adds the cells up. A sum read while others add is some value that the sum had in between for each
   * cell, so it never goes down from one reading of the same reader to the next.
   * The array's head and tail share lines with their neighbours on the heap; the cells between do not.
   */
  private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int COUNT = Runtime.getRuntime().availableProcessors() <= 4 ? 4 : 8;
  private static final int STRIDE_LONGS = 64 / COUNT;
  private static final int MASK = COUNT - 1;

  private final long[] cells = new long[COUNT * STRIDE_LONGS];

  void add(long n) {
    int stripe = (int) Thread.currentThread().getId() & MASK;
    CELL.getAndAdd(cells, stripe * STRIDE_LONGS, n);
  }

  long sum() {
    long sum = 0;
    for (int i = 0; i < cells.length; i += STRIDE_LONGS) {
      sum += (long) CELL.getVolatile(cells, i);
    }
    return sum;
  }
}
