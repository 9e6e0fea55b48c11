package io.zibrato.bench.footprint;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** This process's heap. */
final class Heap {
  private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();
  private static final int MOST_COLLECTIONS = 30;
  private static final int CALM_COLLECTIONS = 4;

  private Heap() {}

  /**
   * Bytes in use after full collections: the least that was seen, once so many in a row found no
   * less.
   */
  static long retained() {
    long least = Long.MAX_VALUE;
    int calm = 0;
    for (int i = 0; i < MOST_COLLECTIONS && calm < CALM_COLLECTIONS; i++) {
      System.gc();
      long used = MEMORY.getHeapMemoryUsage().getUsed();
      calm = used < least ? 0 : calm + 1;
      least = Math.min(least, used);
    }
    return least;
  }
}
