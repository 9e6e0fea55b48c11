package io.zibrato.backends.statsd;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads lines as strictly as no daemon does, and names series as the most forgetful one does. */
final class StatsdReader {
  private static final Pattern LINE =
      Pattern.compile(
          "([A-Za-z0-9_.-]{1,255}):(-?\\d+(?:\\.\\d+)?)\\|(c|g|ms|h|d)"
              + "(?:\\|@(0\\.\\d+))?(?:\\|#([A-Za-z0-9_./-]+:[A-Za-z0-9_./,:-]+))?");

  private StatsdReader() {}

  /**
   * @param rate 1 if there is none
   */
  record Line(String name, BigDecimal value, String type, double rate, String tags) {
    /** What npm's daemon calls it. */
    String key() {
      String tagged = tags.isEmpty() ? name : name + ';' + tags.replace(',', ';');
      return tagged.replaceAll("\\s+", "_").replace('/', '-').replaceAll("[^a-zA-Z_\\-0-9.;=]", "");
    }

    /** Its key after Datadog has brought name and tags to its own alphabet. */
    String datadogKey() {
      String clean = name.replaceAll("[^A-Za-z0-9_.]", "_").replaceAll("_+", "_");
      String[] all = tags.toLowerCase(java.util.Locale.ROOT).replaceAll("_+", "_").split(",");
      for (int i = 0; i < all.length; i++) all[i] = all[i].replaceFirst("_$", "");
      Arrays.sort(all);
      return clean.replace("_.", ".").replace("._", ".").replaceFirst("_$", "")
          + ' '
          + String.join(",", all);
    }
  }

  static List<Line> lines(String text) {
    List<Line> lines = new ArrayList<>();
    for (String each : text.split("\n", -1)) {
      if (!each.isEmpty()) lines.add(line(each));
    }
    return lines;
  }

  private static Line line(String text) {
    Matcher matcher = LINE.matcher(text);
    if (!matcher.matches()) throw new AssertionError("no line: " + text);
    String rate = matcher.group(4);
    String tags = matcher.group(5);
    if (tags != null) {
      for (String tag : tags.split(",", -1)) {
        if (!tag.matches("[^:]+:[^:]+")) throw new AssertionError("no tag: " + text);
      }
    }
    return new Line(
        matcher.group(1),
        new BigDecimal(matcher.group(2)),
        matcher.group(3),
        rate == null ? 1 : Double.parseDouble(rate),
        tags == null ? "" : tags);
  }
}
