package io.zibrato.store.resources.alerts;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
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
 * One condition of an alert.
 *
 * @param definition as it was said, checked
 * @param since epoch seconds: when it was made or changed; measurements of before do not count
 */
record Condition(long id, long alertId, JsonObject definition, long since) {

  /** What a stream's tag has to be: one of the patterns, with {@code *}; none for any value. */
  record Tag(String name, boolean grouped, List<String> patterns) {}

  private static Condition read(ResultSet row) throws SQLException {
    return new Condition(
        row.getLong(1),
        row.getLong(2),
        JsonParser.parseString(row.getString(3)).getAsJsonObject(),
        row.getLong(4));
  }

  static List<Condition> ofAlert(Connection connection, long alertId) throws SQLException {
    return Sql.list(
        connection,
        Condition::read,
        "SELECT id, alert_id, definition, since FROM alert_condition WHERE alert_id = ?"
            + " ORDER BY place",
        alertId);
  }

  static void insert(
      Connection connection, long alertId, Long id, int place, JsonObject definition, long since)
      throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO alert_condition (id, alert_id, place, definition, since)"
            + " VALUES (?, ?, ?, ?, ?)",
        id,
        alertId,
        place,
        definition.toString(),
        since);
  }

  String type() {
    return definition.get("type").getAsString();
  }

  boolean absent() {
    return type().equals("absent");
  }

  String metric() {
    return definition.get("metric_name").getAsString();
  }

  /** A source or a pattern; null for all, and for those that were not submitted with one. */
  String source() {
    final String source = text("source");
    return source == null || source.equals("*") ? null : source;
  }

  double threshold() {
    return definition.get("threshold").getAsDouble();
  }

  boolean violated(double value) {
    return type().equals("above") ? value > threshold() : value < threshold();
  }

  /** Null if it was not said. */
  String function() {
    return text("summary_function");
  }

  /** 0 if one measurement is enough. */
  long durationSeconds() {
    return definition.has("duration") ? definition.get("duration").getAsLong() : 0;
  }

  boolean detectsResets() {
    return definition.has("detect_reset") && definition.get("detect_reset").getAsBoolean();
  }

  List<Tag> tags() {
    if (!definition.has("tags")) {
      return List.of();
    }
    final List<Tag> tags = new ArrayList<>();
    for (final JsonElement each : definition.getAsJsonArray("tags")) {
      final JsonObject tag = each.getAsJsonObject();
      final List<String> patterns = new ArrayList<>();
      if (tag.get("values") instanceof JsonArray values) {
        values.forEach(value -> patterns.add(value.getAsString()));
      }
      final boolean grouped = tag.has("grouped") && tag.get("grouped").getAsBoolean();
      tags.add(new Tag(tag.get("name").getAsString(), grouped, patterns));
    }
    return tags;
  }

  private String text(String member) {
    return definition.has(member) ? definition.get(member).getAsString() : null;
  }

  JsonObject json() {
    final JsonObject json = new JsonObject();
    json.addProperty("id", id);
    json.add("type", definition.get("type"));
    json.add("metric_name", definition.get("metric_name"));
    json.add("source", JsonNull.INSTANCE);
    definition.entrySet().forEach(entry -> json.add(entry.getKey(), entry.getValue()));
    return json;
  }
}
