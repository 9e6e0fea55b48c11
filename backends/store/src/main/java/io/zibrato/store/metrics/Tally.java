package io.zibrato.store.metrics;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Counts that are kept in the database, since counting rows would read them all. */
public final class Tally {
  private Tally() {}

  public static long read(Connection connection, String name) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT value FROM tally WHERE name = ?")) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        return row.getLong(1);
      }
    }
  }

  public static long metrics(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("SELECT count(*) FROM metric");
        ResultSet row = select.executeQuery()) {
      return row.getLong(1);
    }
  }
}
