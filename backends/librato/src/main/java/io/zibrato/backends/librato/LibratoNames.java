package io.zibrato.backends.librato;

import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.GaugeValue;
import io.zibrato.backends.Memory;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.TimerTotal;
import io.zibrato.librato.MetricNames;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What our series are called at Librato.
 *
 * <p>Librato knows a name and a source, of at most 255 characters out of {@code A-Za-z0-9.:-_}, and
 * does not tell upper from lower case in names. Every run of other characters becomes one {@code
 * -}, an empty name too. There are no tags: each becomes {@code key-value}, in the order of the
 * keys, joined to the source by dots. And there is one kind of number to a name and source. So two
 * series may come to the same.
 *
 * <p>The first that does has this plain name, and keeps it: names are given as an interval is
 * closed, and kept in the worker's state by the transaction that keeps the interval, so that a
 * series is called the same for as long as the state is there. Of several that are new in one
 * interval one that needs no change is first, then a counter before a gauge before a timer, then
 * the text decides. Another series gets something appended: {@code .counter}, {@code .gauge} or
 * {@code .timer} where only the kind differs, else a dash and 12 hexadecimal digits made from what
 * it really is. No two are ever merged.
 *
 * <p>Any thread.
 */
final class LibratoNames implements Memory {
  static final int MAX_LENGTH = 255;
  static final String COUNTER = "counter";
  static final String GAUGE = "gauge";
  static final String TIMER = "timer";
  private static final int HASH_DIGITS = 12;
  private static final long DAY_MILLIS = 86_400_000;
  private static final Logger LOG = System.getLogger(LibratoNames.class.getName());

  /** A series as Librato knows it; an empty source is none. */
  record Name(String name, String source) {
    private Digest digest() {
      return Digest.of(List.of(name.toLowerCase(Locale.ROOT), source));
    }
  }

  /**
   * A series as we know it.
   *
   * @param suffix goes after the name; empty but for percentiles
   */
  private record Original(String kind, String suffix, SeriesKey key) {}

  /** A series without a name, in the order in which they get one. */
  private record Unnamed(boolean changed, Original original) implements Comparable<Unnamed> {
    private static final Comparator<Unnamed> PRECEDENCE =
        Comparator.comparing(Unnamed::changed)
            .thenComparing(each -> each.original.kind())
            .thenComparing(each -> each.original.suffix())
            .thenComparing(each -> each.original.key().name())
            .thenComparing(each -> each.original.key().source())
            .thenComparing(each -> new TreeMap<>(each.original.key().tags()).toString())
            .thenComparing(each -> digest(each.original));

    @Override
    public int compareTo(Unnamed other) {
      return PRECEDENCE.compare(this, other);
    }
  }

  private final String prefix;
  private final List<String> percentiles;
  private final NameClaims claims;
  private boolean said;

  /**
   * @param percentiles those of each timer that get names of their own
   */
  LibratoNames(String prefix, List<String> percentiles) {
    this(prefix, percentiles, new NameClaims(NameClaims.mostIn(Runtime.getRuntime().maxMemory())));
  }

  LibratoNames(String prefix, List<String> percentiles, NameClaims claims) {
    this.prefix = prefix.isEmpty() ? "" : prefix + '.';
    this.percentiles = List.copyOf(percentiles);
    this.claims = claims;
  }

  static boolean isName(String text) {
    return text.matches("[A-Za-z0-9.:_-]{1,255}");
  }

  /** The day on which an interval ended, since 1970. */
  static int day(Snapshot interval) {
    return (int) Math.floorDiv(interval.endMillis(), DAY_MILLIS);
  }

  /**
   * The name of a series; a new one's is given now.
   *
   * @param kind one of the three
   * @param day on which it was measured
   */
  synchronized Name of(String kind, SeriesKey key, int day) {
    return name(new Original(kind, "", key), day);
  }

  /** The name of a timer's percentile. */
  synchronized Name ofPercentile(String percentile, SeriesKey key, int day) {
    return name(new Original(TIMER, ".p" + percentile, key), day);
  }

