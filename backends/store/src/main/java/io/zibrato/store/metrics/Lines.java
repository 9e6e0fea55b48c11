package io.zibrato.store.metrics;

import io.zibrato.store.points.Point;
import io.zibrato.store.points.PointReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the lines of a chart. */
public final class Lines {
  /** How many periods are read at once. */
  private static final long SLICE = 50_000;

  private Lines() {}

  /**
   * The lines in the order of their tags; none if there is no such metric. Those of a composite are
   * in its own order, and each has tags that the composite leaves it.
   */
  public static List<Line> read(Connection connection, LineQuery query) throws SQLException {
    return read(connection, query, Long.MAX_VALUE);
  }

  /**
   * The same, but ends with the line in which there are more than {@code maxPoints} points, and
   * soon after the point that is one too many.
   */
  public static List<Line> read(Connection connection, LineQuery query, long maxPoints)
      throws SQLException {
    final Metric metric = Catalog.metric(connection, query.metric());
    if (metric == null) {
      return List.of();
    }
    if (metric.type() == MetricType.COMPOSITE) {
      return Composites.lines(connection, metric, query);
    }
    final List<Series> series =
        Series.of(connection, metric).stream().filter(each -> takes(query, each)).toList();
    final List<Line> lines = new ArrayList<>();
    long left = maxPoints;
    try (PointReader reader =
        new PointReader(connection, series.stream().map(Series::id).toList())) {
      for (final Series each : series) {
        final Line line = line(reader, metric, each, query, left);
        if (line.times().length > 0) {
          lines.add(line);
        }
        left -= line.times().length;
        if (left < 0) {
          return lines;
        }
      }
    }
    return lines;
  }

  /** Whether the query asks for the series. */
  static boolean takes(LineQuery query, Series series) {
    return query.tagPatterns().entrySet().stream()
        .allMatch(tag -> series.has(tag.getKey(), tag.getValue()));
  }

  /**
   * The line of one series, in slices: one that has more than {@code maxPoints} points is not read
   * to its end.
   */
  static Line line(
      PointReader reader, Metric metric, Series series, LineQuery query, long maxPoints)
      throws SQLException {
    final long period = query.periodSeconds();
    final long end = query.endTime() - Math.floorMod(query.endTime(), period) + period;
    long[] times = {};
    double[] values = {};
    int size = 0;
    long from = query.startTime() < end ? reader.start(query.startTime(), period) : end;
    while (from < end && size <= maxPoints) {
      if (end - from > SLICE * period) {
        final Long next = reader.nextTime(List.of(series.id()), from);
        from = next == null ? end : Math.max(from, next - Math.floorMod(next, period));
      }
      final long to = Math.min(end, from + SLICE * period);
      final List<Point> points = from < to ? reader.read(series.id(), period, from, to) : List.of();
      times = Arrays.copyOf(times, size + points.size());
      values = Arrays.copyOf(values, times.length);
      for (final Point point : points) {
        final Number value = query.summary().of(point);
        if (value != null) {
          times[size] = point.time();
          values[size++] = value.doubleValue();
        }
      }
      from = to;
    }
    return new Line(
        metric.name(), series.tags(), Arrays.copyOf(times, size), Arrays.copyOf(values, size));
  }
}
