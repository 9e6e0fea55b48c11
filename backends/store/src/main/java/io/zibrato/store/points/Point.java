package io.zibrato.store.points;

import io.zibrato.store.http.Numbers;

/**
 * What was measured of one series in one span of time, added up. The same form holds one
 * measurement and a year of them.
 */
public final class Point {
  private static final int SINGLE = 1;
  private static final int COUNTER = 2;
  private static final int FLAG_BITS = 2;

  private long time;
  // The value that a counter stood at last, and when; null if no measurement was of a counter.
  private Number last;
  private long lastTime;
  // Not null while this is one sample: then it is the sum, the least and the greatest too.
  private Number single;
  private long count = 1;
  private Sum sum;
  private Sum sumSquares;
  private Number min;
  private Number max;

  private Point(long time) {
    this.time = time;
    this.lastTime = time;
  }

  /** One sample; a counter's is what it stood at. */
  public static Point single(long time, Number value, boolean counter) {
    final Point point = new Point(time);
    point.single = value;
    point.last = counter ? value : null;
    return point;
  }

  /** A summary of a gauge; null is for what it does not tell. */
  public static Point summary(
      long time, long count, Number sum, Number min, Number max, Number sumSquares) {
    final Point point = new Point(time);
    point.count = count;
    point.sum = Sum.of(sum);
    point.sumSquares = sumSquares == null ? null : Sum.of(sumSquares);
    point.min = min;
    point.max = max;
    return point;
  }

  /** When its span begins, in epoch seconds. */
  public long time() {
    return time;
  }

  void time(long spanStart) {
    time = spanStart;
  }

  public long count() {
    return count;
  }

  /** Not null if it is one sample, which then is the sum, the least and the greatest too. */
  public Number single() {
    return single;
  }

  public Number sum() {
    return single != null ? single : sum.total();
  }

  /** Null if not every measurement told. */
  public Number min() {
    return single != null ? single : min;
  }

  /** Null if not every measurement told. */
  public Number max() {
    return single != null ? single : max;
  }

  /** Null if not every measurement told. */
  public Number sumSquares() {
    if (single != null) {
      return Numbers.square(single);
    }
    return sumSquares == null ? null : sumSquares.total();
  }

  public Number mean() {
    return single != null ? single : Numbers.divide(sum.total(), count);
  }

  /** What a counter last stood at, a gauge's mean. */
  public Number value() {
    return last != null ? last : mean();
  }

  /** A copy, of a counter that stands at {@code value}. */
  public Point standingAt(Number value) {
    final Point copy = copy();
    copy.expand();
    copy.last = value;
    return copy;
  }

  /** A copy that shares nothing with this. */
  public Point copy() {
    final Point copy = new Point(time);
    copy.last = last;
    copy.lastTime = lastTime;
    copy.single = single;
    copy.count = count;
    copy.min = min;
    copy.max = max;
    if (single == null) {
      copy.sum = new Sum();
      copy.sum.add(sum);
      copy.sumSquares = sumSquares == null ? null : new Sum();
      if (sumSquares != null) {
        copy.sumSquares.add(sumSquares);
      }
    }
    return copy;
  }

  /** Adds what came later; of two last values of the same second the added one is the last. */
  public void add(Point other) {
    expand();
    count = sum(count, other.count);
    if (other.single != null) {
      sum.add(other.single);
    } else {
      sum.add(other.sum);
    }
    min = min == null || other.min() == null ? null : lesser(other.min());
    max = max == null || other.max() == null ? null : greater(other.max());
    if (other.single != null && sumSquares != null) {
      sumSquares.add(Numbers.square(other.single));
    } else if (other.sumSquares == null) {
      sumSquares = null;
    } else if (sumSquares != null) {
      sumSquares.add(other.sumSquares);
    }
    if (other.last != null && (last == null || other.lastTime >= lastTime)) {
      last = other.last;
      lastTime = other.lastTime;
    }
  }

  /** As many as can be told, where there are more. */
  private static long sum(long a, long b) {
    final long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  private Number lesser(Number other) {
    return Numbers.compare(other, min) < 0 ? other : min;
  }

  private Number greater(Number other) {
    return Numbers.compare(other, max) > 0 ? other : max;
  }

  private void expand() {
    if (single == null) {
      return;
    }
    sum = Sum.of(single);
    sumSquares = Sum.of(Numbers.square(single));
    min = single;
    max = single;
    single = null;
  }

  /*
   * A point's bytes, after its time, which is left to whom it belongs to:
   *
   *   flags   1 one sample, 2 of a counter, if only in part; beside them the bits that the caller has room for
   *   one sample: its value          else: count, sum, min, max, sum of squares
   *   of a counter: the last value (unless it is one sample), and how long after the span's start
   */
  void write(Bytes out, long beside) {
    out.varint(beside << FLAG_BITS | (single != null ? SINGLE : 0) | (last != null ? COUNTER : 0));
    if (single != null) {
      out.number(single);
    } else {
      out.varint(count);
      sum.write(out);
      out.number(min);
      out.number(max);
      if (sumSquares == null) {
        out.number(null);
      } else {
        sumSquares.write(out);
      }
    }
    if (last != null) {
      if (single == null) {
        out.number(last);
      }
      out.varint(lastTime - time);
    }
  }

  /** What was written beside the flags. */
  static long beside(long flags) {
    return flags >>> FLAG_BITS;
  }

  static Point read(ByteCursor in, long flags, long time) {
    final Point point = new Point(time);
    if ((flags & SINGLE) != 0) {
      point.single = in.number();
    } else {
      point.count = in.varint();
      point.sum = Sum.read(in);
      point.min = in.number();
      point.max = in.number();
      point.sumSquares = Sum.read(in);
    }
    if ((flags & COUNTER) != 0) {
      point.last = point.single != null ? point.single : in.number();
      point.lastTime = time + in.varint();
    }
    return point;
  }
}
