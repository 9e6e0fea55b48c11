package io.zibrato.meter;

/**
 * A cumulative sum of whole increments.
 *
 * <p>Any thread; never blocks or throws, and allocates once, when two threads first meet in it.
 * While the level is unwanted, nothing is added. The sum stops at 2^63 - 1.
 *
 * <p>{@code Publisher} sends what is read.
 */
public final class Counter extends Sum implements Meter {
  private final int id;
  private final Series series;
  private final Level level;
  private final Losses losses;

  Counter(int id, Series series, Level level, Losses losses) {
    this.id = id;
    this.series = series;
    this.level = level;
    this.losses = losses;
  }

  public void increment() {
    increment(1);
  }

  /**
   * Adds {@code n}. A negative one adds nothing and is counted as lost ({@link
   * LossCause#NEGATIVE}), and so is one that the sum cannot hold ({@link LossCause#COUNTER_FULL}).
   */
  public void increment(long n) {
    if (!level.wanted()) return;
    if (n < 0) {
      losses.add(LossCause.NEGATIVE, 1);
    } else if (!add(n)) {
      losses.add(LossCause.COUNTER_FULL, 1);
    }
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
