package io.zibrato.backends.console;

import io.zibrato.meter.Histogram;
import java.util.ArrayDeque;
import java.util.Deque;

/** What came for one series: in all, and within the window, which moves on in tenths. */
final class Recent {
  private static final int PARTS = 10;

  private static final class Part {
    final long beginNanos;
    long count;
    long timed;
    double sumNanos;
    long mostNanos;
    Histogram histogram = Histogram.EMPTY;

    Part(long beginNanos) {
      this.beginNanos = beginNanos;
    }
  }

  private final long windowNanos;
  private final Deque<Part> parts = new ArrayDeque<>();
  private long count;
  private double last = Double.NaN;

  Recent(long windowNanos) {
    this.windowNanos = windowNanos;
  }

  /** Adds so many of a counter, or of a gauge. */
  void add(long nowNanos, long more) {
    part(nowNanos).count = sum(part(nowNanos).count, more);
    count = sum(count, more);
  }

  void addValue(long nowNanos, double value) {
    add(nowNanos, 1);
    last = value;
  }

  void addTimes(long nowNanos, long more, double sumNanos, long mostNanos, Histogram histogram) {
    add(nowNanos, more);
    Part part = part(nowNanos);
    part.timed = sum(part.timed, histogram.total());
    part.sumNanos += sumNanos;
    part.mostNanos = Math.max(part.mostNanos, mostNanos);
    part.histogram = part.histogram.plus(histogram);
  }

  private Part part(long nowNanos) {
    Part newest = parts.peekLast();
    if (newest == null || nowNanos - newest.beginNanos >= windowNanos / PARTS) {
      newest = new Part(nowNanos);
      parts.addLast(newest);
    }
    forget(nowNanos);
    return newest;
  }

  private void forget(long nowNanos) {
    while (!parts.isEmpty() && nowNanos - parts.peekFirst().beginNanos >= windowNanos) {
      parts.removeFirst();
    }
  }

  /**
   * @param seconds that the window spans now
   */
  Row row(Row.Kind kind, String label, String source, long nowNanos, double seconds) {
    forget(nowNanos);
    long within = 0;
    long timed = 0;
    double sumNanos = 0;
    long mostNanos = 0;
    Histogram histogram = Histogram.EMPTY;
    for (Part part : parts) {
      within = sum(within, part.count);
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
