package io.zibrato.store.metrics;

import io.zibrato.store.data.BoundedCache;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What changes of metrics do to the database. For the writer's thread alone. */
final class Tables {
  private static final int CACHED_NAMES = 50_000;
  private static final int KEY_DAYS = 8;

  private final PreparedStatement findMetric;
  private final PreparedStatement insertMetric;
  private final PreparedStatement updateMetric;
  private final PreparedStatement deleteMetric;
  private final PreparedStatement deleteMeasurements;
  private final PreparedStatement findSource;
  private final PreparedStatement insertSource;
  private final PreparedStatement insertMeasurement;
  private final PreparedStatement tally;
  private final PreparedStatement insertTaken;
  private final PreparedStatement forgetTaken;
  private final BoundedCache<Metric> metrics = new BoundedCache<>(CACHED_NAMES);
  private final BoundedCache<Long> sources = new BoundedCache<>(CACHED_NAMES);
  private long lastMeasurementId;

  Tables(Connection connection) throws SQLException {
    findMetric =
        connection.prepareStatement("SELECT " + Metric.COLUMNS + " FROM metric WHERE name = ?");
    insertMetric =
        connection.prepareStatement(
            "INSERT INTO metric (name, type, attributes) VALUES (?, ?, '{}') RETURNING "
                + Metric.COLUMNS);
    updateMetric =
        connection.prepareStatement(
            "UPDATE metric SET display_name = ?, description = ?, period = ?, attributes = ?,"
                + " composite = ? WHERE id = ?");
    deleteMetric = connection.prepareStatement("DELETE FROM metric WHERE id = ?");
    deleteMeasurements = connection.prepareStatement("DELETE FROM measurement WHERE metric_id = ?");
    findSource = connection.prepareStatement("SELECT id FROM source WHERE name = ?");
    insertSource = connection.prepareStatement("INSERT INTO source (name) VALUES (?) RETURNING id");
    insertMeasurement =
        connection.prepareStatement("INSERT INTO measurement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    tally = connection.prepareStatement("UPDATE tally SET value = value + ? WHERE name = ?");
    insertTaken = connection.prepareStatement("INSERT OR IGNORE INTO taken VALUES (?, ?)");
    forgetTaken = connection.prepareStatement("DELETE FROM taken WHERE taken_at < ?");
    lastMeasurementId = Tally.read(connection, "last_measurement_id");
  }

  /**
   * Whether a submission of this key was not taken before, as far as is remembered: {@value
   * #KEY_DAYS} days, longer than workers keep what they could not deliver.
   */
  boolean firstTime(String key, long nowSeconds) throws SQLException {
    forgetTaken.setLong(1, nowSeconds - KEY_DAYS * 86_400L);
    forgetTaken.executeUpdate();
    insertTaken.setString(1, key);
    insertTaken.setLong(2, nowSeconds);
    return insertTaken.executeUpdate() == 1;
  }

  /** Drops what was learned in a transaction that was taken back. */
  void forget() {
    metrics.clear();
    sources.clear();
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

  /** The metric and all its measurements. */
  void deleteMetric(Metric metric) throws SQLException {
    deleteMeasurements.setLong(1, metric.id());
    add("measurements", -deleteMeasurements.executeUpdate());
    deleteMetric.setLong(1, metric.id());
    deleteMetric.executeUpdate();
    metrics.remove(metric.name());
  }

  void insert(Metric metric, NewMeasurement measurement) throws SQLException {
    lastMeasurementId++;
    insertMeasurement.setLong(1, metric.id());
    insertMeasurement.setLong(2, measurement.measureTime());
    insertMeasurement.setLong(3, lastMeasurementId);
    insertMeasurement.setLong(4, source(measurement.source()));
    insertMeasurement.setLong(5, measurement.count());
    insertMeasurement.setObject(6, measurement.sum());
    insertMeasurement.setObject(7, measurement.min());
    insertMeasurement.setObject(8, measurement.max());
    insertMeasurement.setObject(9, measurement.sumSquares());
    insertMeasurement.executeUpdate();
  }

  /** To be called once for each change that inserted, with how many. */
  void inserted(int measurements) throws SQLException {
    add("measurements", measurements);
    add("last_measurement_id", measurements);
  }

  private void add(String name, long more) throws SQLException {
    tally.setLong(1, more);
    tally.setString(2, name);
    tally.executeUpdate();
  }

  private long source(String name) throws SQLException {
    final Long known = sources.get(name);
    if (known != null) {
      return known;
    }
    findSource.setString(1, name);
    try (ResultSet row = findSource.executeQuery()) {
      if (row.next()) {
        return sources.put(name, row.getLong(1));
      }
    }
    insertSource.setString(1, name);
    try (ResultSet row = insertSource.executeQuery()) {
      row.next();
      return sources.put(name, row.getLong(1));
    }
  }
}
