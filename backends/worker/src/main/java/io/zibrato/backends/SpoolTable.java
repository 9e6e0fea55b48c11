package io.zibrato.backends;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The spool's tables in the state's file. Each call is part of the caller's transaction. */
final class SpoolTable {
  private static final int LOOK_AT = 100;

  private final Connection connection;

  /** A part that is kept, without what is in it. */
  record Row(long place, long endMillis, int measurements, long bytes, boolean inDoubt) {
    static long bytes(Collection<Row> rows) {
      return rows.stream().mapToLong(Row::bytes).sum();
    }

    static long measurements(Collection<Row> rows) {
      return rows.stream().mapToLong(Row::measurements).sum();
    }
  }

  /** Of all parts. */
  record Totals(long parts, long measurements, long bytes, long inDoubt) {}

  SpoolTable(Connection connection) {
    this.connection = connection;
  }

  Totals totals() throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT count(*), total(measurements), total(length(data)), total(inDoubt)"
                    + " FROM spool");
        ResultSet row = select.executeQuery()) {
      row.next();
      return new Totals(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
    }
  }

  /** The place after the last. */
  long end() throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT coalesce(max(place) + 1, 0) FROM spool");
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  Row insert(long place, Snapshot part) throws SQLException {
    byte[] data = SnapshotCodec.encode(part);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO spool VALUES (?, ?, ?, 0, ?)")) {
      insert.setLong(1, place);
      insert.setLong(2, part.endMillis());
      insert.setInt(3, part.size());
      insert.setBytes(4, data);
      insert.execute();
    }
    return new Row(place, part.endMillis(), part.size(), data.length, false);
  }

  /** The first parts, at most so many. */
  List<Row> oldest(int most) throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT place, endMillis, measurements, length(data), inDoubt FROM spool"
                + " ORDER BY place LIMIT ?")) {
      select.setInt(1, most);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          rows.add(
              new Row(
                  row.getLong(1),
                  row.getLong(2),
                  row.getInt(3),
                  row.getLong(4),
                  row.getInt(5) != 0));
        }
      }
    }
    return rows;
  }

  /**
   * Deletes the oldest until so many bytes less are left, and nothing that is too old; but never
   * the one in hand, which may be null. Returns what is gone.
   */
  List<Row> deleteOldest(long tooManyBytes, long tooOldMillis, Row inHand) throws SQLException {
    List<Row> deleted = new ArrayList<>();
    int before;
    do {
      before = deleted.size();
      for (Row row : oldest(LOOK_AT)) {
        if (inHand != null && inHand.place() == row.place()) continue;
        if (tooManyBytes <= 0 && row.endMillis() >= tooOldMillis) return deleted;
        delete(row.place());
        deleted.add(row);
        tooManyBytes -= row.bytes();
      }
    } while (deleted.size() > before);
    return deleted;
  }

  /**
   * @throws UncheckedIOException when it is damaged
   */
  Snapshot read(long place) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT data FROM spool WHERE place = ?")) {
      select.setLong(1, place);
      try (ResultSet row = select.executeQuery()) {
        return SnapshotCodec.decode(row.next() ? row.getBytes(1) : null);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  void setInDoubt(long place, boolean inDoubt) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE spool SET inDoubt = ?1 WHERE place = ?2 AND inDoubt <> ?1")) {
      update.setInt(1, inDoubt ? 1 : 0);
      update.setLong(2, place);
      update.execute();
    }
  }

  void delete(Iterable<Long> places) throws SQLException {
    for (long place : places) delete(place);
  }

  void delete(long place) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM spool WHERE place = ?")) {
      delete.setLong(1, place);
      delete.execute();
    }
  }

  /** Keeps what was refused, and of all that was, the newest {@code most} parts. */
  void setAside(Snapshot part, long nowMillis, String reason, int most) throws SQLException {
    try (PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO refused (refusedMillis, reason, data) VALUES (?, ?, ?)");
        PreparedStatement trim =
            connection.prepareStatement(
                "DELETE FROM refused WHERE number <= (SELECT max(number) FROM refused) - ?")) {
      insert.setLong(1, nowMillis);
      insert.setString(2, reason);
      insert.setBytes(3, SnapshotCodec.encode(part));
      insert.execute();
      trim.setInt(1, most);
      trim.execute();
    }
  }

  /** Adds to one of the numbers of {@link Tally}. */
  void count(String name, long n) throws SQLException {
    if (n == 0) return;
    try (PreparedStatement add =
        connection.prepareStatement(
            "INSERT INTO tally VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET n = n + ?2")) {
      add.setString(1, name);
      add.setLong(2, n);
      add.execute();
    }
  }

  /** What was refused last, oldest first; what is damaged is left out. */
  List<Refused> refused(int most) throws SQLException {
    List<Refused> refused = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT reason, data FROM (SELECT * FROM refused ORDER BY number DESC LIMIT ?)"
                + " ORDER BY number")) {
      select.setInt(1, most);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          String reason = row.getString(1);
          for (Measurement each : measurements(row.getBytes(2))) {
            refused.add(new Refused(each, reason));
          }
        }
      }
    }
    return refused;
  }

  private static List<Measurement> measurements(byte[] data) {
    try {
      return SnapshotCodec.decode(data).measurements();
    } catch (IOException e) {
      return List.of();
    }
  }
}
