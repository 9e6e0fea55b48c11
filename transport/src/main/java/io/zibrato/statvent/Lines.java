package io.zibrato.statvent;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/** The text of a listing in the making. For one thread. */
final class Lines {
  private static final int DECIMALS = 6; // as C and Python have with %f

  private final StringBuilder text = new StringBuilder(1024);
  private int inGroups;

  Lines() {
    line(Group.LISTING, Group.VERSION);
  }

  /**
   * Appends a group, unless it is empty.
   *
   * @param told what the group's own line says beside its name
   */
  void group(Group group, String told, Map<String, Number> numbers) {
    if (numbers.isEmpty()) return;
    String more = told.isEmpty() ? "" : " " + told;
    line(Group.PREFIX + group.word() + more, numbers.size());
    numbers.forEach(this::line);
    inGroups += numbers.size();
  }

  private void line(String name, Number value) {
    text.append(name).append(": ");
    if (value instanceof Double fraction) {
      text.append(
          new BigDecimal(Stat.finite(fraction))
              .setScale(DECIMALS, RoundingMode.HALF_EVEN)
              .toPlainString());
    } else {
      text.append(value.longValue());
    }
    text.append('\n');
  }

  /** The whole listing, with its last line. */
  String end() {
    line(Group.END, inGroups);
    return text.toString();
  }
}
