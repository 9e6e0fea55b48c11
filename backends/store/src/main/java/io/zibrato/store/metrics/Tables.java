package io.zibrato.store.metrics;

import io.zibrato.store.data.BoundedCache;
import io.zibrato.store.points.PointWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What changes of metrics do to the database. For the writer's thread alone. */
final class Tables {
  private static final int CACHED_METRICS = 50_000;
  private static final int CACHED_SERIES = 200_000;

  private final PreparedStatement findMetric;
  private final PreparedStatement findLike;
  private final PreparedStatement insertMetric;
  private final PreparedStatement updateMetric;
  private final PreparedStatement deleteMetric;
  private final PreparedStatement findSeries;
  private final PreparedStatement insertSeries;
  private final PreparedStatement seriesOfMetric;
  private final PreparedStatement deleteSeries;
  private final TagSets tagSets;
  private final PointWriter points;
  private final BoundedCache<Metric> metrics = new BoundedCache<>(CACHED_METRICS);
  private final BoundedCache<Long> series = new BoundedCache<>(CACHED_SERIES);

  Tables(Connection connection) throws SQLException {
    findMetric =
        connection.prepareStatement("SELECT " + Metric.COLUMNS + " FROM metric WHERE name = ?");
    findLike =
        connection.prepareStatement(
            "SELECT " + Metric.COLUMNS + " FROM metric WHERE name LIKE ? ESCAPE '\\'");
    insertMetric =
        connection.prepareStatement(
            "INSERT INTO metric (name, type, attributes) VALUES (?, ?, '{}') RETURNING "
                + Metric.COLUMNS);
    updateMetric =
        connection.prepareStatement(
            "UPDATE metric SET display_name = ?, description = ?, period = ?, attributes = ?,"
                + " composite = ? WHERE id = ?");
    deleteMetric = connection.prepareStatement("DELETE FROM metric WHERE id = ?");
    findSeries =
        connection.prepareStatement("SELECT id FROM series WHERE metric_id = ? AND tag_set_id = ?");
    insertSeries =
        connection.prepareStatement(
            "INSERT INTO series (metric_id, tag_set_id) VALUES (?, ?) RETURNING id");
    seriesOfMetric = connection.prepareStatement("SELECT id FROM series WHERE metric_id = ?");
    deleteSeries = connection.prepareStatement("DELETE FROM series WHERE id = ?");
    tagSets = new TagSets(connection);
    points = new PointWriter(connection);
  }

  /** Where measurements go. */
  PointWriter points() {
    return points;
  }

  /** Drops what was learned in a transaction that was taken back. */
  void forget() {
    metrics.clear();
    series.clear();
    tagSets.forget();
    points.forget();
  }

  /** Null if there is no metric of that name, in whatever case. */
  Metric metric(String name) throws SQLException {
    final Metric known = metrics.get(name);
    if (known != null) {
      return known;
    }
    findMetric.setString(1, name);
    try (ResultSet row = findMetric.executeQuery()) {
      return row.next() ? metrics.put(name, Metric.read(row)) : null;
    }
  }

  /** Those whose whole name matches, with {@code *} for any characters. */
  List<Metric> matching(String pattern) throws SQLException {
    return Catalog.matching(findLike, pattern);
  }

  Metric createMetric(String name, MetricType type) throws SQLException {
    insertMetric.setString(1, name);
    insertMetric.setString(2, type.word());
    try (ResultSet row = insertMetric.executeQuery()) {
      row.next();
      return metrics.put(name, Metric.read(row));
    }
  }

  void updateMetric(Metric metric) throws SQLException {
    updateMetric.setString(1, metric.displayName());
    updateMetric.setString(2, metric.description());
    updateMetric.setObject(3, metric.period());
    updateMetric.setString(4, metric.attributes().toString());
    updateMetric.setString(5, metric.composite());
    updateMetric.setLong(6, metric.id());
    updateMetric.executeUpdate();
    metrics.put(metric.name(), metric);
  }

  /** Metrics and all their measurements: what waits to be packed is read once for all. */
  void deleteMetrics(List<Metric> gone) throws SQLException {
    final Set<Long> own = new HashSet<>();
    for (final Metric metric : gone) {
      seriesOfMetric.setLong(1, metric.id());
      try (ResultSet row = seriesOfMetric.executeQuery()) {
        while (row.next()) {
          own.add(row.getLong(1));
        }
      }
    }
    deleteSeries(own);
    for (final Metric metric : gone) {
      deleteMetric.setLong(1, metric.id());
      deleteMetric.executeUpdate();
      metrics.remove(metric.name());
    }
  }

  /** Series and all that was measured of them. */
  void deleteSeries(Set<Long> gone) throws SQLException {
    points.delete(gone);
    for (final long each : gone) {
      deleteSeries.setLong(1, each);
      deleteSeries.executeUpdate();
    }
    series.clear();
  }

  /** Those of a source, which are in no series any more. */
  void deleteTagSets(String source) throws SQLException {
    tagSets.delete(source);
  }

  /** The number of a metric's series of these tags, made when it is new. */
  long series(Metric metric, String tags) throws SQLException {
    final String key = metric.id() + tags;
    final Long known = series.get(key);
    if (known != null) {
      return known;
    }
    final long tagSet = tagSets.id(tags);
    findSeries.setLong(1, metric.id());
    findSeries.setLong(2, tagSet);
    try (ResultSet row = findSeries.executeQuery()) {
      if (row.next()) {
        return series.put(key, row.getLong(1));
      }
    }
    insertSeries.setLong(1, metric.id());
    insertSeries.setLong(2, tagSet);
    try (ResultSet row = insertSeries.executeQuery()) {
      row.next();
      return series.put(key, row.getLong(1));
    }
  }
}
