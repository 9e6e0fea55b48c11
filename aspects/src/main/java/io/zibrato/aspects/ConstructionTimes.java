package io.zibrato.aspects;

import io.zibrato.meter.VirtualThreads;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * When the constructors began that are under way on this thread: around advice would set their
 * final fields from outside.
 */
final class ConstructionTimes {
  /*
   * A stack of starts per thread, pushed before a body and popped after it. A site pushes nothing before it was first wanted, and always from then on: so where a
   * body that began before ends after, its site is not on top, since bodies nest and a site that was pushed once is pushed ever after. Then nothing is popped.
   * A thread keeps its stack, so that pushing makes no objects; but a virtual one, of which there may be millions, has one only while a constructor is under way.
   */
  private static final ThreadLocal<ConstructionTimes> STACK =
      ThreadLocal.withInitial(ConstructionTimes::new);

  private static final ConcurrentMap<Thread, ConstructionTimes> OF_VIRTUAL =
      new ConcurrentHashMap<>();

  private TimeSite[] sites = new TimeSite[8];
  private long[] starts = new long[8];
  private int depth;

  static void begin(TimeSite site) {
    boolean wanted = site.wanted();
    if (wanted) site.construct();
    if (!site.constructs()) return;
    Thread thread = Thread.currentThread();
    ConstructionTimes stack =
        VirtualThreads.is(thread)
            ? OF_VIRTUAL.computeIfAbsent(thread, t -> new ConstructionTimes())
            : STACK.get();
    stack.push(site, site.start());
  }

  static void end(TimeSite site) {
    if (!site.constructs()) return;
    Thread thread = Thread.currentThread();
    if (VirtualThreads.is(thread)) {
      ConstructionTimes stack = OF_VIRTUAL.get(thread);
      if (stack == null) return;
      stack.pop(site);
      if (stack.depth == 0) OF_VIRTUAL.remove(thread);
    } else {
      STACK.get().pop(site);
    }
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
