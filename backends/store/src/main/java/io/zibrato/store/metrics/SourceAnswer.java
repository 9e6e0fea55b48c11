package io.zibrato.store.metrics;

import io.zibrato.store.http.JsonText;
import io.zibrato.store.http.Numbers;
import io.zibrato.store.points.Point;
import io.zibrato.store.points.PointPages;
import io.zibrato.store.points.PointReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
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
    final Map<String, List<Long>> sources = new TreeMap<>(); // by name, the series of each
    final Map<String, String> names = new TreeMap<>();
    for (final Series each : Series.of(connection, metric)) {
      if (view.wants(each.source())) {
        final String name =
            names.computeIfAbsent(each.source().toLowerCase(Locale.ROOT), n -> each.source());
        sources.computeIfAbsent(name, n -> new ArrayList<>()).add(each.id());
      }
    }
    final List<List<Long>> groups = groups(sources.values());
    try (PointReader reader =
        new PointReader(connection, groups.stream().flatMap(List::stream).toList())) {
      final PointPages.Page page = PointPages.read(reader, groups, view.interval().span());
      final Iterator<List<Point>> found = page.groups().iterator();
      final Map<String, List<Rise>> points = new TreeMap<>();
      for (final Map.Entry<String, List<Long>> each : sources.entrySet()) {
        final List<Rise> own =
            counter() ? counter(reader, each.getValue(), found) : Rise.none(found.next());
        if (!own.isEmpty()) {
          points.put(each.getKey(), own);
        }
      }
      json.name("resolution").value(view.interval().resolutionSeconds());
      json.name("measurements").begin('{');
      if (view.summarizeTime() || view.summarizeSources()) {
        summaries(points);
      } else {
        points.forEach(this::list);
      }
      json.end('}');
      if (page.nextTime() != null) {
        json.name("query").begin('{').name("next_time").value(page.nextTime()).end('}');
      }
    }
  }

  private boolean counter() {
    return metric.type() == MetricType.COUNTER;
  }

  /** What is to be added up as it is read: the series of a source, but not of a counter. */
  private List<List<Long>> groups(Collection<List<Long>> sources) {
    return counter()
        ? sources.stream().flatMap(List::stream).map(List::of).toList()
        : List.copyOf(sources);
  }

  private List<Rise> counter(PointReader reader, List<Long> series, Iterator<List<Point>> found)
      throws SQLException {
    final List<List<Point>> points = new ArrayList<>();
    series.forEach(each -> points.add(found.next()));
    final OptionalLong first =
        points.stream().filter(list -> !list.isEmpty()).mapToLong(l -> l.get(0).time()).min();
    if (first.isEmpty()) {
      return List.of();
    }
    final List<Point> before = new ArrayList<>();
    for (final long each : series) {
      before.add(reader.lastBefore(each, view.interval().resolutionSeconds(), first.getAsLong()));
    }
    return Rise.of(points, before);
  }

  private void list(String source, List<Rise> points) {
    json.name(source).begin('[');
    for (final Rise each : points) {
      PointJson.begin(json, each.point());
      if (each.delta() != null) {
        json.name("delta").number(each.delta());
        json.name("rate").number(Numbers.divide(each.delta(), each.seconds()));
      }
      json.end('}');
    }
    json.end(']');
  }

  private void summaries(Map<String, List<Rise>> sources) {
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

  private List<Summarized> summarized(List<Rise> points) {
    final List<Point> values =
        counter() ? deltas(points) : points.stream().map(Rise::point).toList();
    if (!view.summarizeTime() || values.isEmpty()) {
      return values.stream().map(Summarized::of).toList();
    }
    final Point sum = values.get(0).copy();
    values.subList(1, values.size()).forEach(sum::add);
    return List.of(Summarized.of(sum).rollups(values.size()));
  }

  /** What is summarised of a counter is how much it went up each time. */
  private static List<Point> deltas(List<Rise> points) {
    return points.stream()
        .filter(each -> each.delta() != null)
        .map(each -> Point.single(each.point().time(), each.delta(), false))
        .toList();
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
