package io.zibrato.backends.statvent;

import java.math.BigInteger;
import java.util.regex.Pattern;

/** Numbers as the lines of a pipe have them: {@link Long}, {@link BigInteger} or {@link Double}. */
final class Numbers {
  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,1000}");
  private static final Pattern FRACTION =
      Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?");

  private static final int MOST_CHARS = 1100;

  private Numbers() {}

  /** Null for what is no finite number, or is too long for one. */
  static Number parse(String text) {
    if (text.length() > MOST_CHARS) return null;
    if (WHOLE.matcher(text).matches()) return narrowed(new BigInteger(text.replace("+", "")));
    if (!FRACTION.matcher(text).matches()) return null;
    double value = Double.parseDouble(text);
    return Double.isFinite(value) ? (Number) value : null;
  }

  static boolean isWhole(Number number) {
    return !(number instanceof Double);
  }

  /** Whole if both are. */
  static Number sum(Number a, Number b) {
    if (isWhole(a) && isWhole(b)) return narrowed(big(a).add(big(b)));
    return finite(finite(a.doubleValue()) + finite(b.doubleValue()));
  }

  /** Of whole numbers. */
  static BigInteger difference(Number a, Number b) {
    return big(a).subtract(big(b));
  }

  private static BigInteger big(Number number) {
    return number instanceof BigInteger big ? big : BigInteger.valueOf(number.longValue());
  }

  private static Number narrowed(BigInteger number) {
    return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
  }

  /** The nearest finite one. */
  static double finite(double value) {
    return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
  }
}
