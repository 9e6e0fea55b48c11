package io.zibrato.backends;

/** The wall clock as it was when this was made, going on evenly: steps of it are not followed. */
final class SteadyClock {
  private final long startMillis = System.currentTimeMillis();
  private final long startNanos = System.nanoTime();

  /** Epoch milliseconds. */
  long millis() {
    return startMillis + (System.nanoTime() - startNanos) / 1_000_000;
  }
}
