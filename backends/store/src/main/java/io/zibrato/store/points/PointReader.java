package io.zibrato.store.points;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Reads points of some series, in the snapshot of one connection. */
public final class PointReader implements AutoCloseable {
  private final Connection connection;
  private final Floors floors;
  private final Map<Long, List<Point>> waiting = new HashMap<>();
  private final Map<Resolution, PreparedStatement> selects = new EnumMap<>(Resolution.class);

  /** For these series alone. */
  public PointReader(Connection connection, Collection<Long> series) throws SQLException {
    this(connection, Set.copyOf(series)::contains);
  }

  /** For all series: what waits to be packed is read once, and kept. */
  public PointReader(Connection connection) throws SQLException {
    this(connection, series -> true);
  }

  private PointReader(Connection connection, Predicate<Long> wanted) throws SQLException {
    this.connection = connection;
    floors = Floors.read(connection);
    Arrivals.all(
        connection,
        (each, point) -> {
          if (wanted.test(each)) {
            waiting.computeIfAbsent(each, s -> new ArrayList<>()).add(point);
          }
        });
    waiting.values().forEach(points -> points.sort(Comparator.comparingLong(Point::time)));
  }

  /**
   * The points of one series in spans of {@code period} seconds, ascending, without those in which
   * nothing was measured. Where only coarser points are kept, they stand at their own times, and
   * those that begin before {@code from} are left out: see {@link #start}.
   *
   * @param from a multiple of the period
   * @param to exclusive; a multiple of the period
   */
  public List<Point> read(long series, long period, long from, long to) throws SQLException {
    final List<Point> spans = new ArrayList<>();
    final long lastHour = HourKey.hourOf(to - 1);
    long hour = HourKey.hourOf(from);
    while (hour <= lastHour && from < to) {
      final long next = Math.min(floors.nextChange(hour), lastHour + 1);
      final Resolution resolution = floors.at(hour, period);
      if (resolution != null) {
        packed(series, resolution, hour, next - 1, new Window(period, from, to), spans);
      }
      hour = next;
    }
    return Packed.merge(spans, arrived(series, new Window(period, from, to)));
  }

  /**
   * Where to begin so as to read all that overlaps {@code time}: a multiple of the period, and not
   * within a span that is kept there in one piece only.
   */
  public long start(long time, long period) {
    final Resolution resolution = floors.at(HourKey.hourOf(time), period);
    final long start =
        resolution == null || resolution.seconds() <= period ? time : resolution.start(time);
    return start - Math.floorMod(start, period);
  }

  private record Window(long period, long from, long to) {
    boolean has(long time) {
      return time >= from && time < to;
    }

    /** Where a point of that time stands. */
    long start(long time, Resolution resolution) {
      return resolution.seconds() > period ? time : time - Math.floorMod(time, period);
    }
  }

  /** As they will be once they are packed. */
  private List<Point> arrived(long series, Window window) {
    final List<Point> spans = new ArrayList<>();
    for (final Point point : waiting.getOrDefault(series, List.of())) {
      final Resolution resolution = floors.at(HourKey.hourOf(point.time()), window.period());
      if (resolution != null && window.has(resolution.start(point.time()))) {
        Packed.add(spans, point.copy(), window.start(resolution.start(point.time()), resolution));
      }
    }
    return spans;
  }

  private void packed(
      long series,
      Resolution resolution,
      long firstHour,
      long lastHour,
      Window window,
      List<Point> spans)
      throws SQLException {
    final PreparedStatement select = select(resolution);
    select.setLong(1, HourKey.of(series, firstHour));
    select.setLong(2, HourKey.of(series, lastHour));
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        unpack(row.getBytes(2), HourKey.hour(row.getLong(1)), resolution, window, spans);
      }
    }
  }

  private static void unpack(
      byte[] data, long hour, Resolution resolution, Window window, List<Point> spans) {
    final ByteCursor in = new ByteCursor(data);
    long time = hour * HourKey.SECONDS;
    while (in.more()) {
      final long flags = in.varint();
      time += Point.beside(flags) * resolution.seconds();
      final Point point = Point.read(in, flags, time);
      if (window.has(time)) {
        Packed.add(spans, point, window.start(time, resolution));
      }
    }
  }

  private PreparedStatement select(Resolution resolution) throws SQLException {
    PreparedStatement select = selects.get(resolution);
    if (select == null) {
      select =
          connection.prepareStatement(
              "SELECT key, data FROM "
                  + resolution.table()
                  + " WHERE key BETWEEN ? AND ? ORDER BY key");
      selects.put(resolution, select);
    }
    return select;
  }

  /** When at the earliest something was measured from {@code time} on; null if never. */
  public Long nextTime(Collection<Long> series, long time) throws SQLException {
    Long next = edge(series, "min", HourKey.hourOf(time), HourKey.hourOf(Long.MAX_VALUE));
    next = next == null ? null : Math.max(time, next * HourKey.SECONDS);
    for (final long each : series) {
      for (final Point point : waiting.getOrDefault(each, List.of())) {
        if (point.time() >= time && (next == null || point.time() < next)) {
          next = point.time();
        }
      }
    }
    return next;
  }

  /** When at the latest something was measured before {@code time}; null if never. */
  public Long timeBefore(Collection<Long> series, long time) throws SQLException {
    final Long hour = edge(series, "max", 0, HourKey.hourOf(time - 1));
    Long last = hour == null ? null : Math.min(time - 1, (hour + 1) * HourKey.SECONDS - 1);
    for (final long each : series) {
      for (final Point point : waiting.getOrDefault(each, List.of())) {
        if (point.time() < time && (last == null || point.time() > last)) {
          last = point.time();
        }
      }
    }
    return last;
  }

  /**
   * The last span of {@code period} seconds before {@code time} in which something of the series
   * was measured, however long ago; null if there is none.
   */
  public Point lastBefore(long series, long period, long time) throws SQLException {
    final List<Long> only = List.of(series);
    Long last = timeBefore(only, time);
    while (last != null) {
      final long from = start(last - Math.floorMod(last, HourKey.SECONDS), period);
      final List<Point> points = read(series, period, from, time);
      if (!points.isEmpty()) {
        return points.get(points.size() - 1);
      }
      last = timeBefore(only, from); // what that hour has, it has later
    }
    return null;
  }

  /** The first or last hour of any of the series; null if there is none. */
  private Long edge(Collection<Long> series, String function, long firstHour, long lastHour)
      throws SQLException {
    final Resolution widest = floors.widest();
    final long first = Math.max(firstHour, floors.hour(widest));
    Long edge = null;
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT " + function + "(key) FROM " + widest.table() + " WHERE key BETWEEN ? AND ?")) {
      for (final long each : series) {
        select.setLong(1, HourKey.of(each, first));
        select.setLong(2, HourKey.of(each, lastHour));
        try (ResultSet row = select.executeQuery()) {
          final long key = row.getLong(1);
          if (!row.wasNull()) {
            final long hour = HourKey.hour(key);
            edge =
                edge == null
                    ? Long.valueOf(hour)
                    : Long.valueOf(
                        function.equals("min") ? Math.min(edge, hour) : Math.max(edge, hour));
          }
        }
      }
    }
    return edge;
  }

  @Override
  public void close() throws SQLException {
    for (final PreparedStatement each : selects.values()) {
      each.close();
    }
  }
}
