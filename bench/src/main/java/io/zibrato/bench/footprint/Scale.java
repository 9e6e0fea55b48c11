package io.zibrato.bench.footprint;

/**
 * How much is done.
 *
 * @param counters measured for the cost of one
 * @param counterTouches of each counter by each thread
 * @param timers measured for the cost of one
 * @param timerTouches of each timer by each thread
 * @param smallHeapMillis how long the small heap is published from
 * @param warmupRounds before processor time is measured
 * @param rounds that it is measured over
 * @param leastRounds of them that must have arrived, for it to count
 * @param roundMillis between two of those rounds
 * @param growthFrom the round at which the heap is looked at first
 * @param growthTo the round at which it is looked at again
 * @param virtualThreads alive at once
 */
record Scale(
    int counters,
    int counterTouches,
    int timers,
    int timerTouches,
    long smallHeapMillis,
    int warmupRounds,
    int rounds,
    int leastRounds,
    long roundMillis,
    int growthFrom,
    int growthTo,
    int virtualThreads) {
  static final Scale FULL =
      new Scale(2_000, 20_000, 1_000, 2_000, 10_000, 20, 60, 55, 1_000, 20, 120, 100_000);
  static final Scale QUICK = new Scale(500, 2_000, 200, 200, 1_000, 2, 4, 1, 250, 5, 10, 5_000);

  /** That touch one series. */
  static final int THREADS = 16;
}
