package io.zibrato.store.composite;

import java.util.ArrayList;
import java.util.List;

/**
 * {@code fill()}: a point at every period of the window. Where one is missing it has {@code value},
 * or, when that is null, the value of the point before it; before the first point of all there is
 * none to repeat.
 */
record Fill(Double value) implements Transform {
  @Override
  public List<Series> apply(List<Series> set, Window window, Budget budget)
      throws CompositeException {
    final List<Series> filled = new ArrayList<>(set.size());
    for (final Series series : set) {
      final long period = series.periodSeconds();
      final long first = window.startTime() - Math.floorMod(window.startTime(), period);
      final long periods = Math.max(0, (window.endTime() - first) / period + 1);
      if (periods > Budget.MAX_POINTS) {
        throw new CompositeException("fills more than " + Budget.MAX_POINTS + " points");
      }
      budget.steps(periods);
      filled.add(filled(series, first, (int) periods));
    }
    return filled;
  }

  private Series filled(Series series, long first, int periods) {
    final Series.Points points = new Series.Points(series.size() + periods);
    Double missing = value;
    int at = 0;
    for (int i = 0; i <= periods; i++) {
      final long time = i == periods ? Long.MAX_VALUE : first + i * series.periodSeconds();
      while (at < series.size() && series.times()[at] < time) {
        points.add(series.times()[at], series.values()[at]);
        missing = value == null ? (Double) series.values()[at] : value;
        at++;
      }
      final boolean there = at < series.size() && series.times()[at] == time;
      if (i < periods && !there && missing != null) {
        points.add(time, missing);
      }
    }
    return points.series(series.label(), series.periodSeconds());
  }
}
