package io.zibrato.backends;

import io.zibrato.daemon.UsageException;
import java.util.ArrayList;
import java.util.List;

/** The value of a worker's flag {@code --percentiles}. */
public final class Percentiles {
  private static final int MOST = 20;

  private Percentiles() {}

  /**
   * Each as the user wrote it, in their order.
   *
   * @param text such as {@code 50,95,99.9}; null for none
   * @throws UsageException unless all are from 0 to 100 with at most four digits after the point,
   *     none comes twice, and there are no more than {@value #MOST}
   */
  public static List<String> parse(String text) throws UsageException {
    List<String> list = new ArrayList<>();
    if (text == null) return list;
    for (String each : text.split(",", -1)) {
      String number = each.trim();
      boolean usable = number.matches("\\d{1,2}(\\.\\d{1,4})?|100") && !list.contains(number);
      if (!usable || list.size() == MOST) {
        throw UsageException.notUsable("--percentiles", text);
      }
      list.add(number);
    }
    return list;
  }
}
