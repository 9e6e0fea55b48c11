package io.zibrato.meter;

/**
 * Numbers, each with the time it was recorded at.
 *
 * <p>Any thread; never blocks, throws or allocates. Values wait in one bounded queue for the
 * publisher; one that finds it full is dropped and counted ({@link LossCause#GAUGE_QUEUE_FULL}),
 * and so is NaN or an infinity ({@link LossCause#NOT_FINITE}).
 */
public final class Gauge implements Meter {
  private final int id;
  private final Series series;
  private final Level level;
  private final GaugeQueue queue;
  private final Losses losses;

  Gauge(int id, Series series, Level level, GaugeQueue queue, Losses losses) {
    this.id = id;
    this.series = series;
    this.level = level;
    this.queue = queue;
    this.losses = losses;
  }

  public void record(double value) {
    if (!level.wanted()) return;
    if (!Double.isFinite(value)) {
      losses.add(LossCause.NOT_FINITE, 1);
    } else if (queue.isFull() || !queue.offer(this, System.currentTimeMillis(), value)) {
      losses.add(LossCause.GAUGE_QUEUE_FULL, 1);
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
