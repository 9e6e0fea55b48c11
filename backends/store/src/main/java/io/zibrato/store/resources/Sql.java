package io.zibrato.store.resources;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** One statement at a time, prepared, run and closed. An argument may be null. */
public final class Sql {
  private Sql() {}

  /** Makes something of the current row. */
  public interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  public static <T> List<T> list(
      Connection connection, Reader<T> reader, String sql, Object... arguments)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, arguments);
        ResultSet row = statement.executeQuery()) {
      final List<T> list = new ArrayList<>();
      while (row.next()) {
        list.add(reader.read(row));
      }
      return list;
    }
  }

  /** What the first row holds; null if there is none. */
  public static <T> T first(
      Connection connection, Reader<T> reader, String sql, Object... arguments)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, arguments);
        ResultSet row = statement.executeQuery()) {
      return row.next() ? reader.read(row) : null;
    }
  }

  /** The first column of the first row; 0 if there is none. Also for INSERT with RETURNING. */
  public static long number(Connection connection, String sql, Object... arguments)
      throws SQLException {
    final Long number = first(connection, row -> row.getLong(1), sql, arguments);
    return number == null ? 0 : number;
  }

  /** How many rows were changed. */
  public static int update(Connection connection, String sql, Object... arguments)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, arguments)) {
      return statement.executeUpdate();
    }
  }

  /** The column as a Long, null where it is. */
  public static Long whole(ResultSet row, int column) throws SQLException {
    final Object value = row.getObject(column);
    return value == null ? null : ((Number) value).longValue();
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object... arguments)
      throws SQLException {
    final PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < arguments.length; i++) {
      final Object argument = arguments[i];
      statement.setObject(i + 1, argument instanceof Boolean truth ? (truth ? 1 : 0) : argument);
    }
    return statement;
  }
}
