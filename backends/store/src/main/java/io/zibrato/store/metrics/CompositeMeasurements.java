package io.zibrato.store.metrics;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.zibrato.store.composite.Series;
import io.zibrato.store.composite.Window;
import io.zibrato.store.http.Numbers;
import io.zibrato.store.http.RefusedQuery;
import io.zibrato.store.points.Floors;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * The measurements of a composite by source, as those of any metric are answered.
 *
 * @param count how many times at most
 * @param last take the last {@code count} times of the window, not the first
 * @param sources which are asked for
 */
record CompositeMeasurements(
    Metric metric, Window window, long count, boolean last, Predicate<String> sources) {

  static CompositeMeasurements of(
      Metric metric, Interval asked, long endTime, Predicate<String> sources) {
    final long resolution = asked.resolutionSeconds();
    final Window window =
        asked.last()
            ? new Window(back(endTime, asked.count() - 1, resolution), endTime, resolution)
            : new Window(asked.startTime(), endTime, resolution);
    return new CompositeMeasurements(metric, window, asked.count(), asked.last(), sources);
  }

  private static long back(long time, long periods, long resolutionSeconds) {
    return time - Math.min(time / resolutionSeconds, periods) * resolutionSeconds;
  }

  /**
   * The members {@code resolution} and {@code measurements} of the answer. Of series that would
   * have the same source the second is {@code source:2}, and so on.
   */
  JsonObject read(Connection connection) throws SQLException {
    final List<Series> wanted = last ? lastOf(connection) : wanted(connection, window);
    final long[] times = times(wanted);
    final JsonObject measurements = new JsonObject();
    for (final Series series : wanted) {
      final String source = ComposeAnswer.source(series);
      String key = source;
      for (int i = 2; measurements.has(key); i++) {
        key = source + ":" + i;
      }
      measurements.add(key, measurements(series, times));
    }
    final JsonObject json = new JsonObject();
    json.addProperty("resolution", window.resolutionSeconds());
    json.add("measurements", measurements);
    return json;
  }

  private List<Series> wanted(Connection connection, Window window) throws SQLException {
    try (StoredSeries stored = new StoredSeries(connection)) {
      return Composites.series(stored, metric.composite(), window, Composites.PARAMETER).stream()
          .filter(series -> sources.test(ComposeAnswer.source(series)))
          .toList();
    }
  }

  /**
   * From further and further back, until there are {@code count} times, or no more points that are
   * as fine, or too much to compute.
   */
  private List<Series> lastOf(Connection connection) throws SQLException {
    final Floors floors = Floors.read(connection);
    List<Series> found = wanted(connection, window);
    Window reached = window;
    while (times(found).length < count) {
      final Window further = further(reached, floors);
      if (further == null) {
        return found;
      }
      try {
        found = wanted(connection, further);
      } catch (RefusedQuery e) {
        return found;
      }
      reached = further;
    }
    return found;
  }

  private static Window further(Window window, Floors floors) {
    final long resolution = window.resolutionSeconds();
    final long end = window.endTime();
    final long kept =
        Math.max(floors.lowestTime(), floors.reach(window.startTime(), end, resolution));
    final long periods = (end - window.startTime()) / resolution + 1;
    final long start = Math.max(kept, back(end, 2 * periods, resolution));
    return start < window.startTime() ? new Window(start, end, resolution) : null;
  }

  /** The times that are asked for, ascending. */
  private long[] times(List<Series> set) {
    final long[] all =
        set.stream().flatMapToLong(s -> Arrays.stream(s.times())).sorted().distinct().toArray();
    if (all.length <= count) {
      return all;
    }
    return last
        ? Arrays.copyOfRange(all, all.length - (int) count, all.length)
        : Arrays.copyOf(all, (int) count);
  }

  private static JsonArray measurements(Series series, long[] times) {
    final JsonArray array = new JsonArray();
    for (int i = 0; i < series.times().length; i++) {
      if (Arrays.binarySearch(times, series.times()[i]) >= 0) {
        final JsonObject point = new JsonObject();
        point.addProperty("measure_time", series.times()[i]);
        point.add("value", Numbers.json(Numbers.wholeOr(series.values()[i])));
        array.add(point);
      }
    }
    return array;
  }
}
