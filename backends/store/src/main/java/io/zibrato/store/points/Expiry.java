package io.zibrato.store.points;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Deletes what is older than it is to be kept, a bounded number of rows at a time. What is to go is
 * out of reach of queries at once; the rows follow.
 */
public final class Expiry {
  private static final int SERIES_AT_ONCE = 100;
  private static final int ROWS_AT_ONCE = 500;

  private final Connection connection;
  private final PointWriter writer;
  private final Retention retention;
  private Floors floors;
  private long begunSeconds;
  private long seriesDone = Long.MAX_VALUE;

  public Expiry(Connection connection, PointWriter writer, Retention retention) {
    this.connection = connection;
    this.writer = writer;
    this.retention = retention;
  }

  /** Decides what is to go as of now. To be called within a transaction. */
  public void begin(long nowSeconds) throws SQLException {
    floors = Floors.read(connection);
    for (final Resolution resolution : Resolution.values()) {
      floors.raise(connection, resolution, retention.floorHour(resolution, nowSeconds));
    }
    begunSeconds = nowSeconds;
    seriesDone = -1;
  }

  /** Whether there is more to delete. */
  public boolean due() {
    return seriesDone != Long.MAX_VALUE;
  }

  /**
   * Deletes some of it, or decides once more if the decision was taken back. To be called within
   * another transaction than {@link #begin}.
   */
  public void delete() throws SQLException {
    if (!Floors.read(connection).same(floors)) {
      begin(begunSeconds);
      return;
    }
    writer.lowestTime(floors.lowestTime());
    final List<Long> series = seriesAfter(seriesDone);
    int rows = 0;
    for (final long each : series) {
      for (final Resolution resolution : Resolution.values()) {
        rows += delete(resolution, each, ROWS_AT_ONCE - rows);
      }
      if (rows >= ROWS_AT_ONCE) {
        return; // this series may have more
      }
      seriesDone = each;
    }
    if (series.size() < SERIES_AT_ONCE) {
      seriesDone = Long.MAX_VALUE;
    }
  }

  private List<Long> seriesAfter(long after) throws SQLException {
    final List<Long> series = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement("SELECT id FROM series WHERE id > ? ORDER BY id LIMIT ?")) {
      select.setLong(1, after);
      select.setLong(2, SERIES_AT_ONCE);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          series.add(row.getLong(1));
        }
      }
    }
    return series;
  }

  private int delete(Resolution resolution, long series, int limit) throws SQLException {
    if (limit <= 0) {
      return 0;
    }
    int rows = 0;
    long measurements = 0;
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM "
                + resolution.table()
                + " WHERE key IN (SELECT key FROM "
                + resolution.table()
                + " WHERE key >= ? AND key < ? LIMIT ?) RETURNING measurements")) {
      delete.setLong(1, HourKey.of(series, 0));
      delete.setLong(2, HourKey.of(series, floors.hour(resolution)));
      delete.setLong(3, limit);
      try (ResultSet row = delete.executeQuery()) {
        while (row.next()) {
          rows++;
          measurements += row.getLong(1);
        }
      }
    }
    if (resolution == Resolution.RAW && measurements > 0) {
      writer.count(-measurements);
    }
    return rows;
  }
}
