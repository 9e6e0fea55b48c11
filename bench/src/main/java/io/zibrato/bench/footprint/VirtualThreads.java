package io.zibrato.bench.footprint;

import io.zibrato.Zibrato;
import java.lang.reflect.Method;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** Heap that virtual threads retain which called something, and are parked since. */
final class VirtualThreads {
  private static final int CALLS = 3;

  /** Started at a time, so that the JVM's queue of threads that wait to run stays short. */
  private static final int BATCH = 500;

  private final Runnable calls;
  private volatile boolean released;

  private VirtualThreads(Runnable calls) {
    this.calls = calls;
  }

  /**
   * @param timer the woven timer that {@code calls} records to once; null when none is woven
   */
  static void measure(Runnable calls, String timer, Scale scale, Figures figures) throws Exception {
    try (Peer peer = Peer.start()) {
      System.setProperty("zibrato.port", String.valueOf(peer.port()));
      int count = scale.virtualThreads();
      // Classes, compiled code, and the meters' own first times.
      new VirtualThreads(calls).run(count / 2);
      long before = Heap.retained();
      long retained = new VirtualThreads(calls).run(count);
      figures.put("bytes-per-thread", (retained - before) / (double) count);
      figures.put("threads", count);
      if (timer != null) check(timer, (long) CALLS * (count + count / 2));
    }
  }

  private static void check(String timer, long calls) {
    long counted = Zibrato.shared().timer("info", timer).count();
    if (counted != calls) {
      throw new IllegalStateException(counted + " of " + calls + " calls were timed: not woven?");
    }
  }

  /** Returns the retained heap with so many threads parked; afterwards they have ended. */
  private long run(int count) throws Exception {
    Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
    Thread[] threads = new Thread[count];
    for (int from = 0; from < count; from += BATCH) {
      int to = Math.min(count, from + BATCH);
      CountDownLatch called = new CountDownLatch(to - from);
      Runnable work = () -> callAndPark(called);
      for (int i = from; i < to; i++) threads[i] = (Thread) start.invoke(null, work);
      called.await();
    }
    long retained = Heap.retained();
    released = true;
    for (Thread thread : threads) LockSupport.unpark(thread);
    for (Thread thread : threads) thread.join();
    return retained;
  }

  private void callAndPark(CountDownLatch called) {
    for (int i = 0; i < CALLS; i++) calls.run();
    called.countDown();
    while (!released) LockSupport.park(this);
  }
}
