package io.zibrato.librato;

/**
 * How often, and after what pause.
 *
 * @param retries tries after the first
 * @param firstMillis the first pause
 * @param maxMillis the longest of our own choosing
 * @param maxRetryAfterSeconds the longest that a service may ask for
 */
record RetryPolicy(int retries, long firstMillis, long maxMillis, long maxRetryAfterSeconds) {
  private static final int MAX_DOUBLINGS = 30;

  /**
   * Between half of the pause and all of it, which doubles each time.
   *
   * @param retry 0 for the first
   * @param jitter 0 up to 1
   */
  long delayMillis(int retry, double jitter) {
    double doubled = (double) firstMillis * (1L << Math.min(retry, MAX_DOUBLINGS));
    double full = Math.min(doubled, maxMillis);
    return (long) (full / 2 + full / 2 * jitter);
  }
}
