package io.zibrato.meter;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** What measures at one level, by name. Bounded. Any thread, and never the measuring of a value. */
final class SiteNames {
  /** Names beyond so many are counted, and not kept. */
  static final int MAX_NAMES = 1000;

  private final Set<String> names = new TreeSet<>(); // guarded by this
  private final Set<String> woven = new HashSet<>(); // the series of names' sites; guarded by this
  private int unnamed;

  /** A woven place measures in the series. */
  synchronized void add(String place, Series series) {
    if (keep(place + ' ' + text(series))) woven.add(text(series));
  }

  /** A meter was made for the series: a place by itself, unless a woven one measures in it. */
  synchronized void add(Series series) {
    if (!woven.contains(text(series))) keep(text(series));
  }

  private boolean keep(String name) {
    if (names.contains(name)) return false;
    if (names.size() < MAX_NAMES) return names.add(name);
    unnamed++;
    return false;
  }

  synchronized List<String> names() {
    return List.copyOf(names);
  }

  /** How many there are, those without a name too. */
  synchronized int count() {
    return names.size() + unnamed;
  }

  private static String text(Series series) {
    return series.type().name().toLowerCase(Locale.ROOT) + ' ' + series.name();
  }
}
