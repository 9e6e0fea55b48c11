package io.zibrato.backends;

import io.zibrato.meter.Histogram;
import io.zibrato.meter.Series;
import io.zibrato.meter.SeriesType;
import io.zibrato.wire.Frame;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** The cumulative values of one series of one instance that are booked. */
final class Booked {
  final SeriesType type;
  final SeriesKey key;
  private long sequence; // of the frame that the values are from; 0 before the first
  private long count;
  private long sumNanos;
  private Histogram histogram = Histogram.EMPTY;

  Booked(Series series) {
    this.type = series.type();
    this.key = SeriesKey.of(series);
  }

  Booked(DataInputStream in) throws IOException {
    type = SeriesType.valueOf(in.readUTF());
    key = Encoded.key(in);
    sequence = in.readLong();
    count = in.readLong();
    sumNanos = in.readLong();
    histogram = Encoded.histogram(in);
  }

  void save(DataOutputStream out) throws IOException {
    out.writeUTF(type.name());
    Encoded.write(key, out);
    out.writeLong(sequence);
    out.writeLong(count);
    out.writeLong(sumNanos);
    Encoded.write(histogram, out);
  }

  /** Whether it is the one defined, at whichever level. */
  boolean is(Series series) {
    return type == series.type()
        && key.name().equals(series.name())
        && key.source().equals(series.source())
        && key.tags().equals(series.tags());
  }

  /** What it takes of a {@link Budget}: one, and another for each KiB of name, source and tags. */
  int cost() {
    return 1 + (int) (key.approximateBytes() >> 10);
  }

  boolean isFirst() {
    return sequence == 0;
  }

  /** Whether a frame of this sequence tells anything that is not booked. */
  boolean isNews(long frameSequence) {
    return frameSequence > sequence;
  }

  boolean hasMoreThan(Frame.CounterValue value) {
    return count > value.sum();
  }

  boolean hasMoreThan(Frame.TimerValue value) {
    return count > value.count() || sumNanos > value.sumNanos();
  }

  /** Books the value, and returns what it has on top of the one before. */
  CounterTotal book(Frame.CounterValue value, long frameSequence) {
    CounterTotal added = new CounterTotal(key, value.sum() - count);
    sequence = frameSequence;
    count = value.sum();
    return added;
  }

  /**
   * Books the value, and returns what it has on top of the one before. A reading may hold a call's
   * count and not yet its time: what comes to a sum alone stays unbooked until the count grows.
   */
  TimerTotal book(Frame.TimerValue value, long frameSequence) {
    TimerTotal added =
        new TimerTotal(
            key,
            value.count() - count,
            value.sumNanos() - sumNanos,
            value.leastNanos(),
            value.mostNanos(),
            value.histogram().minus(histogram));
    sequence = frameSequence;
    if (added.count() == 0) return added;
    count = value.count();
    sumNanos = value.sumNanos();
    histogram = value.histogram();
    return added.spanningHistogram();
  }
}
