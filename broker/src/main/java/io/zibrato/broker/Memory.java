package io.zibrato.broker;

/**
 * Watches the heap while messages are forwarded. What waits for workers that do not read is bounded
 * for each of them, in messages, and not for all of them together, in bytes: so before the heap is
 * used up, nothing more is forwarded, and relief is asked for, until there is room again. One
 * thread.
 */
final class Memory {
  private static final double USED = 0.65;
  private static final double HELD = 0.45;
  private static final long LOOK_NANOS = 50_000_000L;
  private static final long RELIEF_NANOS = 1_000_000_000L;

  private final Runnable relief;
  private final long heapBytes = Runtime.getRuntime().maxMemory();
  private final long stepBytes = heapBytes / 64;
  private long forwardedBytes;
  private boolean tight;
  private long lookNanos = System.nanoTime();
  private long reliefNanos = System.nanoTime() - RELIEF_NANOS;

  /**
   * @param relief lets go of what can be done without
   */
  Memory(Runnable relief) {
    this.relief = relief;
  }

  /** Whether there is room for a message of so many bytes in the workers' queues. */
  boolean hasRoom(int bytes) {
    forwardedBytes += bytes;
    if (tight ? System.nanoTime() - lookNanos > LOOK_NANOS : forwardedBytes > stepBytes) look();
    return !tight;
  }

  private void look() {
    forwardedBytes = 0;
    boolean collected = used() > USED * heapBytes;
    if (collected) System.gc(); // only after that is it known what is held
    tight = collected ? used() > HELD * heapBytes : tight && used() > HELD * heapBytes;
    long now = System.nanoTime();
    lookNanos = now;
    if (!tight || now - reliefNanos < RELIEF_NANOS) return;
    reliefNanos = now;
    relief.run();
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
