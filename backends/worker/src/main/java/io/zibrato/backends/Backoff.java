package io.zibrato.backends;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between tries: drawn evenly from nothing to a ceiling, which doubles with each failure, so
 * that workers that failed together do not return together.
 */
final class Backoff {
  static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);
  private final long leastMillis;
  private final long mostMillis;
  private final RandomGenerator random;
  private long ceilingMillis;

  Backoff(Duration least, Duration most, RandomGenerator random) {
    this.leastMillis = least.toMillis();
    this.mostMillis = most.toMillis();
    this.random = random;
    reset();
  }

  void reset() {
    ceilingMillis = leastMillis;
  }

  /**
   * The pause after one more failure.
   *
   * @param retryAfter the pause is no shorter than this, which is honoured up to an hour
   */
  long nextMillis(Duration retryAfter) {
    long drawn = random.nextLong(ceilingMillis + 1);
    ceilingMillis = Math.min(mostMillis, 2 * ceilingMillis);
    boolean tooLong = retryAfter.compareTo(LONGEST_RETRY_AFTER) > 0;
    return Math.max(drawn, (tooLong ? LONGEST_RETRY_AFTER : retryAfter).toMillis());
  }
}
