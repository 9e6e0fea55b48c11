package io.zibrato.bench.footprint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Named numbers, as one process prints them for another: {@code figure name number}, a line each.
 */
final class Figures {
  private static final String WORD = "figure";

  private final Map<String, Double> byName = new LinkedHashMap<>();

  void put(String name, double figure) {
    byName.put(name, figure);
  }

  /** The figure, or not a number. */
  double of(String name) {
    return byName.getOrDefault(name, Double.NaN);
  }

  Map<String, Double> byName() {
    return Collections.unmodifiableMap(byName);
  }

  /** Takes a line that says a figure; false for any other. */
  boolean take(String line) {
    String[] words = line.split(" ");
    if (words.length != 3 || !words[0].equals(WORD)) return false;
    put(words[1], Double.parseDouble(words[2]));
    return true;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    byName.forEach(
        (name, figure) -> lines.add(String.format(Locale.ROOT, "%s %s %s", WORD, name, figure)));
    return lines;
  }

  /** The median of each figure of the first; of an even number, the higher of the two. */
  static Figures median(List<Figures> all) {
    Figures median = new Figures();
    for (String name : all.get(0).byName.keySet()) {
      double[] sorted = all.stream().mapToDouble(figures -> figures.of(name)).sorted().toArray();
      median.put(name, sorted[sorted.length / 2]);
    }
    return median;
  }
}
