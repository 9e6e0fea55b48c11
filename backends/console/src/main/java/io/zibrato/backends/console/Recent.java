package io.zibrato.backends.console;

import io.zibrato.backends.TimerTotal;
import io.zibrato.meter.Histogram;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What came for one series: in all, and within the window. What is kept for that are intervals, of
 * which several within a tenth of the window are one; of one that the window begins in, a part of
 * the count is within.
 */
final class Recent {
  private static final int PARTS = 10;

  private static final class Part {
    final long fromNanos;
    long toNanos;
    long count;
    long timed;
    double sumNanos;
    long mostNanos;
    Histogram histogram = Histogram.EMPTY;

    Part(long fromNanos) {
      this.fromNanos = fromNanos;
    }

    double countSince(long nanos) {
      double share = (double) (toNanos - nanos) / (toNanos - fromNanos);
      return share < 1 ? count * share : count;
    }
  }

  private final long windowNanos;
  private final Deque<Part> parts = new ArrayDeque<>();
  private long count;
  private double last = Double.NaN;

  Recent(long windowNanos) {
    this.windowNanos = windowNanos;
  }

  /** Adds so many of a counter, or of a gauge, that came from one time to another. */
  void add(long fromNanos, long toNanos, long more) {
    Part part = part(fromNanos, toNanos);
    part.count = sum(part.count, more);
    count = sum(count, more);
  }

  void addValue(long fromNanos, long toNanos, double value) {
    add(fromNanos, toNanos, 1);
    last = value;
  }

  void addTimes(long fromNanos, long toNanos, TimerTotal timer) {
    add(fromNanos, toNanos, timer.count());
    Part part = parts.getLast();
    part.timed = sum(part.timed, timer.histogram().total());
    part.sumNanos += timer.sumNanos();
    part.mostNanos = Math.max(part.mostNanos, timer.mostNanos());
    part.histogram = part.histogram.plus(timer.histogram());
  }

  /** The newest, which then is up to that time. */
  private Part part(long fromNanos, long toNanos) {
    Part newest = parts.peekLast();
    boolean same = newest != null && newest.toNanos == toNanos;
    if (!same && (newest == null || toNanos - newest.fromNanos > windowNanos / PARTS)) {
      newest = new Part(fromNanos);
      parts.addLast(newest);
    }
    newest.toNanos = toNanos;
    forget(toNanos - windowNanos);
    return newest;
  }

  private void forget(long untilNanos) {
    while (!parts.isEmpty() && parts.peekFirst().toNanos - untilNanos <= 0) parts.removeFirst();
  }

  /**
   * @param untilNanos when the window ends
   * @param seconds that it spans
   */
  Row row(Row.Kind kind, String label, String source, long untilNanos, double seconds) {
    long sinceNanos = untilNanos - windowNanos;
    forget(sinceNanos);
    double within = 0;
    long timed = 0;
    double sumNanos = 0;
    long mostNanos = 0;
    Histogram histogram = Histogram.EMPTY;
    for (Part part : parts) {
      within += part.countSince(sinceNanos);
      timed = sum(timed, part.timed);
      sumNanos += part.sumNanos;
      mostNanos = Math.max(mostNanos, part.mostNanos);
      histogram = histogram.plus(part.histogram);
    }
    double value = last;
    if (kind == Row.Kind.TIMER) value = timed == 0 ? Double.NaN : sumNanos / timed / 1e9;
    return new Row(kind, label, source, count, within / seconds, value, mostNanos, histogram);
  }

  private static long sum(long a, long b) {
    return a + b < 0 ? Long.MAX_VALUE : a + b;
  }
}
