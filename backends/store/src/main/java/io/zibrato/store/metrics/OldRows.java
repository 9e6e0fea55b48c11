package io.zibrato.store.metrics;

import io.zibrato.store.points.Packer;
import io.zibrato.store.points.Point;
import io.zibrato.store.points.PointWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Takes over the measurements of a store that kept each in a row of its own. */
final class OldRows {
  private static final int ROWS_AT_ONCE = 20_000;

  private final PointWriter points;
  private final Packer packer;

  OldRows(PointWriter points, Packer packer) {
    this.points = points;
    this.packer = packer;
  }

  /** Takes over some; returns whether there were any. */
  boolean takeOver(Connection connection) throws SQLException {
    int rows = 0;
    long metric = 0;
    long time = 0;
    long id = 0;
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT m.metric_id, measure_time, m.id, series.id, type, count, sum, min, max,"
                + " sum_squares FROM measurement_by_row m"
                + " JOIN metric ON metric.id = m.metric_id"
                + " JOIN series ON series.metric_id = m.metric_id AND tag_set_id = source_id"
                + " ORDER BY m.metric_id, measure_time, m.id LIMIT ?")) {
      select.setInt(1, ROWS_AT_ONCE);
      points.begin();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          rows++;
          metric = row.getLong(1);
          time = row.getLong(2);
          id = row.getLong(3);
          points.add(row.getLong(4), point(row, time));
        }
      }
    }
    if (rows == 0) {
      return false;
    }
    points.end();
    points.count(-rows); // they have been counted before
    delete(connection, metric, time, id);
    while (packer.due()) {
      packer.pack();
    }
    return true;
  }

  private static Point point(ResultSet row, long time) throws SQLException {
    final Number sum = (Number) row.getObject(7);
    final Number min = (Number) row.getObject(8);
    final Number max = (Number) row.getObject(9);
    final boolean counter = MetricType.of(row.getString(5)) == MetricType.COUNTER;
    return row.getLong(6) == 1 && sum.equals(min) && sum.equals(max)
        ? Point.single(time, sum, counter)
        : Point.summary(time, row.getLong(6), sum, min, max, (Number) row.getObject(10));
  }

  private static void delete(Connection connection, long metric, long time, long id)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM measurement_by_row WHERE (metric_id, measure_time, id) <= (?, ?, ?)")) {
      delete.setLong(1, metric);
      delete.setLong(2, time);
      delete.setLong(3, id);
      delete.executeUpdate();
    }
  }
}
