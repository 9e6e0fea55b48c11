package io.zibrato.meter;

/**
 * A cumulative sum of whole increments.
 *
 * <p>Adding: any thread; never blocks or throws, and allocates only when a thread or a counter is
 * new to the other. While the level is unwanted, nothing is added. The sum stops at 2^63 - 1.
 * Reading: any thread; readers lock each other out.
 *
 * <p>{@code Publisher} sends what is read.
 */
public final class Counter implements Meter {
  private final int id;
  private final Series series;
  private final Level level;
  private final Pages pages;
  private final Losses losses;
  private final Sum shared = new Sum();

  Counter(int id, Series series, Level level, Pages pages, Losses losses) {
    this.id = id;
    this.series = series;
    this.level = level;
    this.pages = pages;
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
      return;
    }
    incrementWanted(n);
  }

  /**
   * Adds {@code n}, which is not negative, whether or not the level is wanted: for those who have
   * asked.
   */
  public void incrementWanted(long n) {
    Page page = pages.near();
    if (page == null || !page.add(id, n)) addElsewhere(n);
  }

  private void addElsewhere(long n) {
    Page page = pages.mine();
    if (page == null || !page.makeRoom(id)) {
      addShared(n);
    } else if (!page.add(id, n)) {
      page.fill(id);
      losses.add(LossCause.COUNTER_FULL, 1);
    }
  }

  /** Adds what no page holds. */
  void addShared(long n) {
    if (!shared.add(n)) losses.add(LossCause.COUNTER_FULL, 1);
  }

  /** All that was added since the process began. */
  public long sum() {
    return pages.sum(id, shared);
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
