package io.zibrato.librato;

import java.math.BigDecimal;

/** A decimal number whose text has all of its digits, and no exponent. */
final class PlainNumber extends Number {
  private static final long serialVersionUID = 1L;

  /** A double has none beyond; a text without an exponent would be as long as that. */
  private static final int MAX_SCALE = 1100;

  private final BigDecimal decimal;

  PlainNumber(BigDecimal decimal) {
    Json.finite("a number", decimal);
    if (Math.abs((long) decimal.scale()) > MAX_SCALE) {
      throw new IllegalArgumentException("a number has too many digits: " + decimal);
    }
    this.decimal = decimal;
  }

  @Override
  public int intValue() {
    return decimal.intValue();
  }

  @Override
  public long longValue() {
    return decimal.longValue();
  }

  @Override
  public float floatValue() {
    return decimal.floatValue();
  }

  @Override
  public double doubleValue() {
    return decimal.doubleValue();
  }

  @Override
  public String toString() {
    return decimal.toPlainString();
  }
}
