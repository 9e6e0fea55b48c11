package io.zibrato.bench;

import io.zibrato.daemon.Command;

/** Ends the measured processes when this one is asked to stop; JMH would wait for them. */
final class Interruption implements AutoCloseable {
  private static final long LOOK_MILLIS = 200;

  private final Command.Asked asked;
  private final Thread thread = new Thread(this::watch, "bench-interruption");
  private volatile boolean stopped;

  private Interruption(Command.Asked asked) {
    this.asked = asked;
    thread.setDaemon(true);
  }

  static Interruption when(Command.Asked asked) {
    Interruption interruption = new Interruption(asked);
    interruption.thread.start();
    return interruption;
  }

  private void watch() {
    try {
      while (!asked.await(LOOK_MILLIS)) {}
      stopped = true;
      // JMH goes on with the next one when one ends.
      while (true) {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed: the thread ends
    }
  }

  /**
   * @throws InterruptedException once this process is asked to stop
   */
  void check() throws InterruptedException {
    if (stopped) throw new InterruptedException("asked to stop");
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
