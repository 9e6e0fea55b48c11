package io.zibrato.meter;

/**
 * A cumulative sum of whole increments.
 *
 * <p>Any thread; never blocks, throws or allocates. While the level is unwanted, nothing is added.
 * The sum stops at 2^63 - 1.
 */
public final class Counter implements Meter {
  private final int id;
  private final Series series;
  private final Level level;
  private final Losses losses;
  private final Stripes sum = new Stripes();

  Counter(int id, Series series, Level level, Losses losses) {
    this.id = id;
    this.series = series;
    this.level = level;
    this.losses = losses;
  }

  public void increment() {
    if (level.wanted()) sum.addOne();
  }

  /**
   * Adds {@code n}. A negative one adds nothing and is counted as lost ({@link
   * LossCause#NEGATIVE}), and so is one that the sum cannot hold ({@link LossCause#COUNTER_FULL}).
   */
  public void increment(long n) {
    if (!level.wanted()) return;
    if (n < 0) {
      losses.add(LossCause.NEGATIVE, 1);
    } else if (!sum.add(n)) {
      losses.add(LossCause.COUNTER_FULL, 1);
    }
  }

  /** All that was added since the process began. */
  public long sum() {
    return sum.sum();
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