  /** Gives names to the series that are new in it. */
  @Override
  public synchronized void closed(Snapshot interval) {
    int day = day(interval);
    Set<Unnamed> unnamed = new TreeSet<>();
    for (CounterTotal counter : interval.counters()) {
      note(new Original(COUNTER, "", counter.key()), day, unnamed);
    }
    for (GaugeValue gauge : interval.gauges()) {
      note(new Original(GAUGE, "", gauge.key()), day, unnamed);
    }
    for (TimerTotal timer : interval.timers()) {
      note(new Original(TIMER, "", timer.key()), day, unnamed);
      if (timer.timed() == 0) continue;
      for (String each : percentiles) {
        note(new Original(TIMER, ".p" + each, timer.key()), day, unnamed);
      }
    }
    for (Unnamed each : unnamed) name(each.original(), day);
  }

  private void note(Original original, int day, Set<Unnamed> unnamed) {
    Name plain = plain(original);
    if (claims.holds(digest(original), plain.digest(), day)) return;
    if (unnamed.size() == claims.most()) return; // there cannot be room for so many
    SeriesKey key = original.key();
    Name unchanged = new Name(prefix + key.name() + original.suffix(), key.source());
    unnamed.add(new Unnamed(!plain.equals(unchanged), original));
  }

  private Name name(Original original, int day) {
    Digest series = digest(original);
    Name plain = plain(original);
    if (claims.holds(series, plain.digest(), day)) return plain;
    Name byKind = new Name(cut(original, '.' + original.kind()), plain.source());
    if (claims.holds(series, byKind.digest(), day)) return byKind;
    Name byHash = new Name(cut(original, '-' + series.digits(HASH_DIGITS)), plain.source());
    if (claims.holds(series, byHash.digest(), day)) return byHash;

    long key = Digest.of(texts(original.key())).high();
    if (claims.take(plain.digest(), series, key, day)) return plain;
    boolean sameKey = claims.isHeldByKey(plain.digest(), key);
    if (sameKey && claims.take(byKind.digest(), series, key, day)) return told(original, byKind);
    if (claims.take(byHash.digest(), series, key, day)) return told(original, byHash);
    // There is no more room, or somebody made up the very name.
    return claims.isHeld(byHash.digest())
        ? new Name(cut(original, '-' + series.digits(Digest.MAX_DIGITS)), plain.source())
        : byHash;
  }

  private Name told(Original original, Name name) {
    Level level = said ? Level.DEBUG : Level.INFO;
    if (LOG.isLoggable(level)) {
      LOG.log(
          level,
          "the {0} of {1} is called {2} at Librato, since another has its plain name",
          original.kind() + original.suffix(),
          original.key(),
          name.name());
    }
    said = true;
    return name;
  }

  private Name plain(Original original) {
    return new Name(cut(original, ""), cut(source(original.key()), ""));
  }

  /** With what tells it apart, and the suffix, in whole. */
  private String cut(Original original, String apart) {
    String name = original.key().name();
    return cut(prefix + (name.isEmpty() ? "-" : name), apart + original.suffix());
  }

  private static String cut(String text, String suffix) {
    String clean = isClean(text) ? text : MetricNames.sanitizeMetricName(text);
    return clean.substring(0, Math.min(clean.length(), MAX_LENGTH - suffix.length())) + suffix;
  }

  /** As most are; asked for each measurement, so without a pattern. */
  private static boolean isClean(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean ours =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '-' && c <= ':' && c != '/') // - . 0-9 :
              || c == '_';
      if (!ours) return false;
    }
    return true;
  }

  private static String source(SeriesKey key) {
    if (key.tags().isEmpty()) return key.source();
    StringBuilder source = new StringBuilder(key.source());
    new TreeMap<>(key.tags())
        .forEach(
            (tag, value) -> {
              if (source.length() > 0) source.append('.');
              source.append(tag).append('-').append(value);
            });
    return source.toString();
  }

  private static Digest digest(Original original) {
    List<String> texts = texts(original.key());
    texts.add(original.kind());
    texts.add(original.suffix());
    return Digest.of(texts);
  }

  private static List<String> texts(SeriesKey key) {
    List<String> texts = new ArrayList<>();
    texts.add(key.name());
    texts.add(key.source());
    if (key.tags().isEmpty()) return texts;
    new TreeMap<>(key.tags())
        .forEach(
            (tag, value) -> {
              texts.add(tag);
              texts.add(value);
            });
    return texts;
  }

  @Override
  public synchronized void recall(byte[] key, byte[] value) {
    claims.recall(key, value);
  }

  @Override
  public synchronized void save(Sink sink) throws IOException {
    claims.save(sink);
  }

  @Override
  public synchronized void saved() {
    claims.saved();
  }
}
