package io.zibrato.bench.footprint;

import java.util.ArrayList;
import java.util.List;

/** Threads that do the same thing once a period, from their start until closed. */
final class Load implements AutoCloseable {
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;

  Load(int count, long periodMillis, Runnable work) {
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(() -> run(periodMillis, work), "load-" + i);
      thread.setDaemon(true);
      threads.add(thread);
    }
  }

  void start() {
    threads.forEach(Thread::start);
  }

  private void run(long periodMillis, Runnable work) {
    try {
      while (!closed) {
        work.run();
        Thread.sleep(periodMillis);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns when nothing is done any more. */
  @Override
  public void close() {
    closed = true;
    boolean interrupted = false;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
  }
}
