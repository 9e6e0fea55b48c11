package io.zibrato.store.resources.spaces;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.zibrato.store.resources.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A chart as stored.
 *
 * @param name null for none
 * @param type {@code line}, {@code stacked} or {@code bignumber}
 * @param options all else that was said, but the streams
 */
record Chart(long id, long spaceId, String name, String type, JsonObject options) {
  private static final String SELECT = "SELECT id, space_id, name, type, options FROM chart";

  /** A stream of a chart, as it was said. */
  record Stream(long id, JsonObject definition) {
    static Stream read(ResultSet row) throws SQLException {
      return new Stream(row.getLong(1), JsonParser.parseString(row.getString(2)).getAsJsonObject());
    }

    JsonObject json(Connection connection) throws SQLException {
      final JsonObject json = new JsonObject();
      json.addProperty("id", id);
      definition.entrySet().forEach(entry -> json.add(entry.getKey(), entry.getValue()));
      if (!json.has("type")) {
        json.addProperty("type", type(connection));
      }
      return json;
    }

    private String type(Connection connection) throws SQLException {
      if (definition.has("composite")) {
        return "composite";
      }
      final String type =
          Sql.first(
              connection,
              row -> row.getString(1),
              "SELECT type FROM metric WHERE name = ?",
              definition.get("metric").getAsString());
      return type == null ? "gauge" : type;
    }
  }

  private static Chart read(ResultSet row) throws SQLException {
    return new Chart(
        row.getLong(1),
        row.getLong(2),
        row.getString(3),
        row.getString(4),
        JsonParser.parseString(row.getString(5)).getAsJsonObject());
  }

  static List<Chart> all(Connection connection, long spaceId) throws SQLException {
    return Sql.list(connection, Chart::read, SELECT + " WHERE space_id = ? ORDER BY id", spaceId);
  }

  /** Null if the space has no such chart. */
  static Chart find(Connection connection, long spaceId, long id) throws SQLException {
    return Sql.first(
        connection, Chart::read, SELECT + " WHERE space_id = ? AND id = ?", spaceId, id);
  }

  static List<Stream> streams(Connection connection, long id) throws SQLException {
    return Sql.list(
        connection,
        Stream::read,
        "SELECT id, definition FROM chart_stream WHERE chart_id = ? ORDER BY place",
        id);
  }

  Chart insert(Connection connection) throws SQLException {
    final long newId =
        Sql.number(
            connection,
            "INSERT INTO chart (space_id, name, type, options) VALUES (?, ?, ?, ?) RETURNING id",
            spaceId,
            name,
            type,
            options.toString());
    return new Chart(newId, spaceId, name, type, options);
  }

  void update(Connection connection) throws SQLException {
    Sql.update(
        connection,
        "UPDATE chart SET name = ?, type = ?, options = ? WHERE id = ?",
        name,
        type,
        options.toString(),
        id);
  }

  /** Takes the streams' place; those that name one of the chart's streams keep its id. */
  void replaceStreams(Connection connection, List<JsonObject> definitions) throws SQLException {
    final List<Long> free = new ArrayList<>();
    streams(connection, id).forEach(stream -> free.add(stream.id()));
    Sql.update(connection, "DELETE FROM chart_stream WHERE chart_id = ?", id);
    int place = 0;
    for (final JsonObject said : definitions) {
      final JsonObject definition = said.deepCopy();
      final Long known = definition.has("id") ? definition.remove("id").getAsLong() : null;
      Sql.update(
          connection,
          "INSERT INTO chart_stream (id, chart_id, place, definition) VALUES (?, ?, ?, ?)",
          known != null && free.remove(known) ? known : null,
          id,
          place++,
          definition.toString());
    }
  }

  void delete(Connection connection) throws SQLException {
    Sql.update(connection, "DELETE FROM chart_stream WHERE chart_id = ?", id);
    Sql.update(connection, "DELETE FROM chart WHERE id = ?", id);
  }

  JsonObject json(Connection connection) throws SQLException {
    final JsonArray array = new JsonArray();
    for (final Stream stream : streams(connection, id)) {
      array.add(stream.json(connection));
    }
    final JsonObject json = new JsonObject();
    json.addProperty("id", id);
    json.addProperty("name", name);
    json.addProperty("type", type);
    json.add("streams", array);
    json.add("thresholds", JsonNull.INSTANCE);
    options.entrySet().forEach(entry -> json.add(entry.getKey(), entry.getValue()));
    return json;
  }
}
