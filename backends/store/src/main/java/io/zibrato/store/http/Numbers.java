package io.zibrato.store.http;

import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;

/**
 * Numbers as the store holds them: a {@link Long} where the value is whole, so that counts add up
 * exactly, otherwise a {@link Double}.
 */
public final class Numbers {
  /** Librato's limits: larger is refused, smaller is zero. */
  public static final double MAX = 1e126;

  public static final double MIN = 1e-130;

  private static final double MAX_WHOLE_DOUBLE = 1L << 53;
  private static final int MAX_WHOLE_DIGITS = 19;
  private static final int MAX_EXPONENT_DIGITS = 4;

  private Numbers() {}

  /** The number that the text spells; null when it spells none, or one out of range. */
  public static Number parse(String text) {
    if (text.length() > 400) {
      return null;
    }
    final int sign = text.startsWith("-") ? 1 : 0;
    final int digits = digits(text, sign);
    if (digits > sign && digits == text.length() && digits - sign <= MAX_WHOLE_DIGITS) {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        return Double.parseDouble(text);
      }
    }
    return decimal(text) ? ofDouble(Double.parseDouble(text)) : null;
  }

  /** Digits, perhaps with a sign, a point among or beside them, and an exponent. */
  private static boolean decimal(String text) {
    final int start = signed(text, 0);
    int end = digits(text, start);
    int count = end - start;
    if (end < text.length() && text.charAt(end) == '.') {
      final int point = end + 1;
      end = digits(text, point);
      count += end - point;
    }
    if (count == 0 || end == text.length()) {
      return count > 0;
    }
    if (text.charAt(end) != 'e' && text.charAt(end) != 'E') {
      return false;
    }
    final int exponent = signed(text, end + 1);
    end = digits(text, exponent);
    return end == text.length() && end > exponent && end - exponent <= MAX_EXPONENT_DIGITS;
  }

  private static int signed(String text, int at) {
    final boolean sign = at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+');
    return sign ? at + 1 : at;
  }

  /** Past the digits from there on. */
  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
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

  public static Number subtract(Number from, Number number) {
    if (whole(from) && whole(number)) {
      try {
        return Math.subtractExact(from.longValue(), number.longValue());
      } catch (ArithmeticException e) {
        return from.doubleValue() - number.doubleValue();
      }
    }
    return wholeOr(from.doubleValue() - number.doubleValue());
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
