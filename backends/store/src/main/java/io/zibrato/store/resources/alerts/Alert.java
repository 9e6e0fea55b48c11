package io.zibrato.store.resources.alerts;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.zibrato.store.http.ApiError;
import io.zibrato.store.resources.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * An alert as stored, but for its conditions and services. Names are the same in whatever case.
 *
 * @param revision another one whenever anything but its standing is changed
 */
record Alert(
    long id,
    String name,
    String description,
    JsonObject attributes,
    boolean active,
    long rearmSeconds,
    boolean rearmPerSignal,
    boolean md,
    long createdAt,
    long updatedAt,
    long revision,
    Standing standing) {
  static final long VERSION = 2;
  static final long DEFAULT_REARM_SECONDS = 600;
  static final String COLUMNS =
      "id, name, description, attributes, active, rearm_seconds, rearm_per_signal, md, created_at,"
          + " updated_at, revision, "
          + Standing.COLUMNS;

  static Alert read(ResultSet row) throws SQLException {
    return new Alert(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        JsonParser.parseString(row.getString(4)).getAsJsonObject(),
        row.getBoolean(5),
        row.getLong(6),
        row.getBoolean(7),
        row.getBoolean(8),
        row.getLong(9),
        row.getLong(10),
        row.getLong(11),
        Standing.read(row, 12));
  }

  /** Null if there is none. */
  static Alert find(Connection connection, long id) throws SQLException {
    return Sql.first(connection, Alert::read, "SELECT " + COLUMNS + " FROM alert WHERE id = ?", id);
  }

  /** By its id or its name; null if there is none. */
  static Alert find(Connection connection, String idOrName) throws SQLException {
    final Alert byId =
        idOrName.matches("[0-9]{1,18}") ? find(connection, Long.parseLong(idOrName)) : null;
    return byId != null
        ? byId
        : Sql.first(
            connection, Alert::read, "SELECT " + COLUMNS + " FROM alert WHERE name = ?", idOrName);
  }

  /** Throws 422 if another one has the name. */
  void notTaken(Connection connection) throws SQLException, ApiError {
    if (Sql.number(connection, "SELECT id FROM alert WHERE name = ? AND id <> ?", name, id) != 0) {
      throw ApiError.request(422, "There is an alert of the name '" + name + "' already");
    }
  }

  long insert(Connection connection) throws SQLException {
    return Sql.number(
        connection,
        "INSERT INTO alert (name, description, attributes, active, rearm_seconds,"
            + " rearm_per_signal, md, created_at, updated_at, revision, state, since)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        name,
        description,
        attributes.toString(),
        active,
        rearmSeconds,
        rearmPerSignal,
        md,
        createdAt,
        updatedAt,
        revision,
        standing.state().word(),
        standing.since());
  }

  /** Stores all but the standing, as the next revision. */
  void update(Connection connection) throws SQLException {
    Sql.update(
        connection,
        "UPDATE alert SET name = ?, description = ?, attributes = ?, active = ?, rearm_seconds = ?,"
            + " rearm_per_signal = ?, md = ?, updated_at = ?, revision = revision + 1 WHERE id = ?",
        name,
        description,
        attributes.toString(),
        active,
        rearmSeconds,
        rearmPerSignal,
        md,
        updatedAt,
        id);
  }

  /**
   * Declares it resolved, whatever its conditions are: they are met again by the next measurement
   * that meets them.
   */
  void resolve(Connection connection, String account, long nowSeconds) throws SQLException {
    Signal.forgetAll(connection, id);
    final Standing.Step step = standing.next(State.OK, false, nowSeconds);
    step.standing().store(connection, id, revision);
    Sql.update(connection, "UPDATE alert SET revision = revision + 1 WHERE id = ?", id);
    if (step.notice() != null) {
      Notices.add(
          connection, this, step.notice(), Payload.cleared(this, account, nowSeconds), nowSeconds);
    }
  }

  void delete(Connection connection) throws SQLException {
    Signal.forgetAll(connection, id);
    Sql.update(connection, "DELETE FROM alert_condition WHERE alert_id = ?", id);
    Sql.update(connection, "DELETE FROM alert_service WHERE alert_id = ?", id);
    Sql.update(connection, "DELETE FROM alert WHERE id = ?", id);
  }

  JsonObject json(Connection connection) throws SQLException {
    final JsonObject json = new JsonObject();
    json.addProperty("id", id);
    json.addProperty("name", name);
    json.addProperty("description", description);
    final JsonArray conditions = new JsonArray();
    for (final Condition condition : Condition.ofAlert(connection, id)) {
      conditions.add(condition.json());
    }
    json.add("conditions", conditions);
    final JsonArray services = new JsonArray();
    for (final Service service : Service.ofAlert(connection, id)) {
      services.add(service.json());
    }
    json.add("services", services);
    json.add("attributes", attributes);
    json.addProperty("active", active);
    json.addProperty("created_at", createdAt);
    json.addProperty("updated_at", updatedAt);
    json.addProperty("version", VERSION);
    json.addProperty("rearm_seconds", rearmSeconds);
    json.addProperty("rearm_per_signal", rearmPerSignal);
    json.addProperty("md", md);
    return json;
  }
}
