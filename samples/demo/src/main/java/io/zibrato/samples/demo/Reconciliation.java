package io.zibrato.samples.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What was counted beside what the store holds, series by series. */
record Reconciliation(List<Line> lines) {
  record Line(String metric, String source, String kind, long counted, long held) {
    long difference() {
      return held - counted;
    }
  }

  private static final String ROW = "%-18s %-10s %-8s %12s %12s %11s%n";

  /**
   * Asks the store.
   *
   * @param startSeconds since when measurements are ours
   */
  static Reconciliation of(Totals totals, StoreClient store, long startSeconds)
      throws IOException, InterruptedException {
    List<Line> lines = new ArrayList<>();
    Set<String> rest = new TreeSet<>(store.metrics());
    for (Map.Entry<DemoSeries, Long> entry : totals.counts().entrySet()) {
      DemoSeries series = entry.getKey();
      Map<String, Held> bySource = store.held(series.metric(), startSeconds, 1);
      Held held = bySource.getOrDefault(series.source(), Held.NONE);
      lines.add(line(series, entry.getValue(), series.counted(held)));
      bySource.remove(series.source());
      bySource.forEach((source, other) -> lines.add(unexpected(series.metric(), source, other)));
      rest.remove(series.metric());
      for (String percentile : DemoSeries.PERCENTILES) rest.remove(series.percentile(percentile));
    }
    for (String metric : rest) {
      store
          .held(metric, startSeconds, 1)
          .forEach((source, held) -> lines.add(unexpected(metric, source, held)));
    }
    return new Reconciliation(lines);
  }

  private static Line line(DemoSeries series, long counted, long held) {
    String kind = series.kind().name().toLowerCase(Locale.ROOT);
    return new Line(series.metric(), series.source(), kind, counted, held);
  }

  private static Line unexpected(String metric, String source, Held held) {
    return new Line(metric, source, "unknown", 0, held.count());
  }

  boolean exact() {
    return lines.stream().allMatch(line -> line.difference() == 0);
  }

  void print(PrintStream out) {
    out.printf(Locale.ROOT, ROW, "metric", "source", "kind", "counted", "in store", "difference");
    for (Line line : lines) {
      out.printf(
          Locale.ROOT,
          ROW,
          line.metric,
          line.source,
          line.kind,
          line.counted,
          line.held,
          line.difference());
    }
    long counted = lines.stream().mapToLong(Line::counted).sum();
    long different = lines.stream().filter(line -> line.difference() != 0).count();
    String verdict = different == 0 ? "no difference" : different + " of them differ";
    out.printf(Locale.ROOT, "%,d counted in %d series; %s%n", counted, lines.size(), verdict);
  }
}
