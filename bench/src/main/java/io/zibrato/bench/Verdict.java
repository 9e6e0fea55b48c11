package io.zibrato.bench;

import java.util.List;
import java.util.Locale;

/**
 * A figure of one run, beside the bound that it has to keep.
 *
 * @param what what was measured, and against what
 * @param measured a ratio of two figures of the same run, or a figure in {@code unit}
 * @param unit of both, "x" for a ratio
 * @param atLeast whether {@code bound} is the least that will do, not the most
 */
public record Verdict(String what, double measured, String unit, double bound, boolean atLeast) {

  public static Verdict atMost(String what, double measured, String unit, double bound) {
    return new Verdict(what, measured, unit, bound, false);
  }

  public static Verdict atLeast(String what, double measured, String unit, double bound) {
    return new Verdict(what, measured, unit, bound, true);
  }

  /** False also for what could not be measured, which is not a number. */
  public boolean holds() {
    return atLeast ? measured >= bound : measured <= bound;
  }

  /** A table in Markdown, one line a verdict. */
  public static String table(List<Verdict> verdicts) {
    StringBuilder table =
        new StringBuilder("| what | measured | bound | holds |\n|---|---|---|---|\n");
    for (Verdict verdict : verdicts) {
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s %s | %s |%n",
              verdict.what,
              quantity(verdict.measured, verdict.unit),
              verdict.atLeast ? ">=" : "<=",
              quantity(verdict.bound, verdict.unit),
              verdict.holds() ? "yes" : "NO"));
    }
    return table.toString();
  }

  private static String quantity(double number, String unit) {
    String digits =
        number == Math.rint(number) && Math.abs(number) < 1e15
            ? String.format(Locale.ROOT, "%.0f", number)
            : String.format(Locale.ROOT, Math.abs(number) < 100 ? "%.2f" : "%.1f", number);
    return digits + " " + unit;
  }
}
