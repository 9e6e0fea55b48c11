package io.zibrato.backends.influx;

import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.SeriesPath;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * What our series are called at InfluxDB: the name is the measurement, the source the tag {@code
 * source}, tags are tags. No two series have the same key, and which one a series has depends on
 * nothing but the series.
 *
 * <p>What the line protocol carries as it is, is escaped. What it has no way to carry, or what not
 * all versions read alike (controls and other characters without a shape, backslashes, empty texts,
 * words that InfluxDB keeps for itself, texts beyond bounds), is changed, and a tag {@code series}
 * with 16 hexadecimal digits made from the series keeps it apart.
 */
final class PointKey {
  private static final String SOURCE = "source";
  private static final String SERIES = "series";
  private static final String TIME = "time";
  private static final int MAX_TEXT = 255;
  private static final int MAX_BYTES = 32_000; // InfluxDB 1 takes 65,535

  private final Map<String, String> common;

  /**
   * @param common tags that each point gets
   */
  PointKey(Map<String, String> common) {
    this.common = new TreeMap<>(common);
  }

  /** Whether it can stand as it is, as a tag of our own. */
  static boolean isTag(String key, String value) {
    return isPlainKey(key) && isPlain(value);
  }

  /** The measurement and tags of a series, escaped. */
  String of(SeriesKey key) {
    String plain = isPlainMeasurement(key.name()) ? plain(key) : null;
    if (plain != null && plain.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES) return plain;
    return changed(key);
  }

  /** Null where it could not be read back. */
  private String plain(SeriesKey key) {
    Map<String, String> tags = new TreeMap<>(common);
    for (Map.Entry<String, String> tag : key.tags().entrySet()) {
      if (!isPlainKey(tag.getKey()) || !isPlain(tag.getValue())) return null;
      if (tags.put(tag.getKey(), tag.getValue()) != null) return null;
    }
    if (!key.source().isEmpty()) {
      if (!isPlain(key.source())) return null;
      if (tags.put(SOURCE, key.source()) != null) return null;
    }
    return escaped(key.name(), tags);
  }

  private String changed(SeriesKey key) {
    Map<String, String> tags = new TreeMap<>(common);
    tags.put(SERIES, SeriesPath.hash(key));
    if (!key.source().isEmpty()) tags.putIfAbsent(SOURCE, clean(key.source()));
    int bytes = 0;
    for (Map.Entry<String, String> tag : new TreeMap<>(key.tags()).entrySet()) {
      String name = clean(tag.getKey());
      if (!isPlainKey(name) || tags.containsKey(name)) name = "tag_" + name;
      String value = clean(tag.getValue());
      bytes += 2 * (name + value).getBytes(StandardCharsets.UTF_8).length; // escaped
      if (bytes <= MAX_BYTES) tags.putIfAbsent(name, value);
    }
    String name = clean(key.name());
    return escaped(isPlainMeasurement(name) ? name : 'x' + name, tags);
  }

  private static boolean isPlainMeasurement(String name) {
    return isPlain(name) && name.charAt(0) != '#' && name.charAt(0) != '_';
  }

  /** InfluxDB keeps what begins with an underscore, and the time, for itself. */
  private static boolean isPlainKey(String key) {
    return isPlain(key)
        && key.charAt(0) != '_'
        && !key.equals(TIME)
        && !key.equals(SOURCE)
        && !key.equals(SERIES);
  }

  private static boolean isPlain(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_TEXT
        && text.codePoints().allMatch(PointKey::isPlain);
  }

  private static boolean isPlain(int codePoint) {
    if (codePoint == '\\' || codePoint == '\uFFFD') return false;
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> codePoint == ' ';
      default -> true;
    };
  }

  private static String clean(String text) {
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .limit(MAX_TEXT / 2)
        .forEach(each -> clean.appendCodePoint(isPlain(each) ? each : '_'));
    return clean.length() == 0 ? "_" : clean.toString();
  }

  private static String escaped(String name, Map<String, String> tags) {
    StringBuilder all = new StringBuilder();
    escape(all, name, false);
    tags.forEach(
        (key, value) -> {
          all.append(',');
          escape(all, key, true);
          all.append('=');
          escape(all, value, true);
        });
    return all.toString();
  }

  /** An equals sign needs it in tags, and must not have it in a measurement. */
  private static void escape(StringBuilder all, String text, boolean tag) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ',' || c == ' ' || tag && c == '=') all.append('\\');
      all.append(c);
    }
  }
}
