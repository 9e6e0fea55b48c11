package io.zibrato.store.metrics;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Answers one {@link MeasurementQuery}, in one pass over the rows of its interval. */
final class MeasurementReader {
  /** A response ends with the bucket in which it reaches so many points, over all its sources. */
  static final int MAX_POINTS = 10_000;

  private static final String ROWS =
      "SELECT measure_time, source_id, count, sum, min, max, sum_squares FROM measurement"
          + " WHERE metric_id = ? AND measure_time BETWEEN ? AND ? ORDER BY measure_time, id";
  private static final String TIMES_BACKWARDS =
      "SELECT measure_time, source_id FROM measurement"
          + " WHERE metric_id = ? AND measure_time BETWEEN ? AND ? ORDER BY measure_time DESC";

  private final Connection connection;
  private final MeasurementQuery query;
  private final Map<Long, String> wantedSources = new HashMap<>();
  private final Map<String, JsonArray> series = new TreeMap<>();
  private final Map<String, Bucket> open = new LinkedHashMap<>();
  private int points;
  private int buckets;
  private Long nextTime;

  private MeasurementReader(Connection connection, MeasurementQuery query) {
    this.connection = connection;
    this.query = query;
  }

  /**
   * The members {@code resolution}, {@code measurements} and, when there is more than fits, {@code
   * query.next_time}: the start time to go on with.
   */
  static JsonObject read(Connection connection, MeasurementQuery query) throws SQLException {
    final MeasurementReader reader = new MeasurementReader(connection, query);
    reader.scan(query.last() ? reader.startOfLast() : query.bucketOf(query.startTime()));
    return reader.json();
  }

  private JsonObject json() {
    final JsonObject json = new JsonObject();
    json.addProperty("resolution", query.resolutionSeconds());
    final JsonObject measurements = new JsonObject();
    series.forEach(measurements::add);
    json.add("measurements", measurements);
    if (nextTime != null) {
      final JsonObject hint = new JsonObject();
      hint.addProperty("next_time", nextTime);
      json.add("query", hint);
    }
    return json;
  }

  private void scan(long startTime) throws SQLException {
    try (PreparedStatement select = prepare(ROWS, startTime);
        ResultSet row = select.executeQuery()) {
      long bucketTime = Long.MIN_VALUE;
      while (row.next()) {
        final String source = wantedSource(row.getLong(2));
        if (source == null) {
          continue;
        }
        final long time = query.bucketOf(row.getLong(1));
        if (time != bucketTime) {
          closeBuckets();
          if (full(time)) {
            return;
          }
          bucketTime = time;
        }
        open.computeIfAbsent(source, s -> new Bucket(time, query.metric().type())).add(row, 3);
      }
      closeBuckets();
    }
  }

  private boolean full(long time) {
    if (buckets == query.count()) {
      return true;
    }
    if (points >= MAX_POINTS) {
      nextTime = time;
      return true;
    }
    return false;
  }

  private void closeBuckets() {
    if (open.isEmpty()) {
      return;
    }
    open.forEach(
        (source, bucket) ->
            series.computeIfAbsent(source, s -> new JsonArray()).add(bucket.json()));
    buckets++;
    points += open.size();
    open.clear();
  }

  /** Where the last {@code count} buckets of the interval that hold anything begin. */
  private long startOfLast() throws SQLException {
    long found = 0;
    long bucketTime = Long.MAX_VALUE;
    try (PreparedStatement select = prepare(TIMES_BACKWARDS, query.bucketOf(query.startTime()));
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        final long time = query.bucketOf(row.getLong(1));
        if (time < bucketTime && wantedSource(row.getLong(2)) != null) {
          if (found == query.count()) {
            break;
          }
          bucketTime = time;
          found++;
        }
      }
    }
    return bucketTime;
  }

  private PreparedStatement prepare(String sql, long startTime) throws SQLException {
    final PreparedStatement select = connection.prepareStatement(sql);
    select.setLong(1, query.metric().id());
    select.setLong(2, startTime);
    select.setLong(3, query.bucketOf(query.endTime()) + query.resolutionSeconds() - 1);
    return select;
  }

  /** The source's name; null if it was not asked for. */
  private String wantedSource(long id) throws SQLException {
    if (wantedSources.containsKey(id)) {
      return wantedSources.get(id);
    }
    try (PreparedStatement select =
        connection.prepareStatement("SELECT name FROM source WHERE id = ?")) {
      select.setLong(1, id);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        final String name = row.getString(1);
        wantedSources.put(id, query.wantsSource(name) ? name : null);
        return wantedSources.get(id);
      }
    }
  }
}
