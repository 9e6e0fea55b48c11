package io.zibrato.meter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Numbers, each with the time it was recorded at.
 *
 * <p>Any thread; never blocks, throws or allocates. Values wait in one bounded queue for the
 * publisher; one that finds it full is dropped and counted ({@link LossCause#GAUGE_QUEUE_FULL}),
 * and so is NaN or an infinity ({@link LossCause#NOT_FINITE}).
 */
public final class Gauge implements Meter {
  private static final VarHandle LAST;

  static {
    try {
      LAST = MethodHandles.lookup().findVarHandle(Gauge.class, "last", double.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final int id;
  private final Series series;
  private final Level level;
  private final GaugeQueue queue;
  private final Losses losses;
  private double last = Double.NaN;

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
      return;
    }
    LAST.setOpaque(this, value);
    if (queue.isFull() || !queue.offer(this, System.currentTimeMillis(), value)) {
      losses.add(LossCause.GAUGE_QUEUE_FULL, 1);
    }
  }

  /** The value recorded last, or NaN if there was none; of two threads' at once, either. */
  public double last() {
    return (double) LAST.getOpaque(this);
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
