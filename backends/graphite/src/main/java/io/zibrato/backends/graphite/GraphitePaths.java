package io.zibrato.backends.graphite;

import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.SeriesPath;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What our series are called at Graphite: a path by the rule of {@link SeriesPath}, and a last word
 * that tells what is measured: {@code count} of counters, {@code value} of gauges, and {@code
 * timer.count}, {@code timer.sum} and so on of timers.
 *
 * <p>Tags go into the path, or follow it as Graphite's own, {@code ;key=value}. Of these, what
 * Graphite or a tool behind it might not take as it is, is brought to {@code A-Za-z0-9_.-}, and a
 * tag {@code series} with 16 hexadecimal digits made from the series keeps it apart.
 */
final class GraphitePaths {
  static final String TIMER = "timer";

  private static final int MAX_PATH = 600;
  private static final int MAX_TAG = 100;
  private static final int MAX_TAGS = 1000;
  private static final String SERIES = "series";
  private static final Set<String> OWN = Set.of("name", SERIES);
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

  private final SeriesPath path;
  private final boolean tagged;

  GraphitePaths(String prefix, String template, boolean tagged) {
    this.path = new SeriesPath(prefix, template, MAX_PATH, !tagged, Set.of(TIMER));
    this.tagged = tagged;
  }

  /**
   * A series.
   *
   * @param last what comes last in its path, tags aside
   */
  String of(SeriesKey key, String last) {
    return path.of(key) + '.' + last + (tagged ? tags(key) : "");
  }

  private static String tags(SeriesKey key) {
    StringBuilder all = new StringBuilder();
    boolean plain = true;
    for (Map.Entry<String, String> tag : new TreeMap<>(key.tags()).entrySet()) {
      plain &= isPlain(tag.getKey()) && isPlain(tag.getValue()) && !OWN.contains(tag.getKey());
      all.append(';').append(tag.getKey()).append('=').append(tag.getValue());
    }
    return plain && all.length() <= MAX_TAGS ? all.toString() : told(key);
  }

  private static boolean isPlain(String text) {
    return PLAIN.matcher(text).matches();
  }

  /** As many as fit, after the one that tells the series from all others. */
  private static String told(SeriesKey key) {
    StringBuilder all = new StringBuilder(";" + SERIES + '=' + SeriesPath.hash(key));
    for (Map.Entry<String, String> tag : new TreeMap<>(key.tags()).entrySet()) {
      if (OWN.contains(tag.getKey())) continue;
      String text = ';' + clean(tag.getKey()) + '=' + clean(tag.getValue());
      if (all.length() + text.length() <= MAX_TAGS) all.append(text);
    }
    return all.toString();
  }

  private static String clean(String text) {
    String clean = text.replaceAll("[^A-Za-z0-9_.-]+", "_");
    return clean.isEmpty() ? "_" : clean.substring(0, Math.min(clean.length(), MAX_TAG));
  }
}
