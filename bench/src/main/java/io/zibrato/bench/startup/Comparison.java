package io.zibrato.bench.startup;

import io.zibrato.bench.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The variants side by side on one JDK.
 *
 * @param starts for each variant, its runs
 */
record Comparison(List<Variant> variants, List<List<Start>> starts) {

  /** Runs all variants in turn, so many rounds, after one round that does not count. */
  static Comparison run(Path jdk, List<Variant> variants, int rounds, Path folder)
      throws IOException, InterruptedException {
    List<List<Start>> starts = new ArrayList<>();
    for (Variant variant : variants) {
      Start.of(jdk, variant, folder);
      starts.add(new ArrayList<>());
    }
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < variants.size(); i++) {
        starts.get(i).add(Start.of(jdk, variants.get(i), folder));
      }
    }
    return new Comparison(variants, starts);
  }

  /** The bounds that the agent has to keep, of time and of memory alike. */
  List<Verdict> verdicts() {
    List<Verdict> verdicts = new ArrayList<>();
    bounds(verdicts, "wall time", Start::millis);
    bounds(verdicts, "resident memory", Start::residentMib);
    return verdicts;
  }

  private void bounds(List<Verdict> verdicts, String of, ToDoubleFunction<Start> figure) {
    verdicts.add(bound(of, figure, Variant.NONE_WOVEN, Variant.NO_AGENT, 1.05));
    verdicts.add(bound(of, figure, Variant.SOME_WOVEN, Variant.NARROW_INCLUDE, 0.85));
    verdicts.add(bound(of, figure, Variant.SOME_WOVEN, Variant.NO_INCLUDE, 0.35));
  }

  private Verdict bound(
      String of, ToDoubleFunction<Start> figure, String variant, String against, double most) {
    double ratio = median(variant, figure) / median(against, figure);
    return Verdict.atMost(of + ": " + variant + ", to " + against, ratio, "x", most);
  }

  private double median(String variant, ToDoubleFunction<Start> figure) {
    for (int i = 0; i < variants.size(); i++) {
      if (variants.get(i).name().equals(variant)) return median(starts.get(i), figure);
    }
    throw new IllegalArgumentException("no such variant: " + variant);
  }

  private static double median(List<Start> starts, ToDoubleFunction<Start> figure) {
    double[] sorted = starts.stream().mapToDouble(figure).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  /** Medians and every run, in Markdown. */
  String table() {
    StringBuilder table =
        new StringBuilder(
            "| variant | median ms | median MiB | to no agent | runs, ms |\n|---|---|---|---|---|\n");
    for (int i = 0; i < variants.size(); i++) {
      double millis = median(starts.get(i), Start::millis);
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %.0f | %.1f | %.2f x | %s |%n",
              variants.get(i).name(),
              millis,
              median(starts.get(i), Start::residentMib),
              millis / median(Variant.NO_AGENT, Start::millis),
              runs(starts.get(i))));
    }
    return table.toString();
  }

  private static String runs(List<Start> starts) {
    StringBuilder runs = new StringBuilder();
    for (Start start : starts) runs.append(Math.round(start.millis())).append(' ');
    return runs.toString().strip();
  }
}
