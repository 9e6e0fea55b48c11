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
   * The stack that a thread keeps is made of the JDK's classes alone: the thread may be a container's, and one of ours would keep the application that we are part of from being unloaded.
   */
  private static final int ENTRIES = 0; // Object[]: a site and what times it, by turns
  private static final int STARTS = 1; // long[]: the depth, then the starts
  private static final int ROOM = 8;

  private static final ThreadLocal<Object[]> STACK =
      ThreadLocal.withInitial(ConstructionTimes::empty);

  private static final ConcurrentMap<Thread, Object[]> OF_VIRTUAL = new ConcurrentHashMap<>();

  private ConstructionTimes() {}

  private static Object[] empty() {
    return new Object[] {new Object[2 * ROOM], new long[1 + ROOM]};
  }

  /** A body begins; {@code timing} is null if nobody wants it timed. */
  static void begin(Site site, TimeSite timing) {
    Thread thread = Thread.currentThread();
    Object[] stack =
        VirtualThreads.is(thread) ? OF_VIRTUAL.computeIfAbsent(thread, t -> empty()) : STACK.get();
    push(stack, site, timing);
  }

  static void end(Site site) {
    Thread thread = Thread.currentThread();
    if (VirtualThreads.is(thread)) {
      Object[] stack = OF_VIRTUAL.get(thread);
      if (stack == null) return;
      pop(stack, site);
      if (depth(stack) == 0) OF_VIRTUAL.remove(thread);
    } else {
      pop(STACK.get(), site);
    }
  }

  private static int depth(Object[] stack) {
    return (int) ((long[]) stack[STARTS])[0];
  }

  private static void push(Object[] stack, Site site, TimeSite timing) {
    Object[] entries = (Object[]) stack[ENTRIES];
    long[] starts = (long[]) stack[STARTS];
    int depth = (int) starts[0];
    if (2 * depth == entries.length) {
      stack[ENTRIES] = entries = Arrays.copyOf(entries, 4 * depth);
      stack[STARTS] = starts = Arrays.copyOf(starts, 1 + 2 * depth);
    }
    entries[2 * depth] = site;
    entries[2 * depth + 1] = timing;
    starts[0] = depth + 1;
    starts[depth + 1] = timing == null ? 0 : timing.start();
  }

  private static void pop(Object[] stack, Site site) {
    Object[] entries = (Object[]) stack[ENTRIES];
    long[] starts = (long[]) stack[STARTS];
    int top = (int) starts[0] - 1;
    if (top < 0 || entries[2 * top] != site) return;
    TimeSite timing = (TimeSite) entries[2 * top + 1];
    entries[2 * top] = null;
    entries[2 * top + 1] = null;
    starts[0] = top;
    if (timing != null) timing.stop(starts[top + 1]);
  }
}
