package io.zibrato.samples.demo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets the demo end as it always does when it is asked to stop, by Ctrl-C or SIGTERM, and with its
 * own exit code.
 *
 * <p>The hook made here wakes {@link #await}, waits until {@link #ended} says the exit code, and
 * ends the process with it. Should that take more than two minutes, it ends it with 1. In any case
 * the last resort is run before.
 */
final class StopSignal {
  private static final long END_TIMEOUT_SECONDS = 120;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Runnable lastResort;
  private volatile int exitCode = 1;

  private StopSignal(Runnable lastResort) {
    this.lastResort = lastResort;
  }

  /**
   * @param lastResort is run when the process ends, however it does
   */
  static StopSignal create(Runnable lastResort) {
    StopSignal signal = new StopSignal(lastResort);
    Runtime.getRuntime().addShutdownHook(new Thread(signal::stop, "demo-stop"));
    return signal;
  }

  /** Waits so long, and returns whether the demo was asked to stop. */
  boolean await(long millis) throws InterruptedException {
    return asked.await(Math.max(0, millis), TimeUnit.MILLISECONDS);
  }

  void ended(int exitCode) {
    this.exitCode = exitCode;
    ended.countDown();
  }

  private void stop() {
    boolean byItself = ended.getCount() == 0;
    asked.countDown();
    try {
      ended.await(END_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lastResort.run();
    if (!byItself) Runtime.getRuntime().halt(exitCode);
  }
}
