package io.zibrato.store.resources.alerts;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.zibrato.store.resources.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Whom alerts tell. Only those of the type {@value #WEBHOOK} are called; others are kept for
 * whoever made them, and say so.
 *
 * @param settings what its type needs
 */
record Service(long id, String type, String title, JsonObject settings) {
  static final String WEBHOOK = "webhook";
  static final String COLUMNS = "id, type, title, settings";

  static Service read(ResultSet row) throws SQLException {
    return new Service(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        JsonParser.parseString(row.getString(4)).getAsJsonObject());
  }

  /** Null if there is none. */
  static Service find(Connection connection, long id) throws SQLException {
    return Sql.first(
        connection, Service::read, "SELECT " + COLUMNS + " FROM service WHERE id = ?", id);
  }

  static List<Service> ofAlert(Connection connection, long alertId) throws SQLException {
    return Sql.list(
        connection,
        Service::read,
        "SELECT "
            + COLUMNS
            + " FROM service WHERE id IN (SELECT service_id FROM alert_service WHERE alert_id = ?)"
            + " ORDER BY id",
        alertId);
  }

  boolean called() {
    return type.equals(WEBHOOK);
  }

  JsonObject json() {
    final JsonObject json = new JsonObject();
    json.addProperty("id", id);
    json.addProperty("type", type);
    json.add("settings", settings);
    json.addProperty("title", title);
    json.addProperty("called", called());
    return json;
  }
}
