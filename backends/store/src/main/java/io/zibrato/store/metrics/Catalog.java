package io.zibrato.store.metrics;

import io.zibrato.store.data.Wildcard;
import io.zibrato.store.http.Paging;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Finds metrics by name. */
final class Catalog {
  private Catalog() {}

  /** Metrics in the order of their names, and how many there are that match. */
  record Found(List<Metric> metrics, long found, long total) {}

  /** Null if there is none. */
  static Metric metric(Connection connection, String name) throws SQLException {
    final List<Metric> metrics =
        select(connection, "WHERE name = ?", statement -> statement.setString(1, name));
    return metrics.isEmpty() ? null : metrics.get(0);
  }

  /**
   * Lists a page of them.
   *
   * @param pattern with {@code *} for any characters, of the whole name
   */
  static Found search(Connection connection, String pattern, Paging paging) throws SQLException {
    final String like = Wildcard.like(pattern);
    final String order = paging.descending() ? "DESC" : "ASC";
    final List<Metric> metrics =
        select(
            connection,
            "WHERE name LIKE ? ESCAPE '\\' ORDER BY name " + order + " LIMIT ? OFFSET ?",
            statement -> {
              statement.setString(1, like);
              statement.setLong(2, paging.length());
              statement.setLong(3, paging.offset());
            });
    return new Found(metrics, count(connection, like), Tally.metrics(connection));
  }

  /**
   * The first {@code limit} that are no composites, in the order of their names.
   *
   * @param pattern with {@code *} for any characters, of the whole name
   */
  static List<Metric> measured(Connection connection, String pattern, int limit)
      throws SQLException {
    return select(
        connection,
        "WHERE name LIKE ? ESCAPE '\\' AND composite IS NULL ORDER BY name LIMIT ?",
        statement -> {
          statement.setString(1, Wildcard.like(pattern));
          statement.setInt(2, limit);
        });
  }

  /** What a statement finds by the pattern that is its one parameter. */
  static List<Metric> matching(PreparedStatement like, String pattern) throws SQLException {
    like.setString(1, Wildcard.like(pattern));
    return read(like);
  }

  private static long count(Connection connection, String like) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT count(*) FROM metric WHERE name LIKE ? ESCAPE '\\'")) {
      statement.setString(1, like);
      try (ResultSet row = statement.executeQuery()) {
        return row.getLong(1);
      }
    }
  }

  private interface Binder {
    void bind(PreparedStatement statement) throws SQLException;
  }

  private static List<Metric> select(Connection connection, String clauses, Binder binder)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT " + Metric.COLUMNS + " FROM metric " + clauses)) {
      binder.bind(statement);
      return read(statement);
    }
  }

  private static List<Metric> read(PreparedStatement statement) throws SQLException {
    final List<Metric> metrics = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        metrics.add(Metric.read(row));
      }
    }
    return metrics;
  }
}
