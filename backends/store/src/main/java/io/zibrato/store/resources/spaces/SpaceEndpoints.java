package io.zibrato.store.resources.spaces;

import com.google.gson.JsonObject;
import io.zibrato.store.data.Database;
import io.zibrato.store.data.Repeats;
import io.zibrato.store.data.Writer;
import io.zibrato.store.http.ApiError;
import io.zibrato.store.http.Call;
import io.zibrato.store.http.Parameters;
import io.zibrato.store.http.Problems;
import io.zibrato.store.http.Reply;
import io.zibrato.store.http.Route;
import io.zibrato.store.resources.Listing;
import io.zibrato.store.resources.Members;
import io.zibrato.store.resources.Sql;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** {@code /v1/spaces}; what is below one is {@link ChartEndpoints}'. */
public final class SpaceEndpoints {
  private static final Listing SPACES =
      new Listing("spaces", "space", Space.COLUMNS, "name", "name");
  private static final int MAX_NAME = 255;

  private final Database database;
  private final Writer writer;

  public SpaceEndpoints(Database database, Writer writer) {
    this.database = database;
    this.writer = writer;
  }

  public List<Route> routes() {
    final List<Route> routes = new ArrayList<>();
    routes.add(Route.of("GET", "/v1/spaces", this::list));
    routes.add(Route.of("POST", "/v1/spaces", this::create));
    routes.add(Route.of("GET", "/v1/spaces/:id", this::show));
    routes.add(Route.of("PUT", "/v1/spaces/:id", this::update));
    routes.add(Route.of("DELETE", "/v1/spaces/:id", this::delete));
    routes.addAll(new ChartEndpoints(database, writer).routes());
    return List.copyOf(routes);
  }

  /** What a request says of a space; null where it says nothing. */
  private record Said(String name, Boolean tags) {
    static Said of(JsonObject body) throws ApiError {
      final Problems problems = new Problems();
      final Members members = new Members(body, problems).filled("name");
      final Said said = new Said(members.text("name", MAX_NAME), members.truth("tags"));
      problems.throwIfAny();
      return said;
    }
  }

  private Reply list(Call call) throws ApiError, SQLException, InterruptedException {
    final Listing.Asked asked = SPACES.asked(call);
    return Reply.json(200, database.read(c -> asked.read(c, row -> Space.read(row).json())));
  }

  private Reply create(Call call) throws ApiError, IOException, SQLException, InterruptedException {
    final Said said = Said.of(call.body());
    if (said.name() == null) {
      throw ApiError.param("name", Parameters.NOT_PRESENT);
    }
    return new Repeats(writer)
        .apply(
            call,
            connection -> {
              notTaken(connection, said.name(), 0);
              final long id =
                  Sql.number(
                      connection,
                      "INSERT INTO space (name, tags) VALUES (?, ?) RETURNING id",
                      said.name(),
                      said.tags());
              return Reply.created(
                  new Space(id, said.name(), said.tags()).json(), "/v1/spaces/" + id);
            });
  }

  private Reply show(Call call) throws ApiError, SQLException, InterruptedException {
    final long id = call.id("id");
    final JsonObject json =
        database.read(
            connection -> {
              final Space space = Space.find(connection, id);
              return space == null ? null : space.json(connection);
            });
    return Reply.json(200, ApiError.unlessFound(json));
  }

  private Reply update(Call call) throws ApiError, IOException, SQLException, InterruptedException {
    final Said said = Said.of(call.body());
    final long id = call.id("id");
    writer.apply(
        connection -> {
          ApiError.unlessFound(Space.find(connection, id));
          if (said.name() != null) {
            notTaken(connection, said.name(), id);
          }
          return Sql.update(
              connection,
              "UPDATE space SET name = ifnull(?, name), tags = ifnull(?, tags) WHERE id = ?",
              said.name(),
              said.tags(),
              id);
        });
    return Reply.empty(204);
  }

  private Reply delete(Call call) throws ApiError, SQLException, InterruptedException {
    final long id = call.id("id");
    writer.apply(
        connection -> {
          ApiError.unlessFound(Space.find(connection, id));
          for (final Chart chart : Chart.all(connection, id)) {
            chart.delete(connection);
          }
          return Sql.update(connection, "DELETE FROM space WHERE id = ?", id);
        });
    return Reply.empty(204);
  }

  private static void notTaken(Connection connection, String name, long id)
      throws SQLException, ApiError {
    if (Sql.number(connection, "SELECT id FROM space WHERE name = ? AND id <> ?", name, id) != 0) {
      throw ApiError.request(422, "There is a space of the name '" + name + "' already");
    }
  }
}
