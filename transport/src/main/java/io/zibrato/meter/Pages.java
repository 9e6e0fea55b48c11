package io.zibrato.meter;

import java.util.function.IntFunction;

/**
 * The pages of the threads that add to counters without an atomic operation: at most {@value #MOST}
 * of them.
 */
final class Pages extends ThreadPlaces<Page> {
  private static final int MOST = 64;

  Pages() {
    super(MOST, Page::new);
  }

  /**
   * What all pages together hold of a counter, and {@code others} beside; or 2^63 - 1 if it is
   * more.
   */
  synchronized long sum(int id, Sum others) {
    long sum = others.sum();
    for (int i = 0; i < size(); i++) {
      Page page = at(i);
      if (page == null) continue;
      long own = page.sum(id);
      sum += own;
      if ((own | sum) < 0) return Long.MAX_VALUE;
    }
    return sum;
  }

  /**
   * Moves to the counters what the pages of threads that have ended hold, and frees their places.
   */
  synchronized void moveWhatIsOver(IntFunction<Meter> meters) {
    for (int i = 0; i < size(); i++) {
      Page page = at(i);
      if (page == null || !page.over()) continue;
      for (int id = 0; id < page.end(); id++) {
        long sum = page.sum(id);
        if (sum != 0) ((Counter) meters.apply(id)).addShared(sum < 0 ? Long.MAX_VALUE : sum);
      }
      free(i);
    }
  }
}
