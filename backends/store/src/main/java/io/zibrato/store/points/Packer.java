package io.zibrato.store.points;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Moves what has arrived into the hours of each resolution, so that every resolution always holds
 * the sums of the same measurements, however late they come. It happens in one transaction: what is
 * packed is no longer waiting.
 */
public final class Packer {
  private static final int MAX_WAITING_ROWS = 1000;
  private static final int MAX_WAITING_MEASUREMENTS = 50_000;
  private static final int MAX_HOURS_AT_ONCE = 5000;

  private final Connection connection;
  private final PointWriter writer;
  private final Bytes bytes = new Bytes();

  private record Arrived(long key, Point point) {}

  public Packer(Connection connection, PointWriter writer) {
    this.connection = connection;
    this.writer = writer;
  }

  /** Whether so much waits that queries would be slowed down by it. */
  public boolean due() throws SQLException {
    return writer.waits(MAX_WAITING_ROWS, MAX_WAITING_MEASUREMENTS);
  }

  /** Whether more arrives than is packed. */
  public boolean pressing() throws SQLException {
    return writer.waits(4 * MAX_WAITING_ROWS, 4 * MAX_WAITING_MEASUREMENTS);
  }

  /** Packs a bounded part of what waits, the oldest first. To be called within a transaction. */
  public void pack() throws SQLException {
    final List<Arrived> arrived = new ArrayList<>();
    final Set<Long> keys = new HashSet<>();
    final long[] lastId = {0};
    Arrivals.rows(
        connection,
        (id, data) -> {
          Arrivals.read(
              data,
              (series, point) -> {
                final long key = HourKey.of(series, HourKey.hourOf(point.time()));
                arrived.add(new Arrived(key, point));
                keys.add(key);
              });
          lastId[0] = id;
          return keys.size() < MAX_HOURS_AT_ONCE;
        });
    arrived.sort(
        Comparator.comparingLong(Arrived::key).thenComparingLong(each -> each.point().time()));
    store(arrived);
    Arrivals.delete(connection, lastId[0]);
    writer.packed();
  }

  private void store(List<Arrived> arrived) throws SQLException {
    final Floors floors = Floors.read(connection);
    try (Hours hours = new Hours(connection, bytes);
        PreparedStatement known =
            connection.prepareStatement("SELECT 1 FROM series WHERE id = ?")) {
      final Map<Long, Boolean> wanted = new HashMap<>();
      int from = 0;
      while (from < arrived.size()) {
        final long key = arrived.get(from).key();
        int to = from + 1;
        while (to < arrived.size() && arrived.get(to).key() == key) {
          to++;
        }
        final long series = HourKey.series(key);
        if (!wanted.containsKey(series)) {
          wanted.put(series, exists(known, series));
        }
        if (wanted.get(series)) {
          store(hours, floors, key, arrived.subList(from, to));
        }
        from = to;
      }
    }
  }

  private static boolean exists(PreparedStatement known, long series) throws SQLException {
    known.setLong(1, series);
    try (ResultSet row = known.executeQuery()) {
      return row.next();
    }
  }

  private void store(Hours hours, Floors floors, long key, List<Arrived> arrived)
      throws SQLException {
    for (final Resolution resolution : Resolution.values()) {
      if (floors.hour(resolution) <= HourKey.hour(key)) {
        final List<Point> copies = new ArrayList<>(arrived.size());
        arrived.forEach(each -> copies.add(each.point().copy()));
        final List<Point> spans = new ArrayList<>();
        Packed.addInto(spans, copies, resolution.seconds());
        hours.add(resolution, key, arrived.size(), spans);
      } else if (resolution == Resolution.RAW) {
        writer.count(-arrived.size());
      }
    }
  }

  /** The rows of all resolutions, to add to. */
  private static final class Hours implements AutoCloseable {
    private final Map<Resolution, PreparedStatement> selects = new EnumMap<>(Resolution.class);
    private final Map<Resolution, PreparedStatement> replaces = new EnumMap<>(Resolution.class);
    private final Bytes bytes;

    Hours(Connection connection, Bytes bytes) throws SQLException {
      this.bytes = bytes;
      for (final Resolution each : Resolution.values()) {
        selects.put(
            each,
            connection.prepareStatement(
                "SELECT measurements, data FROM " + each.table() + " WHERE key = ?"));
        replaces.put(
            each,
            connection.prepareStatement(
                "INSERT OR REPLACE INTO " + each.table() + " VALUES (?, ?, ?)"));
      }
    }

    void add(Resolution resolution, long key, long measurements, List<Point> spans)
        throws SQLException {
      final long hour = HourKey.hour(key);
      long held = 0;
      List<Point> all = spans;
      final PreparedStatement select = selects.get(resolution);
      select.setLong(1, key);
      try (ResultSet row = select.executeQuery()) {
        if (row.next()) {
          held = row.getLong(1);
          all = Packed.merge(Packed.unpack(row.getBytes(2), hour, resolution), spans);
        }
      }
      final PreparedStatement replace = replaces.get(resolution);
      replace.setLong(1, key);
      replace.setLong(2, held + measurements);
      replace.setBytes(3, Packed.pack(all, hour, resolution, bytes));
      replace.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
      for (final PreparedStatement each : selects.values()) {
        each.close();
      }
      for (final PreparedStatement each : replaces.values()) {
        each.close();
      }
    }
  }
}
