package io.zibrato.backends.prometheus;

import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.SeriesPath;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What our series are called at Prometheus: no two have the same name and labels, which ones a
 * series has depends on nothing but the series, and no metric has two types.
 *
 * <p>Dots of a name become underscores. A name that could not be read back from that, as it has
 * other characters than letters, digits and dots, or does not begin with a letter or ends in a dot,
 * stands in the label {@code name} as it is. The source is the label {@code source}, tags are
 * labels of their own. Where that does not do, as tag names may not be labels, or texts are too
 * long, they are brought to what may be, and the label {@code series} has 16 hexadecimal digits
 * made from the whole series.
 */
final class PrometheusNames {
  /** What follows a timer's name for the counter of its calls. */
  static final String CALLS = "_calls";

  /** What follows a timer's name for its histogram. */
  static final String SECONDS = "_seconds";

  /** What follows a gauge's name. */
  static final String VALUE = "_value";

  private static final int MAX_NAME = 200;
  private static final int MAX_VALUE = 1000;
  // VictoriaMetrics drops labels beyond 30, with those of the metric and of ours among them.
  private static final int MAX_TAGS = 20;
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z]([A-Za-z0-9.]*[A-Za-z0-9])?");
  private static final Pattern LABEL = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,99}");
  private static final Set<String> OWN = Set.of("source", "name", "series", "le", "quantile");

  /** What our metrics, and those of their formats, end in. */
  private static final Pattern ENDING =
      Pattern.compile("(.*_)?(total|created|bucket|count|sum|info|calls|seconds|value)");

  private PrometheusNames() {}

  /**
   * A series.
   *
   * @param metric what its metrics' names begin with; ends in none of the words that those may
   * @param labels in the order of their names
   */
  record Name(String metric, SortedMap<String, String> labels) {}

  static Name of(SeriesKey key) {
    SortedMap<String, String> labels = new TreeMap<>();
    boolean told = put(labels, "source", key.source());
    String name = key.name();
    boolean plain = PLAIN.matcher(name).matches() && name.length() <= MAX_NAME;
    if (!plain) told &= name.length() <= MAX_NAME && !name.isEmpty() && put(labels, "name", name);
    int tags = 0;
    for (Map.Entry<String, String> tag : new TreeMap<>(key.tags()).entrySet()) {
      String label = tag.getKey();
      boolean usable = LABEL.matcher(label).matches() && !OWN.contains(label);
      told &= usable && !tag.getValue().isEmpty() && tags < MAX_TAGS;
      if (tags++ < MAX_TAGS)
        told &= put(labels, usable ? label : cleanLabel(label), tag.getValue());
    }
    if (!told) labels.put("series", SeriesPath.hash(key));
    return new Name(metric(name), labels);
  }

  /** False if the label is not to be told from another's. */
  private static boolean put(SortedMap<String, String> labels, String label, String value) {
    if (value.isEmpty()) return true;
    String clean = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    if (clean.length() > MAX_VALUE) clean = clean.substring(0, MAX_VALUE - 1);
    if (clean.indexOf('\0') >= 0) clean = clean.replace('\0', '_');
    // A cut may have parted two surrogates.
    clean = new String(clean.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    labels.put(label, clean);
    return clean.equals(value);
  }

  private static String cleanLabel(String label) {
    String clean = label.replaceAll("[^A-Za-z0-9_]+", "_");
    return "tag_" + clean.substring(0, Math.min(clean.length(), 100));
  }

  private static String metric(String name) {
    String clean = name.replaceAll("[^A-Za-z0-9_]", "_");
    if (clean.length() > MAX_NAME) clean = clean.substring(0, MAX_NAME);
    if (!clean.matches("[A-Za-z].*")) clean = "z_" + clean;
    return ENDING.matcher(clean).matches() ? clean + '_' : clean;
  }
}
