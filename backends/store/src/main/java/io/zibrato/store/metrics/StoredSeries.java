package io.zibrato.store.metrics;

import io.zibrato.store.composite.CompositeException;
import io.zibrato.store.composite.Series;
import io.zibrato.store.composite.SeriesQuery;
import io.zibrato.store.composite.SeriesSource;
import io.zibrato.store.points.Floors;
import io.zibrato.store.points.PointReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What composites compute with: the lines of metrics that were submitted. For one evaluation, which
 * may take so long and look at so much, whatever of it has points.
 */
final class StoredSeries implements SeriesSource, AutoCloseable {
  private static final int MAX_METRICS = 1000;
  static final long MAX_SECONDS = 20;

  /** Metrics and series, each time that they are looked at. */
  static final long MAX_LOOKS = 200_000;

  private final Connection connection;
  private final Map<String, Metric> metrics = new HashMap<>();
  private final Floors floors;
  private final PointReader reader;
  private final long endNanos;
  private final long maxLooks;
  private long points;
  private long looks;

  StoredSeries(Connection connection) throws SQLException {
    this(connection, TimeUnit.SECONDS.toNanos(MAX_SECONDS), MAX_LOOKS);
  }

  StoredSeries(Connection connection, long maxNanos, long maxLooks) throws SQLException {
    this.connection = connection;
    this.maxLooks = maxLooks;
    endNanos = System.nanoTime() + maxNanos;
    floors = Floors.read(connection);
    reader = new PointReader(connection);
  }

  @Override
  public void check() throws CompositeException {
    if (System.nanoTime() - endNanos >= 0) {
      throw new CompositeException(
          "takes longer than " + MAX_SECONDS + " seconds: ask for fewer metrics, or less time");
    }
  }

  private void look(long more) throws CompositeException {
    check();
    looks += more;
    if (looks > maxLooks) {
      throw new CompositeException("looks at more than " + maxLooks + " metrics and series");
    }
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
      look(1);
      read(metric, query, all);
      if (points > MAX_POINTS) {
        return all;
      }
    }
    return all;
  }

  /** Ends soon after the point that is one too many. */
  private void read(Metric metric, SeriesQuery query, List<Series> into)
      throws CompositeException, SQLException {
    final long period = period(metric, query);
    final LineQuery wanted = lineQuery(metric, query, period);
    for (final io.zibrato.store.metrics.Series each :
        io.zibrato.store.metrics.Series.of(connection, metric)) {
      look(1);
      if (!Lines.takes(wanted, each)) {
        continue;
      }
      final Line line = Lines.line(reader, metric, each, wanted, MAX_POINTS - points);
      if (line.times().length > 0) {
        points += line.times().length;
        into.add(
            Series.measured(
                metric.name(),
                metric.type() == MetricType.COUNTER,
                line.tags(),
                period,
                line.times(),
                line.values()));
      }
      if (points > MAX_POINTS) {
        return;
      }
    }
  }

  @Override
  public void close() throws SQLException {
    reader.close();
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
