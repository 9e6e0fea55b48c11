package io.zibrato.store.resources.annotations;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.zibrato.store.data.Wildcard;
import io.zibrato.store.http.ApiError;
import io.zibrato.store.http.Call;
import io.zibrato.store.http.Parameters;
import io.zibrato.store.resources.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which events of a stream are asked for: those that start in the interval, the first so many or,
 * without a start of the interval, the last.
 */
record EventQuery(long startTime, long endTime, int count, boolean last, List<String> sources) {
  /** In one answer, unless there are more of one second. */
  static final int MAX_EVENTS = 1000;

  private static final String NO_SOURCE = "unassigned";

  /** Null if no events are asked for. */
  static EventQuery of(Call call) throws ApiError {
    final boolean started = call.has("start_time");
    if (!started && !call.has("end_time") && !call.has("count")) {
      return null;
    }
    if (!started && !call.has("count")) {
      throw ApiError.param("start_time", Parameters.NOT_PRESENT);
    }
    final List<String> sources = new ArrayList<>();
    call.values("sources[]", "sources", "source")
        .forEach(source -> sources.add(source.toLowerCase(Locale.ROOT)));
    sources.removeIf("*"::equals);
    return new EventQuery(
        call.number("start_time", 0, 0, Said.MAX_TIME),
        call.number("end_time", Said.MAX_TIME, 0, Said.MAX_TIME),
        (int) call.number("count", Integer.MAX_VALUE, 1, Integer.MAX_VALUE),
        !started,
        List.copyOf(sources));
  }

  /**
   * Adds the member {@code events}, by sources, and, when there is more than fits, {@code
   * query.next_time}: the start time to go on with.
   */
  void read(Connection connection, Stream stream, JsonObject json) throws SQLException {
    final List<Event> events = new ArrayList<>();
    Long nextTime = null;
    long at = last ? endTime : startTime;
    long id = last ? Long.MAX_VALUE : 0;
    while (nextTime == null) {
      final List<Event> rows = rows(connection, stream, at, id);
      for (final Event event : rows) {
        if (wanted(event)) {
          if (full(events, event)) {
            nextTime = event.startTime();
            break;
          }
          events.add(event);
        }
      }
      if (rows.size() < MAX_EVENTS) {
        break;
      }
      at = rows.get(rows.size() - 1).startTime();
      id = rows.get(rows.size() - 1).id();
    }
    if (last) {
      Collections.reverse(events);
    }
    if (nextTime != null && !last && count > MAX_EVENTS) {
      final long time = nextTime;
      events.removeIf(event -> event.startTime() == time);
      hint(json, time);
    }
    json.add("events", bySource(events));
  }

  /** The first second of a page is always whole. */
  private boolean full(List<Event> events, Event next) {
    if (events.size() < Math.min(count, MAX_EVENTS)) {
      return false;
    }
    return last || count <= MAX_EVENTS || events.get(0).startTime() != next.startTime();
  }

  private List<Event> rows(Connection connection, Stream stream, long at, long id)
      throws SQLException {
    final String sql =
        last
            ? " AND start_time >= ? AND (start_time, id) < (?, ?)"
                + " ORDER BY start_time DESC, id DESC LIMIT "
            : " AND start_time <= ? AND (start_time, id) > (?, ?) ORDER BY start_time, id LIMIT ";
    return Sql.list(
        connection,
        Event::read,
        "SELECT " + Event.COLUMNS + " FROM annotation WHERE stream_id = ?" + sql + MAX_EVENTS,
        stream.id(),
        last ? startTime : endTime,
        at,
        id);
  }

  private boolean wanted(Event event) {
    final String source =
        event.source() == null ? NO_SOURCE : event.source().toLowerCase(Locale.ROOT);
    return sources.isEmpty() || sources.stream().anyMatch(s -> Wildcard.matches(s, source));
  }

  private static void hint(JsonObject json, long nextTime) {
    final JsonObject query = new JsonObject();
    query.addProperty("next_time", nextTime);
    json.add("query", query);
  }

  private static JsonArray bySource(List<Event> events) {
    final Map<String, JsonArray> bySource = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    events.forEach(
        event ->
            bySource
                .computeIfAbsent(
                    event.source() == null ? NO_SOURCE : event.source(), s -> new JsonArray())
                .add(event.json()));
    final JsonObject hash = new JsonObject();
    bySource.forEach(hash::add);
    final JsonArray array = new JsonArray();
    if (!events.isEmpty()) {
      array.add(hash);
    }
    return array;
  }
}
