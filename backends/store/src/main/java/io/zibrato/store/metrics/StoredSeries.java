package io.zibrato.store.metrics;

import io.zibrato.store.composite.CompositeException;
import io.zibrato.store.composite.Series;
import io.zibrato.store.composite.SeriesQuery;
import io.zibrato.store.composite.SeriesSource;
import io.zibrato.store.points.Floors;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What composites compute with: the lines of metrics that were submitted. */
final class StoredSeries implements SeriesSource {
  private static final int MAX_METRICS = 1000;

  private final Connection connection;
  private final Map<String, Metric> metrics = new HashMap<>();
  private final Floors floors;
  private long points;

  StoredSeries(Connection connection) throws SQLException {
    this.connection = connection;
    floors = Floors.read(connection);
  }

  /** One of those that were read. */
  Metric metric(String name) {
    return metrics.get(name);
  }

  @Override
  public List<Series> read(SeriesQuery query) throws CompositeException, SQLException {
    final List<Series> all = new ArrayList<>();
    if (query.window().endTime() < 0) {
      return all;
    }
    for (final Metric metric : matching(query.metric())) {
      metrics.put(metric.name(), metric);
      final long period = period(metric, query);
      for (final Line line :
          Lines.read(connection, lineQuery(metric, query, period), MAX_POINTS - points)) {
        points += line.times().length;
        all.add(
            Series.measured(
                metric.name(),
                metric.type() == MetricType.COUNTER,
                line.tags(),
                period,
                line.times(),
                line.values()));
      }
      if (points > MAX_POINTS) {
        return all;
      }
    }
    return all;
  }

  private List<Metric> matching(String pattern) throws CompositeException, SQLException {
    if (pattern.indexOf('*') < 0) {
      final Metric metric = Catalog.metric(connection, pattern);
      if (metric != null && metric.type() == MetricType.COMPOSITE) {
        throw new CompositeException(Composites.nested(metric.name()));
      }
      return metric == null ? List.of() : List.of(metric);
    }
    final List<Metric> matching = Catalog.measured(connection, pattern, MAX_METRICS + 1);
    if (matching.size() > MAX_METRICS) {
      throw new CompositeException(
          "'" + pattern + "' is the name of more than " + MAX_METRICS + " metrics");
    }
    return matching;
  }

  /** One for the whole line: a part of which only coarser points are kept makes all of it so. */
  private long period(Metric metric, SeriesQuery query) {
    final Long own = query.periodSeconds() == null ? metric.period() : query.periodSeconds();
    final long resolution = query.window().resolutionSeconds();
    return floors.spanSeconds(
        startTime(query),
        query.window().endTime(),
        own == null ? resolution : Math.max(own, resolution));
  }

  private static long startTime(SeriesQuery query) {
    return Math.max(0, query.window().startTime());
  }

  private static LineQuery lineQuery(Metric metric, SeriesQuery query, long periodSeconds) {
    return new LineQuery(
        metric.name(),
        query.tagPatterns(),
        startTime(query),
        query.window().endTime(),
        periodSeconds,
        query.function() == null ? Summary.DEFAULT : Summary.of(query.function()));
  }
}
