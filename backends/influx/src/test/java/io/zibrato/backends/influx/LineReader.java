package io.zibrato.backends.influx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the line protocol strictly, by its reference, and with no code of the encoder's. */
final class LineReader {
  private static final String IN_MEASUREMENT = "(?:[^,\\s\\\\]++|\\\\[, ])++";
  private static final String IN_TAG = "(?:[^,=\\s\\\\]++|\\\\[,= ])++";
  private static final String FIELD = "[a-z0-9_]+=-?[0-9.]+(?:E-?[0-9]+)?i?";
  private static final Pattern LINE =
      Pattern.compile(
          "(?<name>%s)(?<tags>(?:,%s=%s)*) (?<fields>%s(?:,%s)*) (?<time>-?[0-9]+)"
              .formatted(IN_MEASUREMENT, IN_TAG, IN_TAG, FIELD, FIELD));
  private static final Pattern TAG = Pattern.compile(",(%s)=(%s)".formatted(IN_TAG, IN_TAG));

  /** What a line says, with nothing escaped. */
  record Line(String name, Map<String, String> tags, Map<String, String> fields, long time) {}

  private LineReader() {}

  static List<Line> lines(String body) {
    List<Line> lines = new ArrayList<>();
    if (body.isEmpty()) return lines;
    if (!body.endsWith("\n")) throw new AssertionError("no end of line: " + body);
    for (String each : body.substring(0, body.length() - 1).split("\n", -1)) lines.add(line(each));
    return lines;
  }

  private static Line line(String text) {
    Matcher line = LINE.matcher(text);
    boolean comment = text.startsWith("#");
    if (comment || !line.matches()) throw new AssertionError("InfluxDB would refuse " + text);
    Map<String, String> tags = new TreeMap<>();
    Matcher tag = TAG.matcher(line.group("tags"));
    while (tag.find()) {
      if (tags.put(unescaped(tag.group(1)), unescaped(tag.group(2))) != null) {
        throw new AssertionError("a tag twice: " + text);
      }
    }
    Map<String, String> fields = new TreeMap<>();
    for (String field : line.group("fields").split(",")) {
      String value = field.substring(field.indexOf('=') + 1);
      if (value.endsWith("i")) Long.parseLong(value.substring(0, value.length() - 1));
      else Double.parseDouble(value);
      fields.put(field.substring(0, field.indexOf('=')), value);
    }
    return new Line(
        unescaped(line.group("name")), tags, fields, Long.parseLong(line.group("time")));
  }

  private static String unescaped(String text) {
    return text.replaceAll("\\\\([,= ])", "$1");
  }
}
