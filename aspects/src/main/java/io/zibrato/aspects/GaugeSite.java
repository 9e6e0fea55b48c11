package io.zibrato.aspects;

import io.zibrato.meter.Gauge;
import org.aspectj.lang.Signature;
import org.aspectj.lang.reflect.MethodSignature;

/** A gauge that a join point moves, and the next one. */
final class GaugeSite {
  private final SiteSeries series;
  private final GaugeSite next;
  // Racy: two threads may both look the gauge up. They find the same one.
  private Gauge gauge;

  private GaugeSite(SiteSeries series, GaugeSite next) {
    this.series = series;
    this.next = next;
  }

  /**
   * Returns {@code next} alone where what is returned can be no number; the aspect warns of those
   * while it is woven.
   */
  static GaugeSite create(SiteSeries series, Signature signature, GaugeSite next) {
    if (signature instanceof MethodSignature method && isNumber(method.getReturnType())) {
      return new GaugeSite(series, next);
    }
    return next;
  }

  private static boolean isNumber(Class<?> type) {
    if (!type.isPrimitive()) return Number.class.isAssignableFrom(type);
    return type != void.class && type != boolean.class && type != char.class;
  }

  /** A number may be of the user's own class, and its value may throw: then there is none. */
  void record(Number number) {
    double value;
    try {
      value = number.doubleValue();
    } catch (Throwable e) {
      series.failed(e);
      return;
    }
    record(value);
  }

  void record(double value) {
    Gauge gauge = this.gauge;
    if (gauge != null) {
      gauge.record(value);
    } else if (series.level().wanted()) {
      recordFirst(value);
    }
    if (next != null) next.record(value);
  }

  private void recordFirst(double value) {
    try {
      gauge = series.gauge();
      gauge.record(value);
    } catch (Throwable e) {
      series.failed(e);
    }
  }
}
