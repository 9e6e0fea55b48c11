package io.zibrato.samples.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** What the store holds of every series, as of now. */
final class LiveTable {
  private static final String ROW = "%-18s %-10s %12s %10s %10s %10s";
  private static final int RESOLUTION_SECONDS = 60;
  private static final int RATE_READINGS = 6;
  private static final String[] UNITS = {"s", "ms", "us", "ns"};

  private record Reading(long nanos, Map<DemoSeries, Long> counts) {}

  private final StoreClient store;
  private final long startSeconds;
  private final boolean inPlace;
  private final Deque<Reading> readings = new ArrayDeque<>();
  private final List<String> lines = new ArrayList<>();
  private int linesAbove;

  /**
   * @param inPlace whether each table goes over the one before
   */
  LiveTable(StoreClient store, long startSeconds, boolean inPlace) {
    this.store = store;
    this.startSeconds = startSeconds;
    this.inPlace = inPlace;
  }

  void print(PrintStream out) {
    StringBuilder text = new StringBuilder();
    if (inPlace && linesAbove > 0) text.append("\033[").append(linesAbove).append('A');
    for (String line : lines) text.append(inPlace ? "\033[2K" : "").append(line).append('\n');
    out.print(inPlace ? text.toString() : text + "\n");
    out.flush();
    linesAbove = lines.size();
  }

  /** Asks the store. Rates are those of the last few readings. */
  void read() throws IOException, InterruptedException {
    Reading now = new Reading(System.nanoTime(), new HashMap<>());
    Reading before = readings.isEmpty() ? now : readings.peekFirst();
    lines.clear();
    lines.add(
        String.format(Locale.ROOT, ROW, "metric", "source", "count", "per s", "mean", "p99"));
    for (DemoSeries series : DemoSeries.ALL) lines.add(line(series, now, before));
    readings.addLast(now);
    if (readings.size() > RATE_READINGS) readings.removeFirst();
  }

  private String line(DemoSeries series, Reading now, Reading before)
      throws IOException, InterruptedException {
    Held held =
        store
            .held(series.metric(), startSeconds, RESOLUTION_SECONDS)
            .getOrDefault(series.source(), Held.NONE);
    long count = series.counted(held);
    now.counts.put(series, count);
    double seconds = (now.nanos - before.nanos) / 1e9;
    double rate = seconds == 0 ? 0 : (count - before.counts.get(series)) / seconds;
    return String.format(
        Locale.ROOT,
        ROW,
        series.metric(),
        series.source(),
        String.format(Locale.ROOT, "%,d", count),
        String.format(Locale.ROOT, "%,.0f", rate),
        mean(series, held),
        p99(series));
  }

  private static String mean(DemoSeries series, Held held) {
    return switch (series.kind()) {
      case COUNTER -> "";
      case TIMER -> held.count() == 0 ? "" : seconds(held.mean());
      case GAUGE -> held.count() == 0 ? "" : String.format(Locale.ROOT, "%.2f", held.mean());
    };
  }

  private String p99(DemoSeries series) throws IOException, InterruptedException {
    if (series.kind() != DemoSeries.Kind.TIMER) return "";
    OptionalDouble last = store.last(series.percentile("99"), series.source());
    return last.isPresent() ? seconds(last.getAsDouble()) : "";
  }

  /** Three digits, and the unit that fits. */
  static String seconds(double seconds) {
    double number = seconds;
    int unit = 0;
    while (number < 1 && unit < UNITS.length - 1) {
      number *= 1000;
      unit++;
    }
    int decimals = number < 10 ? 2 : number < 100 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + decimals + "f %s", number, UNITS[unit]);
  }
}
