package io.zibrato.store.resources.alerts;

import com.google.gson.JsonObject;
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
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/** {@code /v1/alerts}. */
final class AlertEndpoints {
  private static final Listing ALERTS =
      new Listing("alerts", "alert", Alert.COLUMNS, "name", "updated_at", "name");
  private static final long MAX_ALERTS = 5000;

  private final Database database;
  private final Writer writer;
  private final Clock clock;
  private final String account;
  private final Runnable noticed;

  /**
   * Makes them.
   *
   * @param account whose alerts they are; null for nobody's
   * @param noticed to be run once there may be something to tell services
   */
  AlertEndpoints(Database database, Writer writer, Clock clock, String account, Runnable noticed) {
    this.database = database;
    this.writer = writer;
    this.clock = clock;
    this.account = account;
    this.noticed = noticed;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/v1/alerts", this::list),
        Route.of("POST", "/v1/alerts", this::create),
        Route.of("GET", "/v1/alerts/status", this::statuses),
        Route.of("GET", "/v1/alerts/:id", this::show),
        Route.of("PUT", "/v1/alerts/:id", this::update),
        Route.of("DELETE", "/v1/alerts/:id", this::delete),
        Route.of("GET", "/v1/alerts/:id/status", this::status),
        Route.of("POST", "/v1/alerts/:id/clear", this::clear),
        Route.of("POST", "/v1/alerts/:id/services", this::addService),
        Route.of("DELETE", "/v1/alerts/:id/services/:service", this::removeService));
  }

  private long nowSeconds() {
    return clock.instant().getEpochSecond();
  }

  private static Alert alert(Connection connection, Call call) throws SQLException, ApiError {
    return ApiError.unlessFound(Alert.find(connection, call.segment("id")));
  }

  private Reply list(Call call) throws ApiError, SQLException, InterruptedException {
    if (call.number("version", Alert.VERSION, 1, Alert.VERSION) != Alert.VERSION) {
      throw ApiError.param("version", "must be 2: alerts of version 1 are not kept");
    }
    final Listing.Asked asked = ALERTS.asked(call);
    return Reply.json(200, database.read(c -> asked.read(c, row -> Alert.read(row).json(c))));
  }

  private Reply create(Call call) throws ApiError, IOException, SQLException, InterruptedException {
    final AlertRequest request = AlertRequest.of(call.body());
    final long now = nowSeconds();
    final Alert alert = request.alert(now);
    return new Repeats(writer, clock)
        .apply(
            call,
            connection -> {
              alert.notTaken(connection);
              if (Sql.number(connection, "SELECT count(*) FROM alert") >= MAX_ALERTS) {
                throw ApiError.request(400, "There are " + MAX_ALERTS + " alerts already");
              }
              final long id = alert.insert(connection);
              request.storeConditions(connection, id, false, now);
              request.storeServices(connection, id);
              return Reply.created(Alert.find(connection, id).json(connection), "/v1/alerts/" + id);
            });
  }

  private Reply show(Call call) throws ApiError, SQLException, InterruptedException {
    final JsonObject json =
        database.read(
            connection -> {
              final Alert alert = Alert.find(connection, call.segment("id"));
              return alert == null ? null : alert.json(connection);
            });
    return Reply.json(200, ApiError.unlessFound(json));
  }

  private Reply update(Call call) throws ApiError, IOException, SQLException, InterruptedException {
    final AlertRequest request = AlertRequest.of(call.body());
    final long now = nowSeconds();
    writer.apply(
        connection -> {
          final Alert known = alert(connection, call);
          final Alert alert = request.onto(known, now);
          alert.notTaken(connection);
          if (known.active() && !alert.active()) {
            known.resolve(connection, account, now);
          }
          alert.update(connection);
          request.storeConditions(connection, alert.id(), known.active() && alert.active(), now);
          request.storeServices(connection, alert.id());
          return null;
        });
    noticed.run();
    return Reply.empty(204);
  }

  private Reply delete(Call call) throws ApiError, SQLException, InterruptedException {
    final long now = nowSeconds();
    writer.apply(
        connection -> {
          final Alert alert = alert(connection, call);
          alert.resolve(connection, account, now);
          alert.delete(connection);
          return null;
        });
    noticed.run();
    return Reply.empty(204);
  }

  private Reply clear(Call call) throws ApiError, SQLException, InterruptedException {
    final long now = nowSeconds();
    final Reply reply =
        new Repeats(writer, clock)
            .apply(
                call,
                connection -> {
                  alert(connection, call).resolve(connection, account, now);
                  return Reply.empty(204);
                });
    noticed.run();
    return reply;
  }

  private Reply status(Call call) throws ApiError, SQLException, InterruptedException {
    final JsonObject json =
        database.read(
            connection -> {
              final Alert alert = Alert.find(connection, call.segment("id"));
              return alert == null ? null : Status.of(connection, alert);
            });
    return Reply.json(200, ApiError.unlessFound(json));
  }

  private Reply statuses(Call call) throws SQLException, InterruptedException {
    return Reply.json(200, database.read(connection -> Status.all(connection, nowSeconds())));
  }

  private Reply addService(Call call)
      throws ApiError, IOException, SQLException, InterruptedException {
    final Problems problems = new Problems();
    final Long service =
        new Members(call.body(), problems).require("service").whole("service", 1, Long.MAX_VALUE);
    problems.throwIfAny();
    return new Repeats(writer, clock)
        .apply(
            call,
            connection -> {
              final Alert alert = alert(connection, call);
              final Service added = Service.find(connection, service);
              if (added == null) {
                throw ApiError.param("service", "is " + service + ", which is no service");
              }
              Sql.update(
                  connection,
                  "INSERT OR IGNORE INTO alert_service VALUES (?, ?)",
                  alert.id(),
                  service);
              return Reply.created(
                  added.json(), "/v1/alerts/" + call.segment("id") + "/services/" + service);
            });
  }

  private Reply removeService(Call call) throws ApiError, SQLException, InterruptedException {
    final long service = call.id("service");
    writer.apply(
        connection -> {
          final int removed =
              Sql.update(
                  connection,
                  "DELETE FROM alert_service WHERE alert_id = ? AND service_id = ?",
                  alert(connection, call).id(),
                  service);
          return ApiError.unlessFound(removed == 0 ? null : removed);
        });
    return Reply.empty(204);
  }
}
