package io.zibrato.meter;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What tells one stream of numbers from another.
 *
 * @param level 1 to 64 bytes of UTF-8, without NUL; what workers subscribe by
 * @param name 1 to 255 characters
 * @param source 0 to 255 characters
 * @param tags at most 50, sorted by key; keys 1 to 255 characters, values 0 to 255
 * @throws IllegalArgumentException naming the part that is out of bounds, and its value
 */
public record Series(
    String level, SeriesType type, String name, String source, Map<String, String> tags) {
  public static final int MAX_LEVEL_BYTES = 64;
  public static final int MAX_TEXT = 255;
  public static final int MAX_TAGS = 50;

  public Series {
    checkLevel(level);
    if (type == null) throw new NullPointerException("type == null");
    checkText("name", name, 1);
    checkText("source", source, 0);
    if (tags == null) throw new NullPointerException("tags == null");
    if (tags.size() > MAX_TAGS) {
      throw new IllegalArgumentException("more than " + MAX_TAGS + " tags: " + tags.size());
    }
    tags.forEach(
        (key, value) -> {
          checkText("tag key", key, 1);
          checkText("tag value", value, 0);
        });
    tags = tags.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  public Series(String level, SeriesType type, String name, String source) {
    this(level, type, name, source, Map.of());
  }

  /**
   * Tags from their {@code key=value} form.
   *
   * @throws IllegalArgumentException for one without a key or without {@code =}
   */
  public static Map<String, String> tags(List<String> pairs) {
    Map<String, String> tags = new TreeMap<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1) throw new IllegalArgumentException("tag is not key=value: " + quoted(pair));
      tags.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return tags;
  }

  /** Returns {@code level}, when it can be one. */
  public static String checkLevel(String level) {
    if (level == null) throw new NullPointerException("level == null");
    int bytes = level.getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0 || bytes > MAX_LEVEL_BYTES || level.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "level not of 1 to " + MAX_LEVEL_BYTES + " bytes without NUL: " + quoted(level));
    }
    return level;
  }

  private static void checkText(String what, String text, int least) {
    if (text == null) throw new NullPointerException(what + " == null");
    if (text.length() < least || text.length() > MAX_TEXT) {
      throw new IllegalArgumentException(
          what + " not of " + least + " to " + MAX_TEXT + " characters: " + quoted(text));
    }
  }

  private static String quoted(String text) {
    return text.length() <= 80
        ? '"' + text + '"'
        : '"' + text.substring(0, 80) + "...\" (" + text.length() + " characters)";
  }
}
