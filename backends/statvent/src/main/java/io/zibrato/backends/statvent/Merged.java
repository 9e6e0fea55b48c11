package io.zibrato.backends.statvent;

import io.zibrato.meter.TimerReading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The numbers of all processes, put together.
 *
 * <p>Counts and set values are summed up. Percentiles and means are worked out anew, from the
 * values and buckets of all processes, where every process that has the name tells them. Otherwise
 * they are not put together, and each process's is shown, with the reason.
 *
 * @param stats by name
 * @param apart by name: what is not put together
 */
record Merged(Map<String, Number> stats, Map<String, Apart> apart) {
  static final String TWO_KINDS = "one process counts it, and another one calculates it";

  /**
   * @param processes the value of each
   */
  record Apart(String reason, Map<String, Number> processes) {}

  static Merged of(Map<String, Listing> listings) {
    Map<List<String>, Told.Window> windows = new TreeMap<>(Comparator.comparing(List::toString));
    Map<String, Told.Timer> timers = new TreeMap<>();
    Map<String, Number> plain = new TreeMap<>();
    Map<String, String> reasons = new TreeMap<>();
    for (Listing listing : listings.values()) {
      for (Told told : listing.told()) {
        if (told instanceof Told.Window window) {
          windows.merge(window.names(), window, Merged::merge);
        } else if (told instanceof Told.Timer timer) {
          timers.merge(timer.name(), timer, Merged::merge);
        } else if (told instanceof Told.Apart apart) {
          reasons.put(apart.name(), apart.reason());
        } else {
          told.lines().forEach((name, value) -> plain.merge(name, value, Numbers::sum));
        }
      }
    }
    List<Told> merged = new ArrayList<>(windows.values());
    merged.addAll(timers.values());
    return of(listings, plain, merged, reasons);
  }

  private static Merged of(
      Map<String, Listing> listings,
      Map<String, Number> plain,
      List<Told> merged,
      Map<String, String> reasons) {
    Map<String, Number> stats = new TreeMap<>(plain);
    Set<String> seen = new HashSet<>(plain.keySet());
    for (Told told : merged) {
      Map<String, Number> lines = told.lines();
      for (String name : lines.keySet()) {
        if (!seen.add(name)) reasons.putIfAbsent(name, TWO_KINDS);
      }
      stats.putAll(lines);
    }
    stats.keySet().removeAll(reasons.keySet());
    return new Merged(stats, apart(listings, reasons));
  }

  private static Map<String, Apart> apart(
      Map<String, Listing> listings, Map<String, String> reasons) {
    Map<String, Apart> apart = new TreeMap<>();
    if (reasons.isEmpty()) return apart;
    reasons.forEach((name, reason) -> apart.put(name, new Apart(reason, new TreeMap<>())));
    listings.forEach(
        (process, listing) ->
            listing
                .lines()
                .forEach(
                    (name, value) -> {
                      if (apart.containsKey(name)) apart.get(name).processes.put(process, value);
                    }));
    return apart;
  }

  private static Told.Window merge(Told.Window a, Told.Window b) {
    List<Number> values = new ArrayList<>(a.values());
    values.addAll(b.values());
    if (!values.stream().allMatch(Numbers::isWhole)) values.replaceAll(Number::doubleValue);
    values.sort(Comparator.comparingDouble(Number::doubleValue));
    return new Told.Window(a.names(), values);
  }

  static Told.Timer merge(Told.Timer a, Told.Timer b) {
    TimerReading one = a.reading();
    TimerReading other = b.reading();
    return new Told.Timer(
        a.name(),
        new TimerReading(
            sum(one.count(), other.count()),
            sum(one.sumNanos(), other.sumNanos()),
            one.histogram().plus(other.histogram())));
  }

  private static long sum(long a, long b) {
    return a + b < 0 ? Long.MAX_VALUE : a + b;
  }
}
