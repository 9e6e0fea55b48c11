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
  private Lines() {}

  /**
   * The lines in the order of their tags; none if there is no such metric. Those of a composite are
   * in its own order, and each has tags that the composite leaves it.
   */
  public static List<Line> read(Connection connection, LineQuery query) throws SQLException {
    final Metric metric = Catalog.metric(connection, query.metric());
    if (metric == null) {
      return List.of();
    }
    if (metric.type() == MetricType.COMPOSITE) {
      return Composites.lines(connection, metric, query);
    }
    final List<Series> series =
        Series.of(connection, metric).stream()
            .filter(
                each ->
                    query.tagPatterns().entrySet().stream()
                        .allMatch(tag -> each.has(tag.getKey(), tag.getValue())))
            .toList();
    final long period = query.periodSeconds();
    final long from = query.startTime() - Math.floorMod(query.startTime(), period);
    final long to = query.endTime() - Math.floorMod(query.endTime(), period) + period;
    final List<Line> lines = new ArrayList<>();
    try (PointReader reader =
        new PointReader(connection, series.stream().map(Series::id).toList())) {
      for (final Series each : series) {
        final List<Point> points = reader.read(each.id(), period, from, to);
        if (!points.isEmpty()) {
          lines.add(line(metric, each, points, query.summary()));
        }
      }
    }
    return lines;
  }

  private static Line line(Metric metric, Series series, List<Point> points, Summary summary) {
    final long[] times = new long[points.size()];
    final double[] values = new double[points.size()];
    int size = 0;
    for (final Point point : points) {
      final Number value = summary.of(point);
      if (value != null) {
        times[size] = point.time();
        values[size++] = value.doubleValue();
      }
    }
    return new Line(
        metric.name(), series.tags(), Arrays.copyOf(times, size), Arrays.copyOf(values, size));
  }
}
