package io.zibrato.store.composite;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One evaluation of a composite: what it reads it reads once, and what it costs is bounded. */
final class Evaluation {
  private final SeriesSource source;
  private final Budget budget = new Budget();
  private final Map<SeriesQuery, List<Series>> known = new HashMap<>();

  Evaluation(SeriesSource source) {
    this.source = source;
  }

  List<Series> read(SeriesQuery query) throws CompositeException, SQLException {
    budget.call();
    source.check();
    List<Series> series = known.get(query);
    if (series == null) {
      series = source.read(query);
      budget.read(series);
      known.put(query, series);
    }
    budget.steps(series.size());
    return series;
  }

  List<Series> apply(Transform function, List<Series> set, Window window)
      throws CompositeException {
    budget.call();
    source.check();
    budget.steps(points(set));
    return function.apply(set, window, budget);
  }

  static long points(List<Series> set) {
    return set.stream().mapToLong(Series::size).sum();
  }
}
