package io.zibrato.meter;

/**
 * What a timer held when it was read.
 *
 * @param count all calls, timed or not
 * @param sumNanos of the timed ones
 * @param histogram of the timed ones; its total is below {@code count} where calls are sampled
 */
public record TimerReading(long count, long sumNanos, Histogram histogram) {
  public static final TimerReading ZERO = new TimerReading(0, 0, Histogram.EMPTY);
}
