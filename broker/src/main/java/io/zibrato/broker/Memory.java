package io.zibrato.broker;

/**
 * Watches the heap while messages are forwarded, and asks for relief before it is used up: what
 * waits for workers that do not read is bounded for each of them, in messages, and not for all of
 * them together, in bytes. One thread.
 */
final class Memory {
  private static final long PAUSE_NANOS = 2_000_000_000L;

  private final Runnable relief;
  private final long heapBytes = Runtime.getRuntime().maxMemory();
  private final long stepBytes = heapBytes / 64;
  private long forwardedBytes;
  private long reliefNanos = System.nanoTime() - PAUSE_NANOS;

  /**
   * @param relief lets go of what can be done without
   */
  Memory(Runnable relief) {
    this.relief = relief;
  }

  /** So many bytes were handed to the workers' queues. */
  void forwarded(int bytes) {
    forwardedBytes += bytes;
    if (forwardedBytes < stepBytes) return;
    forwardedBytes = 0;
    if (used() < 0.65 * heapBytes || System.nanoTime() - reliefNanos < PAUSE_NANOS) return;
    System.gc(); // only after it is it known what is held
    if (used() < 0.4 * heapBytes) return;
    reliefNanos = System.nanoTime();
    relief.run();
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
