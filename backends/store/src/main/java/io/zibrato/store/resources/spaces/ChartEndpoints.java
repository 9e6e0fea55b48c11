package io.zibrato.store.resources.spaces;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.zibrato.store.data.Database;
import io.zibrato.store.data.Repeats;
import io.zibrato.store.data.Writer;
import io.zibrato.store.http.ApiError;
import io.zibrato.store.http.Call;
import io.zibrato.store.http.Reply;
import io.zibrato.store.http.Route;
import io.zibrato.store.resources.Sql;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** {@code /v1/spaces/:space/charts} and below. */
final class ChartEndpoints {
  private static final int MAX_CHARTS = 1000;

  private final Database database;
  private final Writer writer;

  ChartEndpoints(Database database, Writer writer) {
    this.database = database;
    this.writer = writer;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/v1/spaces/:space/charts", this::list),
        Route.of("POST", "/v1/spaces/:space/charts", this::create),
        Route.of("GET", "/v1/spaces/:space/charts/:id", this::show),
        Route.of("PUT", "/v1/spaces/:space/charts/:id", this::update),
        Route.of("DELETE", "/v1/spaces/:space/charts/:id", this::delete));
  }

  private Reply list(Call call) throws ApiError, SQLException, InterruptedException {
    final long space = call.id("space");
    final JsonArray json =
        database.read(
            connection -> {
              if (Space.find(connection, space) == null) {
                return null;
              }
              final JsonArray charts = new JsonArray();
              for (final Chart chart : Chart.all(connection, space)) {
                charts.add(chart.json(connection));
              }
              return charts;
            });
    return Reply.json(200, ApiError.unlessFound(json));
  }

  private Reply create(Call call) throws ApiError, IOException, SQLException, InterruptedException {
    final long space = call.id("space");
    final ChartRequest request = ChartRequest.of(call.body());
    return new Repeats(writer)
        .apply(
            call,
            connection -> {
              ApiError.unlessFound(Space.find(connection, space));
              if (Sql.number(connection, "SELECT count(*) FROM chart WHERE space_id = ?", space)
                  >= MAX_CHARTS) {
                throw ApiError.request(400, "The space has " + MAX_CHARTS + " charts already");
              }
              final Chart chart = request.chart(space).insert(connection);
              if (request.streams() != null) {
                chart.replaceStreams(connection, request.streams());
              }
              final JsonObject json = chart.json(connection);
              return Reply.created(
                  json, "/v1/spaces/" + space + "/charts/" + json.get("id").getAsLong());
            });
  }

  private Reply show(Call call) throws ApiError, SQLException, InterruptedException {
    final long space = call.id("space");
    final long id = call.id("id");
    final JsonObject json =
        database.read(
            connection -> {
              final Chart chart = Chart.find(connection, space, id);
              return chart == null ? null : chart.json(connection);
            });
    return Reply.json(200, ApiError.unlessFound(json));
  }

  private Reply update(Call call) throws ApiError, IOException, SQLException, InterruptedException {
    final long space = call.id("space");
    final long id = call.id("id");
    final ChartRequest request = ChartRequest.of(call.body());
    final JsonObject json =
        writer.apply(
            connection -> {
              final Chart chart =
                  request.onto(ApiError.unlessFound(Chart.find(connection, space, id)));
              chart.update(connection);
              if (request.streams() != null) {
                chart.replaceStreams(connection, request.streams());
              }
              return chart.json(connection);
            });
    return Reply.json(200, json);
  }

  private Reply delete(Call call) throws ApiError, SQLException, InterruptedException {
    final long space = call.id("space");
    final long id = call.id("id");
    writer.apply(
        connection -> {
          ApiError.unlessFound(Chart.find(connection, space, id)).delete(connection);
          return null;
        });
    return Reply.empty(204);
  }
}
