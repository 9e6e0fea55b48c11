package io.zibrato.store.composite;

/**
 * The interval that a composite is computed for.
 *
 * @param startTime epoch seconds; the whole of its period is asked for
 * @param endTime epoch seconds; the whole of its period is asked for
 * @param resolutionSeconds how far apart points are at least
 */
public record Window(long startTime, long endTime, long resolutionSeconds) {
  public Window {
    if (resolutionSeconds < 1) {
      throw new IllegalArgumentException("resolutionSeconds < 1: " + resolutionSeconds);
    }
  }

  Window shifted(long seconds) {
    return new Window(startTime + seconds, endTime + seconds, resolutionSeconds);
  }
}
