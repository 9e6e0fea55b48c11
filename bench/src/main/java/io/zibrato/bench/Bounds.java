package io.zibrato.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a call may cost at most, and whether it does. */
final class Bounds {
  /**
   * What JMH shows for nothing: its own iterations and the publisher's rounds allocate a little.
   */
  static final double NOTHING_BYTES = 0.05;

  /** The shape whose object is not ours to count. */
  private static final String CONSTRUCTOR = "constructor";

  private static final String PLAIN = "Floors.plain";
  private static final String ADDER = "Floors.longAdder";
  private static final String CLOCK = "Floors.twoNanoTimes";
  private static final double COUNT_ONE_THREAD = 1.25;
  private static final double COUNT_TWO_THREADS = 1.1;
  private static final double TIME = 1.12;
  private static final String BY_NAME = "ByCalls.countByName";
  private static final String STAT = "ByCalls.statIncr";
  private static final double STAT_BY_NAME = 1.1;
  private static final double UNWANTED_NANOS = 1.0;
  private static final double SAMPLED_NANOS = 8;
  private static final double GAUGE_NANOS = 60;

  private final List<Measured> all;
  private final Set<String> names;
  private final List<Verdict> verdicts = new ArrayList<>();

  private Bounds(List<Measured> all, Set<String> names) {
    this.all = all;
    this.names = names;
  }

  /**
   * One verdict for each bound on what was to be measured, under each JDK.
   *
   * @param names what was to be measured; what is missing in {@code all} keeps no bound
   */
  static List<Verdict> verdicts(List<Measured> all, Set<String> names) {
    Bounds bounds = new Bounds(all, names);
    for (String jdk : all.stream().map(Measured::jdk).distinct().sorted().toList()) {
      for (String way : List.of("CompileTime", "LoadTime")) {
        for (int threads = 1; threads <= 2; threads++) bounds.woven(jdk, way, threads);
        bounds.shapes(jdk, way);
      }
      for (int threads = 1; threads <= 2; threads++) bounds.byCalls(jdk, threads);
    }
    return bounds.verdicts;
  }

  private void woven(String jdk, String way, int threads) {
    double count = threads == 1 ? COUNT_ONE_THREAD : COUNT_TWO_THREADS;
    ratio(jdk, threads, way + ".count", ADDER, count);
    ratio(jdk, threads, way + ".time", CLOCK, TIME);
    above(jdk, threads, way + ".countUnwanted");
    above(jdk, threads, way + ".timeUnwanted");
    nanos(jdk, threads, way + ".timeSampled", SAMPLED_NANOS);
    nanos(jdk, threads, way + ".gauge", GAUGE_NANOS);
    nothing(jdk, threads, way + '.', way + ", any of these");
  }

  private void shapes(String jdk, String way) {
    nothing(jdk, 1, way + "Shapes.", way + ", any of its shapes");
  }

  private void byCalls(String jdk, int threads) {
    for (String where : List.of("ByCalls", "GaugesWithRoom")) {
      nanos(jdk, threads, where + ".gaugeByName", GAUGE_NANOS);
      nanos(jdk, threads, where + ".gaugeKept", GAUGE_NANOS);
    }
    if (names.contains(BY_NAME)) ratio(jdk, threads, STAT, BY_NAME, STAT_BY_NAME);
    nothing(jdk, threads, "ByCalls.", "ByCalls, any of these");
  }

  private void ratio(String jdk, int threads, String name, String floor, double bound) {
    if (!names.contains(name)) return;
    double ratio = median(jdk, threads, name) / median(jdk, threads, floor);
    add(Verdict.atMost(what(name + " / " + floor, jdk, threads), ratio, "x", bound));
  }

  private void above(String jdk, int threads, String name) {
    if (!names.contains(name)) return;
    double nanos = median(jdk, threads, name) - median(jdk, threads, PLAIN);
    add(Verdict.atMost(what(name + " - " + PLAIN, jdk, threads), nanos, "ns", UNWANTED_NANOS));
  }

  private void nanos(String jdk, int threads, String name, double bound) {
    if (!names.contains(name)) return;
    add(Verdict.atMost(what(name, jdk, threads), median(jdk, threads, name), "ns", bound));
  }

  /** Of all whose names begin so, the one that allocates most. */
  private void nothing(String jdk, int threads, String start, String title) {
    List<String> those = names.stream().filter(name -> name.startsWith(start)).sorted().toList();
    if (those.isEmpty()) return;
    Comparator<String> byBytes = Comparator.comparingDouble(name -> bytes(jdk, threads, name));
    String most = those.stream().max(byBytes).orElseThrow(); // not a number counts as most
    String what = title + ", allocated a call (most: " + most.substring(start.length()) + ')';
    double bytes = bytes(jdk, threads, most);
    add(Verdict.atMost(what(what, jdk, threads), bytes, "B", NOTHING_BYTES));
  }

  private void add(Verdict verdict) {
    verdicts.add(verdict);
  }

  private static String what(String what, String jdk, int threads) {
    String version = jdk.substring(0, jdk.indexOf(' '));
    return what + ", " + threads + (threads == 1 ? " thread" : " threads") + ", JDK " + version;
  }

  private double median(String jdk, int threads, String name) {
    return find(jdk, threads, name).map(Measured::median).orElse(Double.NaN);
  }

  private double bytes(String jdk, int threads, String name) {
    double bytes = find(jdk, threads, name).map(Measured::bytes).orElse(Double.NaN);
    if (!name.endsWith(CONSTRUCTOR)) return bytes;
    String plain = name.substring(0, name.indexOf(':')) + ": plain " + CONSTRUCTOR;
    return bytes - find(jdk, threads, plain).map(Measured::bytes).orElse(Double.NaN);
  }

  private Optional<Measured> find(String jdk, int threads, String name) {
    return all.stream()
        .filter(m -> m.jdk().equals(jdk) && m.threads() == threads && m.name().equals(name))
        .findFirst();
  }
}
