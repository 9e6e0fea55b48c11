package io.zibrato.store.points;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/** Writes down what arrives, and deletes series. For the writer's thread alone. */
public final class PointWriter {
  private static final long UNKNOWN = -1;

  private final Connection connection;
  private final PreparedStatement insert;
  private final PreparedStatement tally;
  private final Bytes bytes = new Bytes();
  private long seriesBefore;
  private long timeBefore;
  private int measurements;
  private long waitingRows = UNKNOWN;
  private long waitingMeasurements;
  private volatile long lowestTime;

  public PointWriter(Connection connection) throws SQLException {
    this.connection = connection;
    insert = connection.prepareStatement("INSERT INTO arrived (measurements, data) VALUES (?, ?)");
    tally =
        connection.prepareStatement(
            "UPDATE tally SET value = value + ? WHERE name = 'measurements'");
    lowestTime = Floors.read(connection).lowestTime();
  }

  /** Before it nothing is kept, in epoch seconds. For any thread. */
  public long lowestTime() {
    return lowestTime;
  }

  void lowestTime(long time) {
    lowestTime = time;
  }

  /** Begins what one request brings. */
  public void begin() {
    bytes.clear();
    seriesBefore = 0;
    timeBefore = 0;
    measurements = 0;
  }

  public void add(long series, Point measurement) {
    Arrivals.write(bytes, series, seriesBefore, timeBefore, measurement);
    seriesBefore = series;
    timeBefore = measurement.time();
    measurements++;
  }

  /** Writes what was added since {@link #begin}. */
  public void end() throws SQLException {
    insert.setLong(1, measurements);
    insert.setBytes(2, bytes.copy());
    insert.executeUpdate();
    count(measurements);
    if (waitingRows != UNKNOWN) {
      waitingRows++;
      waitingMeasurements += measurements;
    }
  }

  /** To be called when changes were taken back. */
  public void forget() {
    waitingRows = UNKNOWN;
  }

  private void know() throws SQLException {
    if (waitingRows != UNKNOWN) {
      return;
    }
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery("SELECT count(*), total(measurements) FROM arrived")) {
      waitingRows = row.getLong(1);
      waitingMeasurements = row.getLong(2);
    }
  }

  /** Whether more waits to be packed than these. */
  boolean waits(long rows, long moreMeasurements) throws SQLException {
    know();
    return waitingRows > rows || waitingMeasurements > moreMeasurements;
  }

  void packed() {
    forget();
  }

  /** Adds to the count of what is held. */
  public void count(long more) throws SQLException {
    tally.setLong(1, more);
    tally.executeUpdate();
  }

  /** Deletes all that was measured of them. A number of a series is never used again. */
  public void delete(Set<Long> series) throws SQLException {
    long gone = 0;
    for (final Resolution resolution : Resolution.values()) {
      final String where = " FROM " + resolution.table() + " WHERE key >= ? AND key < ?";
      try (PreparedStatement held =
              connection.prepareStatement("SELECT total(measurements)" + where);
          PreparedStatement delete = connection.prepareStatement("DELETE" + where)) {
        for (final long each : series) {
          gone += resolution == Resolution.RAW ? total(held, each) : 0;
          range(delete, each).executeUpdate();
        }
      }
    }
    final long[] waiting = {0};
    Arrivals.all(connection, (each, point) -> waiting[0] += series.contains(each) ? 1 : 0);
    count(-gone - waiting[0]);
  }

  private static long total(PreparedStatement held, long series) throws SQLException {
    try (ResultSet row = range(held, series).executeQuery()) {
      return row.getLong(1);
    }
  }

  private static PreparedStatement range(PreparedStatement statement, long series)
      throws SQLException {
    statement.setLong(1, HourKey.of(series, 0));
    statement.setLong(2, HourKey.end(series));
    return statement;
  }
}
