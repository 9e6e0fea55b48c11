package io.zibrato.store.resources.annotations;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.zibrato.store.resources.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What happened.
 *
 * @param source null for none
 * @param description null for none
 * @param links hashes of {@code rel}, {@code href} and {@code label}
 * @param startTime epoch seconds
 * @param endTime not before the start; null if it had no duration, or has not ended
 */
record Event(
    long id,
    String title,
    String source,
    String description,
    JsonArray links,
    long startTime,
    Long endTime) {
  static final String COLUMNS = "id, title, source, description, links, start_time, end_time";

  static Event read(ResultSet row) throws SQLException {
    return new Event(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        JsonParser.parseString(row.getString(5)).getAsJsonArray(),
        row.getLong(6),
        Sql.whole(row, 7));
  }

  /** Null if the stream has no such event. */
  static Event find(Connection connection, Stream stream, long id) throws SQLException {
    return Sql.first(
        connection,
        Event::read,
        "SELECT " + COLUMNS + " FROM annotation WHERE stream_id = ? AND id = ?",
        stream.id(),
        id);
  }

  Event insert(Connection connection, Stream stream) throws SQLException {
    return withId(
        Sql.number(
            connection,
            "INSERT INTO annotation (stream_id, title, source, description, links, start_time,"
                + " end_time) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
            stream.id(),
            title,
            source,
            description,
            links.toString(),
            startTime,
            endTime));
  }

  void update(Connection connection) throws SQLException {
    Sql.update(
        connection,
        "UPDATE annotation SET title = ?, source = ?, description = ?, links = ?, start_time = ?,"
            + " end_time = ? WHERE id = ?",
        title,
        source,
        description,
        links.toString(),
        startTime,
        endTime,
        id);
  }

  private Event withId(long newId) {
    return new Event(newId, title, source, description, links, startTime, endTime);
  }

  Event withLinks(JsonArray others) {
    return new Event(id, title, source, description, others, startTime, endTime);
  }

  /** Its place among the links, or -1. */
  int link(String rel) {
    int place = 0;
    for (final JsonElement link : links) {
      if (link.getAsJsonObject().get("rel").getAsString().equals(rel)) {
        return place;
      }
      place++;
    }
    return -1;
  }

  JsonObject json() {
    final JsonObject json = new JsonObject();
    json.addProperty("id", id);
    json.addProperty("title", title);
    json.addProperty("description", description);
    json.addProperty("start_time", startTime);
    json.addProperty("end_time", endTime);
    json.addProperty("source", source);
    json.add("links", links);
    return json;
  }
}
