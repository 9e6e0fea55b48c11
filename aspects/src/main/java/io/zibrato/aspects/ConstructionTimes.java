package io.zibrato.aspects;

import java.util.Arrays;

/**
 * When the constructors began that are under way on this thread: around advice would set their
 * final fields from outside.
 */
final class ConstructionTimes {
  /*
   * A stack of starts per thread, pushed before a body and popped after it. A site pushes nothing before it was first wanted, and always from then on: so where a
   * body that began before ends after, its site is not on top, since bodies nest and a site that was pushed once is pushed ever after. Then nothing is popped.
   */
  private static final ThreadLocal<ConstructionTimes> STACK =
      ThreadLocal.withInitial(ConstructionTimes::new);

  private TimeSite[] sites = new TimeSite[8];
  private long[] starts = new long[8];
  private int depth;

  static void begin(TimeSite site) {
    boolean wanted = site.wanted();
    if (wanted) site.construct();
    if (site.constructs()) STACK.get().push(site, site.start());
  }

  static void end(TimeSite site) {
    if (site.constructs()) STACK.get().pop(site);
  }

  private void push(TimeSite site, long startNanos) {
    if (depth == sites.length) {
      sites = Arrays.copyOf(sites, 2 * depth);
      starts = Arrays.copyOf(starts, 2 * depth);
    }
    sites[depth] = site;
    starts[depth++] = startNanos;
  }

  private void pop(TimeSite site) {
    if (depth == 0 || sites[depth - 1] != site) return;
    sites[--depth] = null;
    site.stop(starts[depth]);
  }
}
