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
   * A stack of starts per thread, pushed before a body and popped after it. A site calls begin for no body before the first that was wanted, and for each from then on: so where a
   * body that began before ends after, its site is not on top, since bodies nest and a site that was pushed once is pushed ever after. Then nothing is popped.
   * A thread keeps its stack, so that pushing makes no objects; but a virtual one, of which there may be millions, has one only while a constructor is under way.
   */
  private static final ThreadLocal<ConstructionTimes> STACK =
      ThreadLocal.withInitial(ConstructionTimes::new);

  private static final ConcurrentMap<Thread, ConstructionTimes> OF_VIRTUAL =
      new ConcurrentHashMap<>();

  private Site[] sites = new Site[8];
  private TimeSite[] timings = new TimeSite[8];
  private long[] starts = new long[8];
  private int depth;

  /** A body begins; {@code timing} is null if nobody wants it timed. */
  static void begin(Site site, TimeSite timing) {
    Thread thread = Thread.currentThread();
    ConstructionTimes stack =
        VirtualThreads.is(thread)
            ? OF_VIRTUAL.computeIfAbsent(thread, t -> new ConstructionTimes())
            : STACK.get();
    stack.push(site, timing);
  }

  static void end(Site site) {
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

  private void push(Site site, TimeSite timing) {
    if (depth == sites.length) {
      sites = Arrays.copyOf(sites, 2 * depth);
      timings = Arrays.copyOf(timings, 2 * depth);
      starts = Arrays.copyOf(starts, 2 * depth);
    }
    sites[depth] = site;
    timings[depth] = timing;
    starts[depth++] = timing == null ? 0 : timing.start();
  }

  private void pop(Site site) {
    if (depth == 0 || sites[depth - 1] != site) return;
    TimeSite timing = timings[--depth];
    sites[depth] = null;
    timings[depth] = null;
    if (timing != null) timing.stop(starts[depth]);
  }
}
