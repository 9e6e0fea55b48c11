package io.zibrato.librato;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits, unless the client is closed. */
final class LatchPause implements Caller.Pause {
  private final CountDownLatch closed = new CountDownLatch(1);

  @Override
  public void millis(long millis) throws InterruptedException {
    closed.await(millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void end() {
    closed.countDown();
  }
}
