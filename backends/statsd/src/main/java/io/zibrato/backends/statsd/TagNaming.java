package io.zibrato.backends.statsd;

import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.SeriesPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Names as Datadog has them: letters, digits, single underscores and dots, a letter first; and
 * tags, of which the source is one.
 *
 * <p>One name has one type there, so timers get {@code .time} and gauges {@code .value} appended. A
 * name that Datadog would change, or that ends as if we had appended something, is brought to its
 * alphabet, and 16 hexadecimal digits made from the series follow. Where it would change a tag, as
 * it does with upper case, or tags do not fit, a tag {@code series} has these digits.
 */
final class TagNaming implements Naming {
  private static final int MAX_NAME = 140; // of Datadog's 200, less prefix and suffix
  private static final int MAX_CUT = MAX_NAME - 17; // less an underscore and digits
  private static final int MAX_TAG = 90;
  private static final int MAX_TAGS = 700;
  private static final String SOURCE = "source";
  private static final String SERIES = "series";

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]*([_.][A-Za-z0-9]+)*");
  private static final Pattern OURS =
      Pattern.compile("(?:.*\\.)?(?:time|value|untimed)|.*_[0-9a-f]{16}");
  private static final Pattern TAG_NAME = Pattern.compile("[a-z][a-z0-9.-]*(_[a-z0-9.-]+)*");
  private static final Pattern TAG_VALUE = Pattern.compile("[a-z0-9.-]+(_[a-z0-9.-]+)*");
  private static final Pattern NOT_IN_TAGS = Pattern.compile("[^A-Za-z0-9_./-]+");

  private final String prefix;

  TagNaming(String prefix) {
    this.prefix = prefix.isEmpty() ? "" : prefix + '.';
  }

  /** Whether Datadog takes it as it is. */
  static boolean isPrefix(String text) {
    return NAME.matcher(text).matches();
  }

  @Override
  public Name of(Kind kind, SeriesKey key) {
    return new Name(prefix + name(key) + suffix(kind), tags(key));
  }

  private static String suffix(Kind kind) {
    return switch (kind) {
      case COUNTER -> "";
      case TIMER -> ".time";
      case GAUGE -> ".value";
      case UNTIMED -> ".untimed";
    };
  }

  private static String name(SeriesKey key) {
    String name = key.name();
    boolean plain =
        name.length() <= MAX_NAME && NAME.matcher(name).matches() && !OURS.matcher(name).matches();
    if (plain) return name;
    String clean =
        name.replaceAll("[^A-Za-z0-9.]+", "_")
            .replaceAll("[_.]*\\.[_.]*", ".")
            .replaceFirst("^[^A-Za-z]+", "");
    String cut = clean.substring(0, Math.min(clean.length(), MAX_CUT)).replaceFirst("[_.]$", "");
    return (cut.isEmpty() ? "series" : cut) + '_' + SeriesPath.hash(key);
  }

  private static String tags(SeriesKey key) {
    List<String> tags = new ArrayList<>();
    boolean exact = key.source().isEmpty() || isExact(SOURCE, key.source());
    if (!key.source().isEmpty()) tags.add(tag(SOURCE, key.source()));
    for (Map.Entry<String, String> each : new TreeMap<>(key.tags()).entrySet()) {
      String name = each.getKey();
      exact &= isExact(name, each.getValue()) && !name.equals(SOURCE) && !name.equals(SERIES);
      tags.add(tag(name, each.getValue()));
    }
    if (tags.isEmpty()) return "";
    String all = String.join(",", tags);
    if (exact && all.length() <= MAX_TAGS) return "|#" + all;
    return "|#" + told(tags, key);
  }

  /** As many as fit, after one that tells the series from all others. */
  private static String told(List<String> tags, SeriesKey key) {
    StringBuilder all = new StringBuilder(SERIES).append(':').append(SeriesPath.hash(key));
    for (String tag : tags) {
      if (all.length() + 1 + tag.length() <= MAX_TAGS) all.append(',').append(tag);
    }
    return all.toString();
  }

  private static boolean isExact(String name, String value) {
    return name.length() + value.length() < 2 * MAX_TAG
        && name.length() <= MAX_TAG
        && value.length() <= MAX_TAG
        && TAG_NAME.matcher(name).matches()
        && TAG_VALUE.matcher(value).matches();
  }

  private static String tag(String name, String value) {
    return clean(name) + ':' + clean(value);
  }

  private static String clean(String text) {
    if (text.isEmpty()) return "_";
    String clean = NOT_IN_TAGS.matcher(text).replaceAll("_");
    return clean.substring(0, Math.min(clean.length(), MAX_TAG));
  }
}
