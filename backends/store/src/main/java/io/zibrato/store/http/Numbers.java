package io.zibrato.store.http;

import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * Numbers as the store holds them: a {@link Long} where the value is whole, so that counts add up
 * exactly, otherwise a {@link Double}.
 */
public final class Numbers {
  /** Librato's limits: larger is refused, smaller is zero. */
  public static final double MAX = 1e126;

  public static final double MIN = 1e-130;

  private static final double MAX_WHOLE_DOUBLE = 1L << 53;
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,19}");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]{1,4})?");

  private Numbers() {}

  /** The number that the text spells; null when it spells none, or one out of range. */
  public static Number parse(String text) {
    if (text.length() > 400) {
      return null;
    }
    if (WHOLE.matcher(text).matches()) {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        return Double.parseDouble(text);
      }
    }
    return DECIMAL.matcher(text).matches() ? ofDouble(Double.parseDouble(text)) : null;
  }

  private static Number ofDouble(double value) {
    if (!(Math.abs(value) <= MAX)) {
      return null;
    }
    if (Math.abs(value) < MIN) {
      return 0L;
    }
    return wholeOr(value);
  }

  /** A Long if the double is whole and no other whole number rounds to it. */
  public static Number wholeOr(double value) {
    if (value == Math.rint(value) && Math.abs(value) < MAX_WHOLE_DOUBLE) {
      return (long) value;
    }
    return value;
  }

  public static boolean whole(Number number) {
    return number instanceof Long || number instanceof Integer;
  }

  public static int compare(Number a, Number b) {
    return whole(a) && whole(b)
        ? Long.compare(a.longValue(), b.longValue())
        : Double.compare(a.doubleValue(), b.doubleValue());
  }

  public static Number square(Number number) {
    if (whole(number)) {
      try {
        return Math.multiplyExact(number.longValue(), number.longValue());
      } catch (ArithmeticException e) {
        return number.doubleValue() * number.doubleValue();
      }
    }
    return wholeOr(number.doubleValue() * number.doubleValue());
  }

  public static Number divide(Number sum, long count) {
    if (whole(sum) && sum.longValue() % count == 0) {
      return sum.longValue() / count;
    }
    return wholeOr(sum.doubleValue() / count);
  }

  /** All digits, without an exponent, for whatever is of a size that people write so. */
  public static JsonPrimitive json(Number number) {
    if (whole(number)) {
      return new JsonPrimitive(number);
    }
    final double value = number.doubleValue();
    final double size = Math.abs(value);
    if (size >= 1e-9 && size < 1e21) {
      final BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
      return new JsonPrimitive(digits.setScale(Math.max(0, digits.scale())));
    }
    return new JsonPrimitive(value);
  }
}
