package io.zibrato.store.resources.alerts;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.zibrato.store.resources.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/** What the API says of how alerts stand. */
final class Status {
  /** For so long a cleared alert is listed as such. */
  private static final long RECENT_SECONDS = 7L * 86_400;

  private Status() {}

  /** {@code alert} and {@code status} as the API documents them, and more. */
  static JsonObject of(Connection connection, Alert alert) throws SQLException {
    final Standing standing = alert.standing();
    final JsonObject id = new JsonObject();
    id.addProperty("id", alert.id());
    final JsonObject json = new JsonObject();
    json.add("alert", id);
    json.addProperty("status", standing.state() == State.TRIGGERED ? "triggered" : "ok");
    json.addProperty("state", standing.state().word());
    json.addProperty("since", standing.since());
    json.addProperty("triggered_at", standing.triggeredAt());
    json.addProperty("cleared_at", standing.clearedAt());
    json.addProperty("notified_at", standing.notifiedAt());
    json.addProperty("evaluated_at", evaluatedAt(connection));
    json.add("violations", Payload.violations(Signal.violations(connection, alert.id())));
    json.add("notices", Notices.ofAlert(connection, alert.id()));
    return json;
  }

  private static Long evaluatedAt(Connection connection) throws SQLException {
    final long at = Sql.number(connection, "SELECT evaluated_at FROM alert_round");
    return at == 0 ? null : at;
  }

  /** Those that are triggered, and those that were cleared not long ago. */
  static JsonObject all(Connection connection, long nowSeconds) throws SQLException {
    final JsonObject json = new JsonObject();
    json.add(
        "cleared",
        list(
            connection,
            "cleared_at",
            "state <> 'triggered' AND cleared_at >= " + (nowSeconds - RECENT_SECONDS)));
    json.add("firing", list(connection, "triggered_at", "state = 'triggered'"));
    return json;
  }

  private static JsonArray list(Connection connection, String time, String which)
      throws SQLException {
    final JsonArray array = new JsonArray();
    Sql.list(
            connection,
            row -> {
              final JsonObject json = new JsonObject();
              json.addProperty("id", row.getLong(1));
              json.addProperty(time, row.getLong(2));
              return json;
            },
            "SELECT id, " + time + " FROM alert WHERE " + which + " ORDER BY id")
        .forEach(array::add);
    return array;
  }
}
