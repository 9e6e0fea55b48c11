package io.zibrato.store.resources.alerts;

import java.time.Clock;

/**
 * Runs something at each whole minute of a clock, on a daemon thread, and never twice at the same
 * time: minutes that pass while it runs are left out.
 */
final class Minutes implements AutoCloseable {
  private static final long MINUTE_MILLIS = 60_000;
  private static final long CLOSE_TIMEOUT_MILLIS = 1000;

  private final Clock clock;
  private final Round round;
  private final Thread thread;
  private volatile boolean closed;

  /** What is run; an interrupt ends it, and the thread. */
  interface Round {
    void run(long nowSeconds) throws InterruptedException;
  }

  Minutes(Clock clock, Round round, String threadName) {
    this.clock = clock;
    this.round = round;
    thread = new Thread(this::run, threadName);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!closed) {
        final long next = next(clock.millis());
        while (clock.millis() < next) {
          Thread.sleep(Math.max(1, Math.min(next - clock.millis(), MINUTE_MILLIS)));
        }
        round.run(clock.millis() / 1000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The whole minute that comes next. */
  static long next(long nowMillis) {
    return (Math.floorDiv(nowMillis, MINUTE_MILLIS) + 1) * MINUTE_MILLIS;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(CLOSE_TIMEOUT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
