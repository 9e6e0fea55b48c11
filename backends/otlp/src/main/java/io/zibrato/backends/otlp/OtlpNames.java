package io.zibrato.backends.otlp;

import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.SeriesPath;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What our series are called at OTLP: a metric's name and the attributes of its points. No two
 * series have both the same, and which ones a series has depends on nothing but the series.
 *
 * <p>A counter's metric has the name as it is, a timer's ends in {@code .time}, a gauge's in {@code
 * .value}, so that one metric has one type. The source is the attribute {@code source}. What does
 * not fit OpenTelemetry's syntax of names, or ends as those of the other kinds do, is brought to
 * it, and an attribute {@code series} with 16 hexadecimal digits made from the series keeps it
 * apart; attributes likewise.
 */
final class OtlpNames {
  static final String COUNTER = "";
  static final String TIMER = ".time";
  static final String CALLS = ".time.calls";
  static final String GAUGE = ".value";

  private static final String SOURCE = "source";
  private static final String SERIES = "series";
  private static final int MAX_NAME = 200;
  private static final int MAX_TEXT = 255;
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,199}");
  private static final Pattern OTHER_KIND = Pattern.compile(".*(\\.time|\\.time\\.calls|\\.value)");
  private static final Pattern NOT_OF_NAMES = Pattern.compile("[^A-Za-z0-9_.-]+");

  /** A metric's name, and a point's attributes, in the order of their keys. */
  record Name(String metric, Map<String, String> attributes) {}

  private OtlpNames() {}

  /**
   * @param kind one of the four
   */
  static Name of(SeriesKey key, String kind) {
    boolean plain = NAME.matcher(key.name()).matches() && !OTHER_KIND.matcher(key.name()).matches();
    Map<String, String> attributes = plain ? plain(key) : null;
    return attributes != null
        ? new Name(key.name() + kind, attributes)
        : new Name(clean(key.name()) + kind, changed(key));
  }

  /** Null where they could not be read back. */
  private static Map<String, String> plain(SeriesKey key) {
    Map<String, String> all = new TreeMap<>();
    for (Map.Entry<String, String> tag : key.tags().entrySet()) {
      if (!isPlainKey(tag.getKey()) || !isPlain(tag.getValue())) return null;
      all.put(tag.getKey(), tag.getValue());
    }
    if (key.source().isEmpty()) return all;
    if (!isPlain(key.source())) return null;
    all.put(SOURCE, key.source());
    return all;
  }

  private static Map<String, String> changed(SeriesKey key) {
    Map<String, String> all = new TreeMap<>();
    all.put(SERIES, SeriesPath.hash(key));
    if (!key.source().isEmpty()) all.put(SOURCE, cleanText(key.source()));
    for (Map.Entry<String, String> tag : new TreeMap<>(key.tags()).entrySet()) {
      String name = cleanText(tag.getKey());
      if (!isPlainKey(name)) name = "tag." + name;
      all.putIfAbsent(name, cleanText(tag.getValue()));
    }
    return all;
  }

  private static boolean isPlainKey(String key) {
    return isPlain(key) && !key.equals(SOURCE) && !key.equals(SERIES);
  }

  /** Many receivers take an empty one for none, and no encoding has half a character. */
  private static boolean isPlain(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_TEXT
        && text.codePoints().allMatch(OtlpNames::isPlain);
  }

  private static boolean isPlain(int codePoint) {
    boolean half = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    return !half && codePoint != '\uFFFD' && !Character.isISOControl(codePoint);
  }

  private static String clean(String name) {
    String clean = NOT_OF_NAMES.matcher(name).replaceAll("_");
    String begun = clean.matches("[A-Za-z].*") ? clean : 'x' + clean;
    String cut = begun.substring(0, Math.min(begun.length(), MAX_NAME));
    return OTHER_KIND.matcher(cut).matches() ? cut + '_' : cut;
  }

  private static String cleanText(String text) {
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .limit(MAX_TEXT / 2)
        .forEach(each -> clean.appendCodePoint(isPlain(each) ? each : '_'));
    return clean.length() == 0 ? "_" : clean.toString();
  }
}
