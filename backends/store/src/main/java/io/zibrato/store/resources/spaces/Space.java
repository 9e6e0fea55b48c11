package io.zibrato.store.resources.spaces;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.zibrato.store.resources.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A collection of charts. Names are the same in whatever case.
 *
 * @param tags whether its charts are about tags; null if nobody said
 */
record Space(long id, String name, Boolean tags) {
  static final String COLUMNS = "id, name, tags";

  static Space read(ResultSet row) throws SQLException {
    final Long tags = Sql.whole(row, 3);
    return new Space(row.getLong(1), row.getString(2), tags == null ? null : tags == 1);
  }

  /** Null if there is none. */
  static Space find(Connection connection, long id) throws SQLException {
    return Sql.first(connection, Space::read, "SELECT " + COLUMNS + " FROM space WHERE id = ?", id);
  }

  JsonObject json() {
    final JsonObject json = new JsonObject();
    json.addProperty("id", id);
    json.addProperty("name", name);
    if (tags != null) {
      json.addProperty("tags", tags);
    }
    return json;
  }

  /** With the ids of its charts. */
  JsonObject json(Connection connection) throws SQLException {
    final JsonArray charts = new JsonArray();
    for (final Chart chart : Chart.all(connection, id)) {
      final JsonObject each = new JsonObject();
      each.addProperty("id", chart.id());
      charts.add(each);
    }
    final JsonObject json = json();
    json.add("charts", charts);
    return json;
  }
}
