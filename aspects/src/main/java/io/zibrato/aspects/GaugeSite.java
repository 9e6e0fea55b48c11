package io.zibrato.aspects;

import io.zibrato.meter.Gauge;
import org.aspectj.lang.Signature;
import org.aspectj.lang.reflect.MethodSignature;

/** A gauge that a join point moves. */
final class GaugeSite extends Link<GaugeSite> {
  private Gauge gauge;

  GaugeSite(SiteSeries series) {
    super(series);
  }

  /**
   * Whether what a join point returns can be a number; the aspect warns of those that cannot while
   * it is woven.
   */
  static boolean suits(Signature signature) {
    return signature instanceof MethodSignature method && isNumber(method.getReturnType());
  }

  private static boolean isNumber(Class<?> type) {
    if (!type.isPrimitive()) return Number.class.isAssignableFrom(type);
    return type != void.class && type != boolean.class && type != char.class;
  }

  @Override
  void findMeter() {
    gauge = series.gauge();
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
    gauge.record(value);
    GaugeSite next = this.next;
    if (next != null) next.record(value);
  }
}
