package io.zibrato.meter;

/**
 * A cumulative count, sum and histogram of durations, and the least and the most of the current
 * window. The sum stops at 2^63 - 1 ns.
 *
 * <p>Recording: any thread; never blocks or throws, and allocates only when a duration first falls
 * between two powers of two that none did before. While the level is unwanted nothing is recorded.
 * Reading: one thread, the publisher's, because reading the window ends it.
 *
 * <p>{@code Publisher} sends what is read.
 */
public final class Timer implements Meter {
  private static final int STRIPES = 4;
  private static final int SLOTS = Buckets.MOST - Buckets.LEAST + 1;

  private final int id;
  private final Series series;
  private final Level level;
  private final TimerStripe[] stripes = new TimerStripe[STRIPES];

  Timer(int id, Series series, Level level) {
    this.id = id;
    this.series = series;
    this.level = level;
    for (int i = 0; i < STRIPES; i++) stripes[i] = new TimerStripe();
  }

  /** Records one duration in nanoseconds. A negative one is taken as 0. */
  public void record(long nanos) {
    if (level.wanted()) stripe().record(Math.max(0, nanos));
  }

  /** Counts a call that was not timed, as sampling leaves them. */
  public void recordUntimed() {
    if (level.wanted()) stripe().recordUntimed();
  }

  private TimerStripe stripe() {
    return stripes[(int) Thread.currentThread().getId() & (STRIPES - 1)];
  }

  /**
   * All calls since the process began, timed or not; what {@link #read} would say, without its
   * cost.
   */
  public long count() {
    long count = 0;
    for (TimerStripe stripe : stripes) count += stripe.untimed() + stripe.timed();
    return count;
  }

  /** What was recorded since the process began. */
  public TimerReading read() {
    long[] slots = new long[SLOTS];
    long sumNanos = 0;
    long untimed = 0;
    for (TimerStripe stripe : stripes) {
      stripe.addTo(slots);
      sumNanos += stripe.sumNanos();
      if (sumNanos < 0) sumNanos = Long.MAX_VALUE;
      untimed += stripe.untimed();
    }
    int[] indexes = new int[SLOTS];
    int size = 0;
    long timed = 0;
    for (int slot = 0; slot < SLOTS; slot++) {
      if (slots[slot] == 0) continue;
      timed += slots[slot];
      slots[size] = slots[slot];
      indexes[size++] = slot + Buckets.LEAST;
    }
    return new TimerReading(timed + untimed, sumNanos, Histogram.of(indexes, slots, size));
  }

  /** The least nanoseconds since this was last asked, or 0 if there were none. */
  public long takeLeastNanos() {
    long least = Long.MAX_VALUE;
    for (TimerStripe stripe : stripes) least = Math.min(least, stripe.takeLeastNanos());
    return least == Long.MAX_VALUE ? 0 : least;
  }

  /** The most nanoseconds since this was last asked, or 0 if there were none. */
  public long takeMostNanos() {
    long most = 0;
    for (TimerStripe stripe : stripes) most = Math.max(most, stripe.takeMostNanos());
    return most;
  }

  @Override
  public int id() {
    return id;
  }

  @Override
  public Series series() {
    return series;
  }

  @Override
  public Level level() {
    return level;
  }
}
