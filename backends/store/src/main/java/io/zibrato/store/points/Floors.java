package io.zibrato.store.points;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;

/**
 * From which hour on each resolution is whole: below it nothing of that resolution is kept, from it
 * on everything. Floors only rise, so that what was once dropped is never taken for complete when
 * more is kept from now on.
 */
public final class Floors {
  private final Map<Resolution, Long> hours = new EnumMap<>(Resolution.class);

  private Floors() {}

  public static Floors read(Connection connection) throws SQLException {
    final Floors floors = new Floors();
    for (final Resolution resolution : Resolution.values()) {
      floors.hours.put(resolution, 0L);
    }
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery("SELECT resolution, hour FROM floor")) {
      while (row.next()) {
        for (final Resolution resolution : Resolution.values()) {
          if (resolution.seconds() == row.getLong(1)) {
            floors.hours.put(resolution, row.getLong(2));
          }
        }
      }
    }
    return floors;
  }

  boolean same(Floors other) {
    return hours.equals(other.hours);
  }

  /** The first hour since 1970 that is kept. */
  long hour(Resolution resolution) {
    return hours.get(resolution);
  }

  /** Before it nothing is kept at any resolution, in epoch seconds. */
  public long lowestTime() {
    return hour(widest()) * HourKey.SECONDS;
  }

  /** The one that reaches back the furthest; of several the coarsest. */
  Resolution widest() {
    Resolution widest = Resolution.HOUR;
    for (final Resolution resolution : Resolution.values()) {
      widest = hour(resolution) < hour(widest) ? resolution : widest;
    }
    return widest;
  }

  /**
   * Which resolution to read an hour from: the coarsest whose spans fit into the period; if none of
   * those is kept there, the finest that is; null if nothing is.
   */
  Resolution at(long hour, long periodSeconds) {
    Resolution fits = null;
    Resolution finest = null;
    for (final Resolution resolution : Resolution.values()) {
      if (hour(resolution) <= hour) {
        finest = finest == null ? resolution : finest;
        fits = periodSeconds % resolution.seconds() == 0 ? resolution : fits;
      }
    }
    return fits != null ? fits : finest;
  }

  /**
   * How long the spans are that an interval's points are read from at most, in seconds: the period,
   * unless only coarser ones are kept of a part of it.
   */
  public long spanSeconds(long from, long to, long periodSeconds) {
    long longest = periodSeconds;
    final long last = HourKey.hourOf(to);
    for (long hour = HourKey.hourOf(from); hour <= last; hour = nextChange(hour)) {
      final Resolution read = at(hour, periodSeconds);
      longest = read == null ? longest : Math.max(longest, read.seconds());
    }
    return longest;
  }

  /** How far back an interval may begin earlier without longer spans, in epoch seconds. */
  public long reach(long from, long to, long periodSeconds) {
    final long longest = spanSeconds(from, to, periodSeconds);
    long reach = from;
    for (final long hour : hours.values()) {
      final long start = hour * HourKey.SECONDS;
      if (start < reach && spanSeconds(start, to, periodSeconds) == longest) {
        reach = start;
      }
    }
    return reach;
  }

  /** The next hour above {@code hour} at which {@link #at} may change. */
  long nextChange(long hour) {
    long next = Long.MAX_VALUE;
    for (final long floor : hours.values()) {
      next = floor > hour ? Math.min(next, floor) : next;
    }
    return next;
  }

  /** Raises one; returns whether it was lower. */
  boolean raise(Connection connection, Resolution resolution, long hour) throws SQLException {
    if (hour <= hour(resolution)) {
      return false;
    }
    try (PreparedStatement update =
        connection.prepareStatement("INSERT OR REPLACE INTO floor VALUES (?, ?)")) {
      update.setLong(1, resolution.seconds());
      update.setLong(2, hour);
      update.executeUpdate();
    }
    hours.put(resolution, hour);
    return true;
  }
}
