package io.zibrato.store.points;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What has arrived and is not yet packed into hours: a row for each request, its measurements one
 * after the other. Written quickly, and read whole by every query, so it is kept short.
 */
final class Arrivals {
  private static final String ROWS = "SELECT id, data FROM arrived ORDER BY id";

  private Arrivals() {}

  /** Takes one measurement after the other, in the order of their arrival. */
  interface Taker {
    void take(long series, Point point);
  }

  /** Takes a row; returns whether the next is wanted too. */
  interface RowTaker {
    boolean take(long id, byte[] data) throws SQLException;
  }

  static void rows(Connection connection, RowTaker taker) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(ROWS)) {
      boolean wanted = true;
      while (wanted && row.next()) {
        wanted = taker.take(row.getLong(1), row.getBytes(2));
      }
    }
  }

  static void all(Connection connection, Taker taker) throws SQLException {
    rows(
        connection,
        (id, data) -> {
          read(data, taker);
          return true;
        });
  }

  /** The numbers of the one before, or 0, make those of this one small. */
  static void write(Bytes out, long series, long seriesBefore, long timeBefore, Point point) {
    out.zigzag(series - seriesBefore);
    out.zigzag(point.time() - timeBefore);
    point.write(out, 0);
  }

  static void read(byte[] data, Taker taker) {
    final ByteCursor in = new ByteCursor(data);
    long series = 0;
    long time = 0;
    while (in.more()) {
      series += in.zigzag();
      time += in.zigzag();
      taker.take(series, Point.read(in, in.varint(), time));
    }
  }

  static void delete(Connection connection, long upToId) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM arrived WHERE id <= ?")) {
      delete.setLong(1, upToId);
      delete.executeUpdate();
    }
  }
}
