package io.zibrato.backends;

import io.zibrato.meter.Buckets;
import io.zibrato.meter.Histogram;

/**
 * What a timer timed.
 *
 * @param count all calls, timed or not
 * @param sumNanos of the timed calls
 * @param leastNanos of the timed calls; 0 if none is known
 * @param mostNanos of the timed calls; 0 if none is known
 * @param histogram of the timed calls; its total is below {@code count} where calls are sampled
 */
public record TimerTotal(
    SeriesKey key, long count, long sumNanos, long leastNanos, long mostNanos, Histogram histogram)
    implements Measurement {

  public TimerTotal {
    if (count < 0) throw new IllegalArgumentException("count < 0: " + count);
    if (sumNanos < 0) throw new IllegalArgumentException("sumNanos < 0: " + sumNanos);
  }

  /** The calls that were timed. */
  public long timed() {
    return histogram.total();
  }

  TimerTotal plus(TimerTotal other) {
    boolean first = leastNanos != 0 && (other.leastNanos == 0 || leastNanos <= other.leastNanos);
    return new TimerTotal(
        key,
        Saturating.sum(count, other.count),
        Saturating.sum(sumNanos, other.sumNanos),
        first ? leastNanos : other.leastNanos,
        Math.max(mostNanos, other.mostNanos),
        histogram.plus(other.histogram));
  }

  /**
   * The same, with the least and the most no further in than the outermost buckets: those of the
   * last second say nothing of frames that were lost before it. Where the bounds have to come from
   * a bucket, they are its outer ones, at most 4.4 % off.
   */
  TimerTotal spanningHistogram() {
    if (histogram.size() == 0) return this;
    int lowest = histogram.index(0);
    int highest = histogram.index(histogram.size() - 1);
    boolean leastSeen = leastNanos != 0 && Buckets.index(leastNanos) <= lowest;
    boolean mostSeen = mostNanos != 0 && Buckets.index(mostNanos) >= highest;
    long least = leastSeen ? leastNanos : (long) Buckets.lowerNanos(lowest) + 1;
    long most = mostSeen ? mostNanos : (long) Buckets.upperNanos(highest);
    return new TimerTotal(key, count, sumNanos, least, most, histogram);
  }

  @Override
  public long approximateBytes() {
    return 96 + 12L * histogram.size() + key.approximateBytes();
  }
}
