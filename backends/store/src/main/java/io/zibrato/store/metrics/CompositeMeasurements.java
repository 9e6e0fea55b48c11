package io.zibrato.store.metrics;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.zibrato.store.composite.Series;
import io.zibrato.store.composite.Window;
import io.zibrato.store.http.Numbers;
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

  /** Of the last {@code count} periods before an end. */
  static Window last(long count, long endTime, long resolutionSeconds) {
    final long most = endTime / resolutionSeconds;
    final long start = endTime - Math.min(most, count - 1) * resolutionSeconds;
    return new Window(start, endTime, resolutionSeconds);
  }

  /**
   * The members {@code resolution} and {@code measurements} of the answer. Of series that would
   * have the same source the second is {@code source:2}, and so on.
   */
  JsonObject read(Connection connection) throws SQLException {
    final List<Series> wanted;
    try (StoredSeries stored = new StoredSeries(connection)) {
      wanted =
          Composites.series(stored, metric.composite(), window, Composites.PARAMETER).stream()
              .filter(series -> sources.test(ComposeAnswer.source(series)))
              .toList();
    }
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
