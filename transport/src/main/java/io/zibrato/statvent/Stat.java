package io.zibrato.statvent;

import io.zibrato.meter.Counter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.Supplier;

/**
 * One number that is added to and set. Any thread; adding whole numbers costs what a counter costs,
 * setting makes one small object.
 */
final class Stat {
  /*
   * The value is what was set last, and what was added since: up, less down, which are counters that only rise, and so are taken from where they stood when it was set; and
   * fractions, which are collected in an adder that is new with each setting.
   * An addition that meets a setting comes before it or after it, never half.
   */
  private static final Base ZERO = new Base(0, 0, false, null, 0, 0);
  private static final VarHandle BASE;

  static {
    try {
      BASE = MethodHandles.lookup().findVarHandle(Stat.class, "base", Base.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** What was set, and where the counters stood then. */
  private record Base(
      long whole,
      double fraction,
      boolean fractional,
      DoubleAdder fractions,
      long upThen,
      long downThen) {}

  private final Supplier<Counter> cells;
  private volatile Base base = ZERO;
  private volatile Counter up;
  private volatile Counter down;

  /**
   * @param cells makes a counter
   */
  Stat(Supplier<Counter> cells) {
    this.cells = cells;
  }

  void incr(long n) {
    if (n >= 0) {
      Counter up = this.up;
      (up != null ? up : makeUp()).incrementWanted(n);
    } else {
      Counter down = this.down;
      (down != null ? down : makeDown()).incrementWanted(n == Long.MIN_VALUE ? Long.MAX_VALUE : -n);
    }
  }

  /** Adds what is no NaN and no infinity. */
  void incrFraction(double n) {
    Base base = this.base;
    while (base.fractions == null) {
      Base fractional =
          new Base(base.whole, base.fraction, true, new DoubleAdder(), base.upThen, base.downThen);
      BASE.compareAndSet(this, base, fractional);
      base = this.base;
    }
    base.fractions.add(n);
  }

  void set(long value) {
    base = new Base(value, 0, false, null, sum(up), sum(down));
  }

  /** Sets what is no NaN and no infinity. */
  void setFraction(double value) {
    base = new Base(0, value, true, null, sum(up), sum(down));
  }

  private static long sum(Counter counter) {
    return counter == null ? 0 : counter.sum();
  }

  private synchronized Counter makeUp() {
    if (up == null) up = cells.get();
    return up;
  }

  private synchronized Counter makeDown() {
    if (down == null) down = cells.get();
    return down;
  }

  /** Whether anything was ever added. */
  boolean added() {
    return up != null || down != null || base.fractions != null;
  }

  /** The nearest finite one; 0 for what is no number, the sum of both infinities. */
  static double finite(double value) {
    if (Double.isNaN(value)) return 0;
    return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
  }

  /** A {@link Long} or a {@link Double}, which stop at either end. */
  Number value() {
    while (true) {
      Base base = this.base;
      long rise = sum(up) - base.upThen - (sum(down) - base.downThen);
      double fractions = base.fractions == null ? 0 : base.fractions.sum();
      if (base != this.base) continue;
      if (base.fractional) return finite(base.fraction + fractions + base.whole + rise);
      long value = base.whole + rise;
      boolean over = ((base.whole ^ value) & (rise ^ value)) < 0;
      return over ? (rise < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : value;
    }
  }
}
