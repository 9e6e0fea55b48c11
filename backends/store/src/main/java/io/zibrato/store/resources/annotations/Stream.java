package io.zibrato.store.resources.annotations;

import com.google.gson.JsonObject;
import io.zibrato.store.resources.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A stream of events. Names are the same in whatever case. */
record Stream(long id, String name, String displayName) {
  static final String COLUMNS = "id, name, display_name";

  static Stream read(ResultSet row) throws SQLException {
    return new Stream(row.getLong(1), row.getString(2), row.getString(3));
  }

  /** Null if there is none. */
  static Stream find(Connection connection, String name) throws SQLException {
    return Sql.first(
        connection,
        Stream::read,
        "SELECT " + COLUMNS + " FROM annotation_stream WHERE name = ?",
        name);
  }

  JsonObject json() {
    final JsonObject json = new JsonObject();
    json.addProperty("name", name);
    json.addProperty("display_name", displayName);
    return json;
  }
}
