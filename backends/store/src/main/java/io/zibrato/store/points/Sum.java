package io.zibrato.store.points;

import io.zibrato.store.http.Numbers;

/** A running sum: exact for whole numbers up to the range of a long, compensated for the rest. */
final class Sum {
  private long whole;
  private double rest;
  private double compensation;
  private boolean exact = true;

  static Sum of(Number number) {
    final Sum sum = new Sum();
    sum.add(number);
    return sum;
  }

  void add(Number number) {
    if (Numbers.whole(number)) {
      addWhole(number.longValue());
    } else {
      addRest(number.doubleValue());
    }
  }

  void add(Sum other) {
    addWhole(other.whole);
    if (!other.exact) {
      addRest(other.rest);
      addRest(other.compensation);
    }
  }

  private void addWhole(long value) {
    final long sum = whole + value;
    if (((whole ^ sum) & (value ^ sum)) < 0) {
      addRest(whole);
      whole = value;
    } else {
      whole = sum;
    }
  }

  /** Neumaier's variant of Kahan's sum. */
  private void addRest(double value) {
    exact = false;
    final double sum = rest + value;
    compensation += Math.abs(rest) >= Math.abs(value) ? (rest - sum) + value : (value - sum) + rest;
    rest = sum;
  }

  Number total() {
    if (exact) {
      return whole;
    }
    final double fraction = rest + compensation;
    return Numbers.wholeOr(whole + fraction);
  }

  void write(Bytes out) {
    if (exact) {
      out.number(whole);
    } else if (whole == 0 && compensation == 0) {
      out.number(rest);
    } else {
      out.put(Bytes.SUM);
      out.zigzag(whole);
      out.fixed(rest);
      out.fixed(compensation);
    }
  }

  /** What {@link #write} wrote; null where a null number was written instead. */
  static Sum read(ByteCursor in) {
    final int kind = in.peek();
    if (kind != Bytes.SUM) {
      final Number number = in.number();
      return number == null ? null : of(number);
    }
    in.next();
    final Sum sum = new Sum();
    sum.whole = in.zigzag();
    sum.rest = in.fixed();
    sum.compensation = in.fixed();
    sum.exact = false;
    return sum;
  }
}
