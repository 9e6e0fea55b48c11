package io.zibrato.chaos.load;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks at the application's threads fifty times a second: none is ever to be inside ZeroMQ, or in
 * input or output. Keeps the totals as they stand, ten times a second.
 */
final class Sampler implements Runnable {
  private static final long LOOK_NANOS = 20_000_000;
  private static final int LOOKS_PER_SAMPLE = 5;
  private static final List<String> FORBIDDEN =
      List.of(
          "zmq.",
          "org.zeromq.",
          "io.zibrato.transport.",
          "java.io.",
          "java.net.",
          "java.nio.channels.",
          "sun.nio.");

  private final TotalsFile totals;
  private final List<Thread> threads;

  Sampler(TotalsFile totals, List<Thread> threads) {
    this.totals = totals;
    this.threads = threads;
  }

  @Override
  public void run() {
    for (long look = 0; ; look++) {
      if (look % LOOKS_PER_SAMPLE == 0) totals.sample();
      for (Thread thread : threads) look(thread);
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private void look(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    for (StackTraceElement frame : stack) {
      if (FORBIDDEN.stream().noneMatch(frame.getClassName()::startsWith)) continue;
      totals.violation();
      System.out.println(thread.getName() + " is in " + Arrays.toString(stack));
      return;
    }
  }
}
