package io.zibrato.store.metrics;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import io.zibrato.store.http.Call;
import io.zibrato.store.http.JsonText;
import io.zibrato.store.http.Numbers;
import io.zibrato.store.points.Point;
import io.zibrato.store.points.PointPages;
import io.zibrato.store.points.PointReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes the series of a metric by their tags, as {@code /v1/measurements/:name} shows them. */
final class TagAnswer {
  private final Metric metric;
  private final TagView view;
  private final Statistic statistic;
  private final JsonText json;

  /**
   * What there is of one set of tags.
   *
   * @param before the last point before the first; null if there is none, or it does not matter
   */
  private record Found(Map<String, String> tags, List<Point> points, Point before) {}

  private TagAnswer(Metric metric, TagView view, JsonText json) {
    this.metric = metric;
    this.view = view;
    this.json = json;
    statistic = view.statistic() != null ? view.statistic() : own(metric);
  }

  /** What the metric's attribute {@code summarize_function} says, else the mean. */
  private static Statistic own(Metric metric) {
    final JsonElement said = metric.attributes().get("summarize_function");
    final Statistic own =
        said instanceof JsonPrimitive word ? Statistic.of(word.getAsString()) : null;
    if (own != null && own != Statistic.ALL) {
      return own;
    }
    return metric.type() == MetricType.COUNTER ? Statistic.LAST : Statistic.MEAN;
  }

  static void write(Connection connection, Metric metric, TagView view, Call call, JsonText json)
      throws SQLException {
    new TagAnswer(metric, view, json).write(connection, call);
  }

  private boolean wants(Map<String, String> tags) {
    return view.filter().test(tags)
        && (view.groupBy() == null || tags.keySet().containsAll(view.groupBy()));
  }

  private void write(Connection connection, Call call) throws SQLException {
    if (metric.type() == MetricType.COMPOSITE) {
      composite(connection, call);
      return;
    }
    final List<Series> wanted =
        Series.of(connection, metric).stream().filter(each -> wants(each.tags())).toList();
    final List<Long> ids = wanted.stream().map(Series::id).toList();
    final List<Found> found = new ArrayList<>();
    final Long nextTime;
    try (PointReader reader = new PointReader(connection, ids)) {
      final PointPages.Page page =
          PointPages.read(reader, ids.stream().map(List::of).toList(), view.interval().span());
      for (int i = 0; i < ids.size(); i++) {
        final List<Point> points = page.groups().get(i);
        found.add(new Found(wanted.get(i).tags(), points, before(reader, ids.get(i), points)));
      }
      nextTime = page.nextTime();
    }
    write(found, nextTime, call);
  }

  /** The point before the first, if it makes a difference. */
  private Point before(PointReader reader, long series, List<Point> points) throws SQLException {
    return statistic == Statistic.DERIVATIVE && !points.isEmpty()
        ? reader.lastBefore(series, view.interval().resolutionSeconds(), points.get(0).time())
        : null;
  }

  private void composite(Connection connection, Call call) throws SQLException {
    final Interval interval = view.interval();
    final LineQuery query =
        new LineQuery(
            metric.name(),
            Map.of(),
            interval.startTime(),
            interval.endTime(),
            interval.resolutionSeconds(),
            Summary.DEFAULT);
    final List<Found> found = new ArrayList<>();
    for (final Line line : Composites.lines(connection, metric, query)) {
      if (wants(line.tags())) {
        final List<Point> points = new ArrayList<>();
        for (int i = 0; i < line.times().length; i++) {
          points.add(Point.single(line.times()[i], Numbers.wholeOr(line.values()[i]), false));
        }
        found.add(new Found(line.tags(), points, null));
      }
    }
    write(found, null, call);
  }

  private void write(List<Found> found, Long nextTime, Call call) {
    json.begin('{').name("series").begin('[');
    if (view.groupBy() == null) {
      found.stream().filter(each -> !each.points().isEmpty()).forEach(this::series);
    } else {
      groups(found);
    }
    json.end(']');
    json.name("links").begin('[');
    if (nextTime != null) {
      json.begin('{').name("rel").value("next");
      json.name("href").value(next(call, nextTime)).end('}');
    }
    json.end(']');
    json.name("resolution").value(view.interval().resolutionSeconds());
    for (final Map.Entry<String, JsonElement> each : metric.json().entrySet()) {
      if (Set.of("name", "period", "attributes").contains(each.getKey())) {
        json.name(each.getKey()).value(each.getValue());
      }
    }
    json.end('}');
  }

  private void series(Found found) {
    tags(found.tags());
    Point before = found.before();
    for (final Point point : found.points()) {
      final Number value = statistic.of(point, before);
      if (value != null) {
        json.begin('{').name("time").value(point.time());
        json.name("value").number(value);
        if (statistic == Statistic.ALL) {
          all(point);
        }
        json.end('}');
      }
      before = point;
    }
    json.end(']').end('}');
  }

  private void all(Point point) {
    json.name("count").value(point.count());
    json.name("sum").number(point.sum());
    PointJson.member(json, "min", point.min());
    PointJson.member(json, "max", point.max());
    json.name("mean").number(point.mean());
    PointJson.member(json, "stddev", Statistic.deviation(point));
  }

  /** Up to where the measurements begin. */
  private void tags(Map<String, String> tags) {
    json.begin('{').name("tags").begin('{');
    tags.forEach((name, value) -> json.name(name).value(value));
    json.end('}').name("measurements").begin('[');
  }

  private void groups(List<Found> found) {
    final Map<Map<String, String>, Map<Long, List<Number>>> groups =
        new TreeMap<>(Comparator.comparing(Series::order));
    for (final Found each : found) {
      final Map<String, String> tags = new TreeMap<>(each.tags());
      tags.keySet().retainAll(view.groupBy());
      final Map<Long, List<Number>> times = groups.computeIfAbsent(tags, t -> new TreeMap<>());
      Point before = each.before();
      for (final Point point : each.points()) {
        final Number value = statistic.of(point, before);
        if (value != null) {
          times.computeIfAbsent(point.time(), t -> new ArrayList<>()).add(value);
        }
        before = point;
      }
    }
    groups.forEach(this::group);
  }

  private void group(Map<String, String> tags, Map<Long, List<Number>> times) {
    if (times.isEmpty()) {
      return;
    }
    tags(tags);
    for (final Map.Entry<Long, List<Number>> each : times.entrySet()) {
      json.begin('{').name("time").value(each.getKey());
      json.name("value").number(Summary.over(each.getValue(), view.groupFunction()));
      json.end('}');
    }
    json.end(']').end('}');
  }

  /** The same question, from {@code time} on. */
  private String next(Call call, long time) {
    final Map<String, String> times = new LinkedHashMap<>();
    times.put("start_time", Long.toString(time));
    times.put("end_time", Long.toString(view.interval().endTime()));
    final List<Map.Entry<String, String>> parameters = new ArrayList<>(times.entrySet());
    for (final Map.Entry<String, String> each : call.parameters()) {
      if (!times.containsKey(each.getKey()) && !each.getKey().equals("duration")) {
        parameters.add(each);
      }
    }
    return parameters.stream()
        .map(each -> encode(each.getKey()) + "=" + encode(each.getValue()))
        .collect(Collectors.joining("&", call.url() + "?", ""));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
