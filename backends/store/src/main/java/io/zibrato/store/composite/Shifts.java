package io.zibrato.store.composite;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the first argument of {@code timeshift()}: {@code 0,1,2w}, {@code 7d}, {@code +30m}. */
final class Shifts {
  private static final int MAX_SHIFTS = 32;
  private static final long MAX_SECONDS = 3660L * 86_400;
  private static final Pattern SHIFTS =
      Pattern.compile(" *([+-]?[0-9]{1,9}(?: *, *[+-]?[0-9]{1,9})*+) *([a-z]?) *");
  private static final Map<String, Integer> UNITS =
      Map.of("", 1, "s", 1, "m", 60, "h", 3600, "d", 86_400, "w", 604_800);

  private Shifts() {}

  /** In seconds to add to now: below zero without a plus sign. Null if they cannot be read. */
  static List<Long> parse(String text) {
    final Matcher matcher = SHIFTS.matcher(text);
    if (!matcher.matches() || !UNITS.containsKey(matcher.group(2))) {
      return null;
    }
    final List<Long> seconds = new ArrayList<>();
    for (final String number : matcher.group(1).split(",")) {
      final long shift = Long.parseLong(number.strip()) * UNITS.get(matcher.group(2));
      if (Math.abs(shift) > MAX_SECONDS || seconds.size() == MAX_SHIFTS) {
        return null;
      }
      seconds.add(number.strip().startsWith("+") ? shift : -Math.abs(shift));
    }
    return seconds;
  }
}
