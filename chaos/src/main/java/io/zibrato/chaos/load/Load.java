package io.zibrato.chaos.load;

import io.zibrato.Zibrato;
import io.zibrato.meter.Counter;
import io.zibrato.meter.Gauge;
import io.zibrato.meter.Timer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** One thread's load: some two hundred thousand measured calls a second, and little else. */
final class Load implements Runnable {
  private static final int BURST = 200;
  private static final int BURSTS_PER_VALUE = 100;
  private static final int BURSTS_PER_POISON = 10_000; // ten seconds and more
  private static final long PAUSE_NANOS = 1_000_000;

  private final TotalsFile totals;
  private final int thread;
  private final Work work = new Work();
  private final CountDownLatch warm = new CountDownLatch(1);
  private volatile boolean over;

  Load(TotalsFile totals, int thread) {
    this.totals = totals;
    this.thread = thread;
  }

  @Override
  public void run() {
    Zibrato zibrato = Zibrato.shared();
    Timer timed = zibrato.timer("info", Measured.TIMED.series);
    Counter poison = zibrato.counter("info", Measured.POISON.series);
    Gauge values = zibrato.gauge("info", Measured.VALUES.series);
    for (long burst = 0; !over; burst++) {
      for (int i = 0; i < BURST; i++) {
        totals.add(Measured.COUNT, thread, 1);
        work.count();
      }
      totals.add(Measured.CALLS, thread, 1);
      work.call();
      long nanos = 1 + burst % 1_000_003;
      totals.add(Measured.TIMED, thread, 1);
      totals.add(Measured.NANOS, thread, nanos);
      timed.record(nanos);
      if (burst % BURSTS_PER_VALUE == 0 && thread == 0) {
        totals.add(Measured.VALUES, thread, 1);
        values.record(totals.total(Measured.VALUES));
      }
      if (burst % BURSTS_PER_POISON == 0) {
        totals.add(Measured.POISON, thread, 1);
        poison.increment();
      }
      warm.countDown();
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Waits until all classes that it needs are loaded. */
  void awaitWarm() throws InterruptedException {
    warm.await();
  }

  void end() {
    over = true;
  }
}
