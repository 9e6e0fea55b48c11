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
import java.util.List;

/**
 * What services are to be told, and what became of it. It is stored with the change that it is
 * about, so it is made once, and a restart goes on with what is pending.
 */
final class Notices {
  static final String PENDING = "pending";
  static final String DELIVERED = "delivered";
  static final String FAILED = "failed";

  private static final int SHOWN = 10;
  private static final long KEPT_SECONDS = 30L * 86_400;
  private static final String SELECT =
      "SELECT service_id, alert_id, kind, made_at, status, attempts, outcome, changed_at"
          + " FROM alert_notice WHERE ";

  private Notices() {}

  /**
   * One that is to be delivered now or later, the first of its alert to its service.
   *
   * @param nextAtMillis when it is to be tried
   */
  record Pending(long id, int attempts, long nextAtMillis, JsonObject payload, String url) {}

  /** Tells all of the alert's services that are called. */
  static void add(
      Connection connection,
      Alert alert,
      Standing.Notice notice,
      JsonObject payload,
      long nowSeconds)
      throws SQLException {
    for (final Service service : Service.ofAlert(connection, alert.id())) {
      if (service.called()) {
        Sql.update(
            connection,
            "INSERT INTO alert_notice (alert_id, service_id, kind, payload, made_at, attempts,"
                + " next_at, status, changed_at) VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?)",
            alert.id(),
            service.id(),
            notice.word(),
            payload.toString(),
            nowSeconds,
            nowSeconds * 1000,
            PENDING,
            nowSeconds);
      }
    }
    Sql.update(
        connection,
        "DELETE FROM alert_notice WHERE alert_id = ? AND status <> ? AND made_at < ?",
        alert.id(),
        PENDING,
        nowSeconds - KEPT_SECONDS);
  }

  /** The oldest of each alert and service: what follows waits for it. */
  static List<Pending> pending(Connection connection, int most) throws SQLException {
    return Sql.list(
        connection,
        row ->
            new Pending(
                row.getLong(1),
                row.getInt(2),
                row.getLong(3),
                JsonParser.parseString(row.getString(4)).getAsJsonObject(),
                JsonParser.parseString(row.getString(5))
                    .getAsJsonObject()
                    .get("url")
                    .getAsString()),
        "SELECT n.id, n.attempts, n.next_at, n.payload, s.settings FROM alert_notice n"
            + " JOIN service s ON s.id = n.service_id"
            + (" WHERE s.type = '" + Service.WEBHOOK + "' AND n.id IN (SELECT min(id)")
            + " FROM alert_notice WHERE status = ? GROUP BY alert_id, service_id)"
            + " ORDER BY n.next_at, n.id LIMIT ?",
        PENDING,
        most);
  }

  static void tried(
      Connection connection, Pending notice, String status, String outcome, long nowMillis, long in)
      throws SQLException {
    Sql.update(
        connection,
        "UPDATE alert_notice SET attempts = ?, status = ?, outcome = ?, changed_at = ?, next_at = ?"
            + " WHERE id = ?",
        notice.attempts() + 1,
        status,
        outcome,
        nowMillis / 1000,
        nowMillis + in,
        notice.id());
  }

  /** The last ones, newest first. */
  static JsonArray ofAlert(Connection connection, long alertId) throws SQLException {
    final JsonArray array = new JsonArray();
    Sql.list(
            connection,
            Notices::json,
            SELECT + "alert_id = ? ORDER BY id DESC LIMIT " + SHOWN,
            alertId)
        .forEach(array::add);
    return array;
  }

  static JsonElement lastOf(Connection connection, long serviceId) throws SQLException {
    final JsonObject last =
        Sql.first(
            connection,
            Notices::json,
            SELECT + "service_id = ? ORDER BY id DESC LIMIT 1",
            serviceId);
    return last == null ? JsonNull.INSTANCE : last;
  }

  private static JsonObject json(ResultSet row) throws SQLException {
    final JsonObject json = new JsonObject();
    json.addProperty("service", row.getLong(1));
    json.addProperty("alert", row.getLong(2));
    json.addProperty("kind", row.getString(3));
    json.addProperty("made_at", row.getLong(4));
    json.addProperty("status", row.getString(5));
    json.addProperty("attempts", row.getLong(6));
    json.addProperty("outcome", row.getString(7));
    json.addProperty("changed_at", row.getLong(8));
    return json;
  }
}
