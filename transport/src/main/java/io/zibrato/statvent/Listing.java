package io.zibrato.statvent;

import io.zibrato.meter.Meters;
import java.lang.System.Logger;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Writes down all numbers of this process, in the form of {@link Group}: what was recorded by name
 * first, then the meters. Any thread.
 */
final class Listing {
  private static final Logger LOG = System.getLogger(Listing.class.getName());

  private final StatTable table;
  private final List<Meters> meters = new CopyOnWriteArrayList<>();
  private boolean said; // a calculator or labeller of the user's failed

  Listing(StatTable table) {
    this.table = table;
  }

  void add(Meters more) {
    if (!meters.contains(more)) meters.add(more);
  }

  void remove(Meters less) {
    meters.remove(less);
  }

  boolean hasMeters() {
    return !meters.isEmpty();
  }

  /** What was recorded by name. */
  Map<String, Number> recorded() {
    table.moveWhatIsOver();
    Map<String, Number> numbers = new TreeMap<>();
    table.stats().forEach((name, stat) -> numbers.put(name, stat.value()));
    table
        .windows()
        .forEach((name, window) -> numbers.putAll(calculated(name, window, window.sorted())));
    return numbers;
  }

  /** The whole listing. */
  byte[] bytes() {
    table.moveWhatIsOver();
    Lines lines = new Lines();
    stats(lines);
    table.windows().forEach((name, window) -> window(lines, name, window));
    lost(lines, "zibrato.statvent.lost.", table.lost());
    for (Meters each : meters) {
      new MeterLines(each).write(lines);
      lost(lines, "zibrato.lost.", each.losses().byLabel());
    }
    return lines.end().getBytes(StandardCharsets.UTF_8);
  }

  private void stats(Lines lines) {
    Map<String, Number> added = new LinkedHashMap<>();
    Map<String, Number> set = new LinkedHashMap<>();
    table.stats().forEach((name, stat) -> (stat.added() ? added : set).put(name, stat.value()));
    lines.group(Group.INCR, "", added);
    lines.group(Group.SET, "", set);
  }

  private void window(Lines lines, String name, Window window) {
    List<Number> values = window.sorted();
    if (values.isEmpty()) return; // one that waits for its first value
    if (!table.rules().calculator().equals(Calculator.PERCENTILES)) {
      lines.group(Group.CALCULATED, "", calculated(name, window, values));
      return;
    }
    StringBuilder told = new StringBuilder();
    for (Number value : values) told.append(told.length() == 0 ? "" : ",").append(value);
    lines.group(Group.WINDOW, told.toString(), named(name, window, Percentiles.of(values)));
  }

  private static void lost(Lines lines, String prefix, Map<String, Long> lost) {
    Map<String, Number> named = new LinkedHashMap<>();
    lost.forEach((cause, count) -> named.put(prefix + cause, count));
    lines.group(Group.LOST, "", named);
  }

  private Map<String, Number> calculated(String name, Window window, List<Number> values) {
    if (values.isEmpty()) return Map.of();
    try {
      return named(name, window, table.rules().calculator().calculate(values));
    } catch (RuntimeException e) {
      failed(name, e);
      return Map.of();
    }
  }

  private Map<String, Number> named(String name, Window window, Map<String, Number> numbers) {
    Map<String, Number> named = new LinkedHashMap<>();
    try {
      numbers.forEach((label, number) -> put(named, window.labeller().name(name, label), number));
    } catch (RuntimeException e) {
      failed(name, e);
      return Map.of();
    }
    return named;
  }

  private static void put(Map<String, Number> named, String name, Number number) {
    if (name.indexOf('\n') >= 0 || name.indexOf('\r') >= 0) {
      throw new IllegalArgumentException("a labeller made a name with a line break");
    }
    if (!Double.isFinite(number.doubleValue())) {
      throw new IllegalArgumentException("a calculator made a number that is not finite");
    }
    named.put(name, isLong(number) ? (Number) number.longValue() : (Number) number.doubleValue());
  }

  private static boolean isLong(Number number) {
    return number instanceof Long
        || number instanceof Integer
        || number instanceof Short
        || number instanceof Byte
        || number instanceof BigInteger big && big.bitLength() < Long.SIZE;
  }

  private synchronized void failed(String name, RuntimeException e) {
    LOG.log(
        said ? Logger.Level.DEBUG : Logger.Level.WARNING,
        "nothing is told of the values of \"" + name + '"',
        e);
    said = true;
  }
}
