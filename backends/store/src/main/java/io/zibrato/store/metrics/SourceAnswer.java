package io.zibrato.store.metrics;

import io.zibrato.store.http.JsonText;
import io.zibrato.store.http.Numbers;
import io.zibrato.store.points.Point;
import io.zibrato.store.points.PointPages;
import io.zibrato.store.points.PointReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the measurements of a metric by source, as {@code /v1/metrics/:name} shows them. Series
 * with other tags beside a source, or without one, are added up under their source.
 */
final class SourceAnswer {
  private static final String ALL = "all";

  private final Metric metric;
  private final SourceView view;
  private final JsonText json;

  private SourceAnswer(Metric metric, SourceView view, JsonText json) {
    this.metric = metric;
    this.view = view;
    this.json = json;
  }

  /**
   * The members {@code resolution}, {@code measurements} and, when there is more than fits, {@code
   * query.next_time}: the start time to go on with.
   */
  static void write(Connection connection, Metric metric, SourceView view, JsonText json)
      throws SQLException {
    new SourceAnswer(metric, view, json).write(connection);
  }

  private void write(Connection connection) throws SQLException {
    final Map<String, List<Long>> groups = new LinkedHashMap<>();
    final Map<String, String> names = new TreeMap<>();
    for (final Series each : Series.of(connection, metric)) {
      if (view.wants(each.source())) {
        final String name =
            names.computeIfAbsent(each.source().toLowerCase(Locale.ROOT), n -> each.source());
        groups.computeIfAbsent(name, n -> new ArrayList<>()).add(each.id());
      }
    }
    final List<Long> series = groups.values().stream().flatMap(List::stream).toList();
    try (PointReader reader = new PointReader(connection, series)) {
      final PointPages.Page page =
          PointPages.read(reader, List.copyOf(groups.values()), view.interval().span());
      final Map<String, List<Point>> sources = new TreeMap<>();
      int group = 0;
      for (final String name : groups.keySet()) {
        final List<Point> points = page.groups().get(group++);
        if (!points.isEmpty()) {
          sources.put(name, points);
        }
      }
      json.name("resolution").value(view.interval().resolutionSeconds());
      json.name("measurements").begin('{');
      if (view.summarizeTime() || view.summarizeSources()) {
        summaries(sources);
      } else {
        for (final Map.Entry<String, List<Point>> each : sources.entrySet()) {
          final Point before = before(reader, groups.get(each.getKey()), each.getValue());
          list(each.getKey(), each.getValue(), before);
        }
      }
      json.end('}');
      if (page.nextTime() != null) {
        json.name("query").begin('{').name("next_time").value(page.nextTime()).end('}');
      }
    }
  }

  /** A counter's point just before the first, from which it went up. */
  private Point before(PointReader reader, List<Long> series, List<Point> points)
      throws SQLException {
    if (metric.type() != MetricType.COUNTER) {
      return null;
    }
    final long period = view.interval().resolutionSeconds();
    final long first = points.get(0).time();
    Point before = null;
    for (final long each : series) {
      for (final Point point : reader.read(each, period, reader.start(first - 1, period), first)) {
        if (before == null) {
          before = point;
        } else {
          before.add(point);
        }
      }
    }
    return before;
  }

  private void list(String source, List<Point> points, Point first) {
    json.name(source).begin('[');
    Point before = first;
    for (final Point point : points) {
      PointJson.begin(json, point);
      if (before != null) {
        final Number delta = PointJson.delta(before.value(), point.value());
        json.name("delta").number(delta);
        json.name("rate").number(Numbers.divide(delta, point.time() - before.time()));
      }
      json.end('}');
      before = metric.type() == MetricType.COUNTER ? point : null;
    }
    json.end(']');
  }

  private void summaries(Map<String, List<Point>> sources) {
    final Map<String, List<Summarized>> each = new TreeMap<>();
    sources.forEach((name, points) -> each.put(name, summarized(points)));
    if (view.summarizeSources()) {
      final List<Summarized> all = all(each);
      if (!view.breakoutSources()) {
        each.clear();
      }
      each.put(ALL, all);
    }
    for (final Map.Entry<String, List<Summarized>> entry : each.entrySet()) {
      json.name(entry.getKey()).begin('[');
      entry.getValue().forEach(one -> one.write(json));
      json.end(']');
    }
  }

  /** What is summarised of a counter is how much it went up each time. */
  private List<Summarized> summarized(List<Point> points) {
    final List<Point> values = metric.type() == MetricType.COUNTER ? deltas(points) : points;
    if (!view.summarizeTime() || values.isEmpty()) {
      return values.stream().map(Summarized::of).toList();
    }
    final Point sum = values.get(0).copy();
    values.subList(1, values.size()).forEach(sum::add);
    return List.of(Summarized.of(sum).rollups(values.size()));
  }

  private static List<Point> deltas(List<Point> points) {
    final List<Point> deltas = new ArrayList<>();
    for (int i = 1; i < points.size(); i++) {
      final Number delta = PointJson.delta(points.get(i - 1).value(), points.get(i).value());
      deltas.add(Point.single(points.get(i).time(), delta, false));
    }
    return deltas;
  }

  private List<Summarized> all(Map<String, List<Summarized>> sources) {
    final Map<Long, List<Summarized>> times = new TreeMap<>();
    for (final List<Summarized> source : sources.values()) {
      for (final Summarized one : source) {
        final long time = view.summarizeTime() ? 0 : one.time();
        times.computeIfAbsent(time, t -> new ArrayList<>()).add(one);
      }
    }
    return times.values().stream().map(list -> Summarized.together(list, view.groupBy())).toList();
  }
}
