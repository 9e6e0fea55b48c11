package io.zibrato.store.resources.alerts;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.zibrato.store.data.Database;
import io.zibrato.store.data.Repeats;
import io.zibrato.store.data.Writer;
import io.zibrato.store.http.ApiError;
import io.zibrato.store.http.Call;
import io.zibrato.store.http.Problems;
import io.zibrato.store.http.Reply;
import io.zibrato.store.http.Route;
import io.zibrato.store.resources.Listing;
import io.zibrato.store.resources.Members;
import io.zibrato.store.resources.Sql;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/** {@code /v1/services}. */
final class ServiceEndpoints {
  private static final Listing SERVICES =
      new Listing("services", "service", Service.COLUMNS, "title", "title", "updated_at");
  private static final int MAX_TITLE = 255;

  private final Database database;
  private final Writer writer;
  private final Clock clock;

  ServiceEndpoints(Database database, Writer writer, Clock clock) {
    this.database = database;
    this.writer = writer;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/v1/services", this::list),
        Route.of("POST", "/v1/services", this::create),
        Route.of("GET", "/v1/services/:id", this::show),
        Route.of("PUT", "/v1/services/:id", this::update),
        Route.of("DELETE", "/v1/services/:id", this::delete));
  }

  /** What a request says of a service, onto what is known of it. */
  private static Service said(JsonObject body, Service known) throws ApiError {
    final Problems problems = new Problems();
    final Members said = new Members(body, problems);
    if (known == null) {
      said.require("type", "title");
    }
    final String type = said.filled("type").name("type");
    final String title = said.filled("title").text("title", MAX_TITLE);
    final JsonObject settings = said.hash("settings");
    final Service service =
        new Service(
            known == null ? 0 : known.id(),
            type == null && known != null ? known.type() : type,
            title == null && known != null ? known.title() : title,
            settings != null ? settings : known == null ? new JsonObject() : known.settings());
    if (service.type() != null && service.called()) {
      url(service.settings(), problems);
    }
    problems.throwIfAny();
    return service;
  }

  private static void url(JsonObject settings, Problems problems) {
    final Problems ofUrl = new Problems();
    final boolean text = settings.get("url") instanceof JsonPrimitive url && url.isString();
    if (!text || new Members(settings, ofUrl).url("url") == null) {
      problems.add("settings[url]", "is not a URL of http or https");
    }
  }

  private Reply list(Call call) throws ApiError, SQLException, InterruptedException {
    final Listing.Asked asked = SERVICES.asked(call);
    return Reply.json(200, database.read(c -> asked.read(c, row -> Service.read(row).json())));
  }

  private Reply create(Call call) throws ApiError, IOException, SQLException, InterruptedException {
    final Service said = said(call.body(), null);
    return new Repeats(writer, clock)
        .apply(
            call,
            connection -> {
              final long id =
                  Sql.number(
                      connection,
                      "INSERT INTO service (type, title, settings, updated_at) VALUES (?, ?, ?, ?)"
                          + " RETURNING id",
                      said.type(),
                      said.title(),
                      said.settings().toString(),
                      clock.instant().getEpochSecond());
              return Reply.created(
                  new Service(id, said.type(), said.title(), said.settings()).json(),
                  "/v1/services/" + id);
            });
  }

  /** With what became of the last call. */
  private Reply show(Call call) throws ApiError, SQLException, InterruptedException {
    final long id = call.id("id");
    final JsonObject json =
        database.read(
            connection -> {
              final Service service = Service.find(connection, id);
              if (service == null) {
                return null;
              }
              final JsonObject shown = service.json();
              if (service.called()) {
                shown.add("last_notice", Notices.lastOf(connection, id));
              }
              return shown;
            });
    return Reply.json(200, ApiError.unlessFound(json));
  }

  private Reply update(Call call) throws ApiError, IOException, SQLException, InterruptedException {
    final long id = call.id("id");
    final JsonObject body = call.body();
    writer.apply(
        connection -> {
          final Service service = said(body, ApiError.unlessFound(Service.find(connection, id)));
          return Sql.update(
              connection,
              "UPDATE service SET type = ?, title = ?, settings = ?, updated_at = ? WHERE id = ?",
              service.type(),
              service.title(),
              service.settings().toString(),
              clock.instant().getEpochSecond(),
              id);
        });
    return Reply.empty(204);
  }

  private Reply delete(Call call) throws ApiError, SQLException, InterruptedException {
    final long id = call.id("id");
    writer.apply(
        connection -> {
          ApiError.unlessFound(Service.find(connection, id));
          Sql.update(connection, "DELETE FROM alert_service WHERE service_id = ?", id);
          Sql.update(connection, "DELETE FROM alert_notice WHERE service_id = ?", id);
          return Sql.update(connection, "DELETE FROM service WHERE id = ?", id);
        });
    return Reply.empty(204);
  }
}
