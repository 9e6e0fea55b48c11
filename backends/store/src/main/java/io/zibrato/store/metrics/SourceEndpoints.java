package io.zibrato.store.metrics;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.zibrato.store.data.Database;
import io.zibrato.store.data.Wildcard;
import io.zibrato.store.data.Writer;
import io.zibrato.store.http.ApiError;
import io.zibrato.store.http.Call;
import io.zibrato.store.http.Paging;
import io.zibrato.store.http.Parameters;
import io.zibrato.store.http.Problems;
import io.zibrato.store.http.Reply;
import io.zibrato.store.http.Route;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code /v1/sources} and {@code /v1/sources/:name}: the values that the tag source has had. */
final class SourceEndpoints {
  private static final int MAX_DISPLAY_NAME = 255;
  private static final String MATCHING =
      " FROM source WHERE name LIKE ?1 ESCAPE '\\' OR display_name LIKE ?1 ESCAPE '\\'";

  private final Database database;
  private final Tables tables;
  private final Writer writer;

  SourceEndpoints(Database database, Tables tables, Writer writer) {
    this.database = database;
    this.tables = tables;
    this.writer = writer;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/v1/sources", this::list),
        Route.of("GET", "/v1/sources/:name", this::show),
        Route.of("PUT", "/v1/sources/:name", this::update),
        Route.of("DELETE", "/v1/sources/:name", this::delete));
  }

  private Reply list(Call call) throws ApiError, SQLException, InterruptedException {
    final Paging paging = Paging.of(call, "name");
    final String name = call.text("name", "");
    final String like = Wildcard.like(name.indexOf('*') >= 0 ? name : "*" + name + "*");
    return Reply.json(200, database.read(connection -> list(connection, like, paging)));
  }

  private static JsonObject list(Connection connection, String like, Paging paging)
      throws SQLException {
    final JsonArray sources = new JsonArray();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT name, display_name"
                + MATCHING
                + " ORDER BY name "
                + (paging.descending() ? "DESC" : "ASC")
                + " LIMIT ?2 OFFSET ?3")) {
      select.setString(1, like);
      select.setLong(2, paging.length());
      select.setLong(3, paging.offset());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          sources.add(json(row));
        }
      }
    }
    final JsonObject json = new JsonObject();
    json.add("query", paging.json(sources.size(), count(connection, like), count(connection, "%")));
    json.add("sources", sources);
    return json;
  }

  private static long count(Connection connection, String like) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("SELECT count(*)" + MATCHING)) {
      select.setString(1, like);
      try (ResultSet row = select.executeQuery()) {
        return row.getLong(1);
      }
    }
  }

  private static JsonObject json(ResultSet row) throws SQLException {
    final JsonObject json = new JsonObject();
    json.addProperty("name", row.getString(1));
    json.addProperty("display_name", row.getString(2));
    return json;
  }

  private Reply show(Call call) throws ApiError, SQLException, InterruptedException {
    final String name = call.segment("name");
    return Reply.json(200, ApiError.unlessFound(database.read(c -> find(c, name))));
  }

  /** Null if there is none of that name, in whatever case. */
  private static JsonObject find(Connection connection, String name) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT name, display_name FROM source WHERE name = ?")) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? json(row) : null;
      }
    }
  }

  private Reply update(Call call) throws ApiError, IOException, SQLException, InterruptedException {
    final String name = call.segment("name");
    final Problems problems = new Problems();
    final Parameters said = new Parameters(call.body(), problems, "");
    final String displayName = said.text("display_name");
    if (displayName != null && displayName.length() > MAX_DISPLAY_NAME) {
      said.problem("display_name", "is longer than " + MAX_DISPLAY_NAME + " characters");
    }
    if (!Parameters.validName(name)) {
      said.problem("name", Parameters.NAME_RULE);
    } else if (name.equalsIgnoreCase("all") || name.equalsIgnoreCase(Tags.UNASSIGNED)) {
      said.problem("name", "must not be '" + name + "', which is reserved");
    }
    problems.throwIfAny();
    final JsonObject created =
        writer.apply(connection -> update(connection, name, said.has("display_name"), displayName));
    return created == null ? Reply.empty(204) : Reply.created(created, "/v1/sources/" + name);
  }

  /** The source if it is new, else null. */
  private static JsonObject update(
      Connection connection, String name, boolean named, String displayName) throws SQLException {
    final boolean known = find(connection, name) != null;
    try (PreparedStatement insert =
            connection.prepareStatement("INSERT OR IGNORE INTO source (name) VALUES (?)");
        PreparedStatement update =
            connection.prepareStatement("UPDATE source SET display_name = ? WHERE name = ?")) {
      insert.setString(1, name);
      insert.executeUpdate();
      if (named) {
        update.setString(1, displayName);
        update.setString(2, name);
        update.executeUpdate();
      }
    }
    return known ? null : find(connection, name);
  }

  /** The source, and all that was measured of it. */
  private Reply delete(Call call) throws ApiError, SQLException, InterruptedException {
    final String name = call.segment("name");
    writer.apply(
        connection -> {
          if (find(connection, name) == null) {
            throw ApiError.notFound();
          }
          tables.deleteSeries(series(connection, name));
          tables.deleteTagSets(name);
          try (PreparedStatement delete =
              connection.prepareStatement("DELETE FROM source WHERE name = ?")) {
            delete.setString(1, name);
            delete.executeUpdate();
          }
          return null;
        });
    return Reply.empty(204);
  }

  private static Set<Long> series(Connection connection, String source) throws SQLException {
    final Set<Long> series = new HashSet<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT series.id FROM series JOIN tag_set ON tag_set.id = tag_set_id"
                + " WHERE "
                + TagSets.OF_SOURCE)) {
      select.setString(1, source);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          series.add(row.getLong(1));
        }
      }
    }
    return series;
  }
}
