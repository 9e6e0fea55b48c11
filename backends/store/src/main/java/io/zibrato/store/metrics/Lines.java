package io.zibrato.store.metrics;

import io.zibrato.store.data.Wildcard;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads the lines of a chart. */
public final class Lines {
  private static final String ROWS =
      "SELECT measure_time, source_id, count, sum, min, max, sum_squares FROM measurement"
          + " WHERE metric_id = ? AND measure_time BETWEEN ? AND ? ORDER BY measure_time, id";

  private final Connection connection;
  private final LineQuery query;
  private final Map<Long, String> wanted = new HashMap<>();
  private final Map<String, TreeMap<Long, Bucket>> series =
      new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private Lines(Connection connection, LineQuery query) {
    this.connection = connection;
    this.query = query;
  }

  /**
   * The lines in the order of their tags; none if there is no such metric. Those of a composite are
   * in its own order, and each has tags that the composite leaves it.
   */
  public static List<Line> read(Connection connection, LineQuery query) throws SQLException {
    final Metric metric = Catalog.metric(connection, query.metric());
    if (metric == null) {
      return List.of();
    }
    return metric.type() == MetricType.COMPOSITE
        ? Composites.lines(connection, metric, query)
        : new Lines(connection, query).read(metric);
  }

  private List<Line> read(Metric metric) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(ROWS)) {
      final long period = query.periodSeconds();
      select.setLong(1, metric.id());
      select.setLong(2, query.startTime() - Math.floorMod(query.startTime(), period));
      select.setLong(
          3, query.endTime() - Math.floorMod(query.endTime(), period) + query.periodSeconds() - 1);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          final String source = wanted(row.getLong(2));
          if (source != null) {
            final long time = row.getLong(1) - Math.floorMod(row.getLong(1), period);
            series
                .computeIfAbsent(source, s -> new TreeMap<>())
                .computeIfAbsent(time, t -> new Bucket(t, metric.type()))
                .add(row, 3);
          }
        }
      }
    }
    final List<Line> lines = new ArrayList<>();
    series.forEach((source, buckets) -> lines.add(line(metric, source, buckets)));
    return lines;
  }

  private Line line(Metric metric, String source, TreeMap<Long, Bucket> buckets) {
    final long[] times = new long[buckets.size()];
    final double[] values = new double[buckets.size()];
    int size = 0;
    for (final Map.Entry<Long, Bucket> bucket : buckets.entrySet()) {
      final Number value = bucket.getValue().value(query.summary());
      if (value != null) {
        times[size] = bucket.getKey();
        values[size++] = value.doubleValue();
      }
    }
    return new Line(
        metric.name(),
        source.isEmpty() ? Map.of() : Map.of("source", source),
        Arrays.copyOf(times, size),
        Arrays.copyOf(values, size));
  }

  /** The source's name, empty for none; null if it was not asked for. */
  private String wanted(long id) throws SQLException {
    if (wanted.containsKey(id)) {
      return wanted.get(id);
    }
    try (PreparedStatement select =
        connection.prepareStatement("SELECT name FROM source WHERE id = ?")) {
      select.setLong(1, id);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        final String name = row.getString(1);
        final boolean taken =
            query.tagPatterns().entrySet().stream().allMatch(e -> matches(e, name));
        final String tag = name.equals(NewMeasurement.UNASSIGNED) ? "" : name;
        wanted.put(id, taken ? tag : null);
        return wanted.get(id);
      }
    }
  }

  private static boolean matches(Map.Entry<String, String> pattern, String source) {
    return pattern.getKey().equals("source")
        && Wildcard.matches(
            pattern.getValue().toLowerCase(Locale.ROOT), source.toLowerCase(Locale.ROOT));
  }
}
