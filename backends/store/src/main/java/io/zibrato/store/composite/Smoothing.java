package io.zibrato.store.composite;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * {@code window()}: each point becomes a function of itself and the {@code size - 1} points before
 * it, whatever time lies between. The first {@code size - 1} points are left out.
 */
record Smoothing(int size, ToDoubleFunction<double[]> function) implements Transform {
  static final int MAX_SIZE = 64;

  static final Map<String, ToDoubleFunction<double[]>> FUNCTIONS =
      Map.of(
          "mean", Reduction.MEAN::of,
          "sum", Reduction.SUM::of,
          "min", Reduction.MIN::of,
          "max", Reduction.MAX::of,
          "median", Smoothing::median);

  @Override
  public List<Series> apply(List<Series> set, Window window, Budget budget)
      throws CompositeException {
    for (final Series series : set) {
      budget.steps((long) series.size() * size);
    }
    return set.stream().map(this::smoothed).toList();
  }

  private Series smoothed(Series series) {
    final Series.Points points = new Series.Points(series.size());
    for (int i = size - 1; i < series.size(); i++) {
      points.add(
          series.times()[i],
          function.applyAsDouble(Arrays.copyOfRange(series.values(), i + 1 - size, i + 1)));
    }
    return points.series(series.label().computed(), series.periodSeconds());
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    final int half = values.length / 2;
    return values.length % 2 == 1 ? values[half] : values[half - 1] / 2 + values[half] / 2;
  }
}
