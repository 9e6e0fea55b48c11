package io.zibrato.store;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets {@code main} end the process with exit code 0 on SIGTERM or SIGINT.
 *
 * <p>The JVM would exit with 143 once its shutdown hooks are through. The hook made here wakes
 * {@link #await}, waits until {@link #closed} says that all is closed, and then ends the process
 * with 0; it ends it with 1 when closing takes more than four seconds.
 */
final class StopSignal {
  private static final long CLOSE_TIMEOUT_SECONDS = 4;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  static StopSignal create() {
    final StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(new Thread(signal::stop, "store-stop"));
    return signal;
  }

  void await() throws InterruptedException {
    asked.await();
  }

  void closed() {
    closed.countDown();
  }

  private void stop() {
    if (closed.getCount() == 0) {
      return;
    }
    asked.countDown();
    boolean inTime = false;
    try {
      inTime = closed.await(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(inTime ? 0 : 1);
  }
}
