package io.zibrato.store.resources.alerts;

import io.zibrato.store.data.Wildcard;
import io.zibrato.store.metrics.Line;
import io.zibrato.store.metrics.LineQuery;
import io.zibrato.store.metrics.Lines;
import io.zibrato.store.metrics.Summary;
import io.zibrato.store.resources.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Collectors;

/**
 * The measurements that one condition is about, by streams. Each second that something was measured
 * in is one; where the condition groups streams they are taken together, minute by minute.
 */
final class Streams {
  /** More than so many of one condition are not looked at. */
  static final int MAX = 1000;

  /** More than so many points of one condition are not read: so many streams, for an hour. */
  static final long MAX_POINTS = MAX * 3600L;

  private static final long GROUP_SECONDS = 60;
  private static final String SOURCE = "source";

  private final Connection connection;
  private final Condition condition;
  private final long startTime;
  private final long endTime;
  private final long maxPoints;

  /** What was measured in one stream: times ascend, in epoch seconds. */
  record Stream(String name, long[] times, double[] values) {
    long lastTime() {
      return times.length == 0 ? 0 : times[times.length - 1];
    }
  }

  private Streams(
      Connection connection, Condition condition, long startTime, long endTime, long maxPoints) {
    this.connection = connection;
    this.condition = condition;
    this.startTime = startTime;
    this.endTime = endTime;
    this.maxPoints = maxPoints;
  }

  /** The type of the metric; null if there is none. */
  static String type(Connection connection, String metric) throws SQLException {
    return Sql.first(
        connection, row -> row.getString(1), "SELECT type FROM metric WHERE name = ?", metric);
  }

  /** What the condition compares. */
  static String function(Connection connection, Condition condition) throws SQLException {
    if (condition.function() != null) {
      return condition.function();
    }
    return "counter".equals(type(connection, condition.metric())) ? "derivative" : "average";
  }

  /** Values are what {@code function} makes of each; of a derivative, those it is taken from. */
  static List<Stream> read(
      Connection connection, Condition condition, String function, long startTime, long endTime)
      throws SQLException {
    return read(connection, condition, function, startTime, endTime, MAX_POINTS);
  }

  /** The same, with a bound of one's own on the points that are read. */
  static List<Stream> read(
      Connection connection,
      Condition condition,
      String function,
      long startTime,
      long endTime,
      long maxPoints)
      throws SQLException {
    final Streams streams = new Streams(connection, condition, startTime, endTime, maxPoints);
    final boolean grouped = condition.tags().stream().anyMatch(Condition.Tag::grouped);
    return grouped ? streams.grouped(function) : streams.each(summary(function), 1, endTime);
  }

  private static Summary summary(String function) {
    final Summary summary = Summary.of(function);
    return summary == null ? Summary.DEFAULT : summary;
  }

  private List<Stream> each(Summary summary, long period, long end) throws SQLException {
    final List<Stream> streams = new ArrayList<>();
    for (final Line line :
        Lines.read(
            connection,
            new LineQuery(condition.metric(), patterns(), startTime, end, period, summary),
            maxPoints)) {
      if (streams.size() < MAX && wanted(line.tags())) {
        streams.add(new Stream(name(line.tags()), line.times(), line.values()));
      }
    }
    return streams;
  }

  private List<Stream> grouped(String function) throws SQLException {
    // A minute that is not over is not compared yet.
    final long end = endTime - Math.floorMod(endTime, GROUP_SECONDS) - 1;
    final TreeMap<Long, Double> merged;
    switch (function) {
      case "min" -> merged = merged(Summary.MIN, end, Math::min);
      case "max" -> merged = merged(Summary.MAX, end, Math::max);
      case "count" -> merged = merged(Summary.COUNT, end, Double::sum);
      case "sum" -> merged = merged(Summary.SUM, end, Double::sum);
      case "average" -> {
        merged = merged(Summary.SUM, end, Double::sum);
        merged(Summary.COUNT, end, Double::sum)
            .forEach((time, count) -> merged.computeIfPresent(time, (t, sum) -> sum / count));
      }
      default -> merged = merged(Summary.DEFAULT, end, Double::sum);
    }
    if (merged.isEmpty()) {
      return List.of();
    }
    return List.of(
        new Stream(
            groupName(),
            merged.keySet().stream().mapToLong(Long::longValue).toArray(),
            merged.values().stream().mapToDouble(Double::doubleValue).toArray()));
  }

  private TreeMap<Long, Double> merged(Summary summary, long end, DoubleBinaryOperator with)
      throws SQLException {
    final TreeMap<Long, Double> merged = new TreeMap<>();
    for (final Stream stream : each(summary, GROUP_SECONDS, end)) {
      for (int i = 0; i < stream.times().length; i++) {
        merged.merge(stream.times()[i], stream.values()[i], with::applyAsDouble);
      }
    }
    return merged;
  }

  /** What the query can ask for; the rest is for {@link #wanted}. */
  private Map<String, String> patterns() {
    final Map<String, String> patterns = new HashMap<>();
    for (final Condition.Tag tag : condition.tags()) {
      patterns.put(tag.name(), tag.patterns().size() == 1 ? tag.patterns().get(0) : "*");
    }
    if (condition.source() != null) {
      patterns.put(SOURCE, condition.source());
    }
    return patterns;
  }

  private boolean wanted(Map<String, String> tags) {
    for (final Condition.Tag tag : condition.tags()) {
      final String value = tags.getOrDefault(tag.name(), "unassigned").toLowerCase(Locale.ROOT);
      if (!tag.patterns().isEmpty()
          && tag.patterns().stream()
              .noneMatch(p -> Wildcard.matches(p.toLowerCase(Locale.ROOT), value))) {
        return false;
      }
    }
    return true;
  }

  /** Of a source its name, as in the API's examples. */
  private static String name(Map<String, String> tags) {
    if (tags.isEmpty()) {
      return "unassigned";
    }
    if (tags.size() == 1 && tags.containsKey(SOURCE)) {
      return tags.get(SOURCE);
    }
    return tags.entrySet().stream()
        .map(tag -> tag.getKey() + "=" + tag.getValue())
        .collect(Collectors.joining(","));
  }

  private String groupName() {
    return condition.tags().stream()
        .map(tag -> tag.name() + "=" + (tag.patterns().isEmpty() ? "*" : list(tag)))
        .collect(Collectors.joining(","));
  }

  private static String list(Condition.Tag tag) {
    return String.join("|", tag.patterns());
  }
}
