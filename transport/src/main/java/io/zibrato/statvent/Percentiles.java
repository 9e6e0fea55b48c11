package io.zibrato.statvent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Statvent's own aggregates of a window: {@code median, 95th, 99th, 100th} and {@code mean}.
 *
 * <p>Of {@code n} sorted values, counted from 0, the percentile {@code p} is the one at {@code
 * floor(n * p / 100) - 1}, or the first where that is below 0. So there is no interpolation, the
 * median of two values is the lower one, and with fewer than 100 values the 99th is below the
 * largest. The mean is always a float.
 */
public final class Percentiles {
  public static final String MEAN = "mean";

  private static final int[] RANKS = {50, 95, 99, 100};
  private static final String[] RANK_LABELS = {"median", "95th", "99th", "100th"};

  /** In the order in which they are listed. */
  public static final List<String> LABELS = List.of("median", "95th", "99th", "100th", MEAN);

  private Percentiles() {}

  /**
   * By label, in the order of {@link #LABELS}.
   *
   * @param sorted at least one value
   */
  public static Map<String, Number> of(List<? extends Number> sorted) {
    Map<String, Number> numbers = new LinkedHashMap<>();
    for (int i = 0; i < RANKS.length; i++) {
      numbers.put(RANK_LABELS[i], sorted.get(index(sorted.size(), RANKS[i])));
    }
    double sum = 0;
    for (Number value : sorted) sum += value.doubleValue();
    numbers.put(MEAN, Double.isFinite(sum) ? sum / sorted.size() : meanOfParts(sorted));
    return numbers;
  }

  /** For values whose sum is beyond a float. */
  private static double meanOfParts(List<? extends Number> values) {
    double mean = 0;
    for (Number value : values) mean += value.doubleValue() / values.size();
    return Stat.finite(mean);
  }

  static int index(int n, int percentile) {
    return Math.max(0, (int) ((long) n * percentile / 100) - 1);
  }
}
