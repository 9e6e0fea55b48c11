package io.zibrato.backends.console;

import io.zibrato.backends.SeriesKey;
import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Texts and numbers as a terminal shows them. Names come from outside, and may be any text. */
final class Text {
  private static final String[] UNITS = {"s", "ms", "us", "ns"};
  private static final Set<UnicodeScript> WIDE =
      EnumSet.of(
          UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA, UnicodeScript.HANGUL);
  private static final int REPLACEMENT = 0xFFFD;

  private Text() {}

  /** Name and tags. */
  static String label(SeriesKey key) {
    StringBuilder label = new StringBuilder(key.name());
    for (Map.Entry<String, String> tag : new TreeMap<>(key.tags()).entrySet()) {
      label.append(' ').append(tag.getKey()).append('=').append(tag.getValue());
    }
    return label.toString();
  }

  /**
   * The text in exactly so many columns: cut, or filled with blanks. What would move the cursor, or
   * the text's direction, is replaced.
   */
  static String fit(String text, int columns) {
    StringBuilder fitting = new StringBuilder();
    int used = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      int shown = harmless(point) ? point : REPLACEMENT;
      if (used + width(shown) > columns) break;
      fitting.appendCodePoint(shown);
      used += width(shown);
    }
    return fitting.append(" ".repeat(columns - used)).toString();
  }

  private static boolean harmless(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK ->
          false;
      default -> true;
    };
  }

  private static int width(int point) {
    if (point >= 0xFF61 && point <= 0xFFDC) return 1; // the half of a full form
    boolean emoji = point >= 0x1F300 && point <= 0x1FAFF;
    boolean fullForm = point >= 0xFF01 && point <= 0xFF60 || point >= 0x3000 && point <= 0x303F;
    return emoji || fullForm || WIDE.contains(UnicodeScript.of(point)) ? 2 : 1;
  }

  /** Three digits, and the unit that fits; empty if it is none. */
  static String seconds(double seconds) {
    if (Double.isNaN(seconds)) return "";
    double number = seconds;
    int unit = 0;
    while (number < 1 && unit < UNITS.length - 1) {
      number *= 1000;
      unit++;
    }
    return digits(number) + ' ' + UNITS[unit];
  }

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Three digits, or all before the point; empty if it is none. */
  static String number(double number) {
    if (Double.isNaN(number)) return "";
    return Math.abs(number) < 1e12 ? digits(number) : String.format(Locale.ROOT, "%.3g", number);
  }

  private static String digits(double number) {
    double size = Math.abs(number);
    int decimals = size == 0 || size >= 99.95 ? 0 : size < 9.995 ? 2 : 1;
    return String.format(Locale.ROOT, "%,." + decimals + 'f', number);
  }
}
