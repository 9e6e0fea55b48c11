package io.zibrato.store.metrics;

import io.zibrato.store.composite.Composite;
import io.zibrato.store.composite.CompositeException;
import io.zibrato.store.composite.Series;
import io.zibrato.store.composite.Window;
import io.zibrato.store.data.Wildcard;
import io.zibrato.store.http.ApiError;
import io.zibrato.store.http.Parameters;
import io.zibrato.store.http.RefusedQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Metrics of the type composite: which definitions are taken, and what they come to. */
final class Composites {
  static final String PARAMETER = "composite";

  private Composites() {}

  /** Notes what is wrong with a definition by itself. */
  static void check(String definition, Parameters said) {
    try {
      Composite.parse(definition);
    } catch (CompositeException e) {
      said.problem(PARAMETER, e.getMessage());
    }
  }

  /** Refuses a definition that a new metric cannot have, and a composite without one. */
  static void checkCreation(Tables tables, String name, MetricType type, MetricProperties said)
      throws ApiError, SQLException {
    if (type == MetricType.COMPOSITE && said.composite() == null) {
      throw ApiError.param(PARAMETER, Parameters.NOT_PRESENT);
    }
    checkUpdate(tables, name, type, said);
  }

  /** Refuses a definition that a metric of the type cannot have. */
  static void checkUpdate(Tables tables, String name, MetricType type, MetricProperties said)
      throws ApiError, SQLException {
    if (said.composite() == null) {
      return;
    }
    if (type != MetricType.COMPOSITE) {
      throw ApiError.param(PARAMETER, "is for metrics of the type composite only");
    }
    for (final String used : parsed(said.composite()).metrics()) {
      final Metric metric = tables.metric(used);
      if (used.equalsIgnoreCase(name)
          || (metric != null && metric.type() == MetricType.COMPOSITE)) {
        throw ApiError.param(PARAMETER, nested(used));
      }
    }
  }

  static String nested(String name) {
    return "'" + name + "' is a composite, which cannot be part of another";
  }

  private static Composite parsed(String definition) throws ApiError {
    try {
      return Composite.parse(definition);
    } catch (CompositeException e) {
      throw ApiError.param(PARAMETER, e.getMessage());
    }
  }

  /**
   * What a composite comes to.
   *
   * @param parameter what it was given as
   * @throws RefusedQuery if it cannot be read, or asks for too much
   */
  static List<Series> series(
      StoredSeries stored, String definition, Window window, String parameter) throws SQLException {
    try {
      return Composite.parse(definition).evaluate(stored, window);
    } catch (CompositeException e) {
      throw new RefusedQuery(ApiError.param(parameter, e.getMessage()));
    }
  }

  /** See {@link Lines#read}; how the query would summarise is for the composite to say. */
  static List<Line> lines(Connection connection, Metric metric, LineQuery query)
      throws SQLException {
    final Window window = new Window(query.startTime(), query.endTime(), query.periodSeconds());
    final List<Line> lines = new ArrayList<>();
    try (StoredSeries stored = new StoredSeries(connection)) {
      for (final Series series : series(stored, metric.composite(), window, PARAMETER)) {
        if (series.times().length > 0 && matches(query.tagPatterns(), series.label().tags())) {
          lines.add(line(metric, series, query.periodSeconds()));
        }
      }
    }
    return lines;
  }

  private static boolean matches(Map<String, String> patterns, Map<String, String> tags) {
    return patterns.entrySet().stream()
        .allMatch(
            pattern -> {
              final String none = pattern.getKey().equals("source") ? "unassigned" : null;
              final String value = tags.getOrDefault(pattern.getKey(), none);
              return value != null
                  && Wildcard.matches(
                      pattern.getValue().toLowerCase(Locale.ROOT), value.toLowerCase(Locale.ROOT));
            });
  }

  /** Points that fall into one period become their mean. */
  private static Line line(Metric metric, Series series, long periodSeconds) {
    final long[] times = new long[series.times().length];
    final double[] values = new double[times.length];
    int size = 0;
    int together = 0;
    for (int i = 0; i < times.length; i++) {
      final long time = series.times()[i] - Math.floorMod(series.times()[i], periodSeconds);
      if (size == 0 || times[size - 1] != time) {
        together = 0;
        times[size++] = time;
      }
      together++;
      values[size - 1] += (series.values()[i] - values[size - 1]) / together;
    }
    return new Line(
        metric.name(),
        series.label().tags(),
        Arrays.copyOf(times, size),
        Arrays.copyOf(values, size));
  }
}
