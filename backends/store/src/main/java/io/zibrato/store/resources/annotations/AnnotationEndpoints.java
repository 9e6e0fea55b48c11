package io.zibrato.store.resources.annotations;

import com.google.gson.JsonArray;
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
import java.time.Clock;
import java.util.List;

/** {@code /v1/annotations} and below. */
public final class AnnotationEndpoints {
  private static final Listing STREAMS =
      new Listing("annotations", "annotation_stream", Stream.COLUMNS, "name", "name");
  private static final int MAX_DISPLAY_NAME = 255;

  private final Database database;
  private final Writer writer;
  private final Clock clock;

  public AnnotationEndpoints(Database database, Writer writer, Clock clock) {
    this.database = database;
    this.writer = writer;
    this.clock = clock;
  }

  public List<Route> routes() {
    return List.of(
        Route.of("GET", "/v1/annotations", this::list),
        Route.of("GET", "/v1/annotations/:name", this::show),
        Route.of("PUT", "/v1/annotations/:name", this::update),
        Route.of("DELETE", "/v1/annotations/:name", this::delete),
        Route.of("POST", "/v1/annotations/:name", this::post),
        Route.of("GET", "/v1/annotations/:name/:id", this::showEvent),
        Route.of("PUT", "/v1/annotations/:name/:id", this::updateEvent),
        Route.of("DELETE", "/v1/annotations/:name/:id", this::deleteEvent),
        Route.of("POST", "/v1/annotations/:name/:id/links", this::addLink),
        Route.of("DELETE", "/v1/annotations/:name/:id/links/:rel", this::removeLink));
  }

  private Reply list(Call call) throws ApiError, SQLException, InterruptedException {
    final Listing.Asked asked = STREAMS.asked(call);
    return Reply.json(200, database.read(c -> asked.read(c, row -> Stream.read(row).json())));
  }

  private Reply show(Call call) throws ApiError, SQLException, InterruptedException {
    final String name = call.segment("name");
    final EventQuery query = EventQuery.of(call);
    final JsonObject json =
        database.read(
            connection -> {
              final Stream stream = Stream.find(connection, name);
              if (stream == null) {
                return null;
              }
              final JsonObject shown = stream.json();
              if (query != null) {
                query.read(connection, stream, shown);
              }
              return shown;
            });
    return Reply.json(200, ApiError.unlessFound(json));
  }

  private Reply update(Call call) throws ApiError, IOException, SQLException, InterruptedException {
    final Problems problems = new Problems();
    final String displayName =
        new Members(call.body(), problems).text("display_name", MAX_DISPLAY_NAME);
    problems.throwIfAny();
    writer.apply(
        connection ->
            Sql.update(
                connection,
                "UPDATE annotation_stream SET display_name = ifnull(?, display_name) WHERE id = ?",
                displayName,
                stream(connection, call).id()));
    return Reply.empty(204);
  }

  private Reply delete(Call call) throws ApiError, SQLException, InterruptedException {
    writer.apply(
        connection -> {
          final long id = stream(connection, call).id();
          Sql.update(connection, "DELETE FROM annotation WHERE stream_id = ?", id);
          return Sql.update(connection, "DELETE FROM annotation_stream WHERE id = ?", id);
        });
    return Reply.empty(204);
  }

  private Reply post(Call call) throws ApiError, IOException, SQLException, InterruptedException {
    final String name = call.segment("name");
    if (!Parameters.validName(name)) {
      throw ApiError.param("name", Parameters.NAME_RULE);
    }
    final Event event = Said.of(call.body()).event(clock.instant().getEpochSecond());
    return new Repeats(writer, clock)
        .apply(
            call,
            connection -> {
              Sql.update(
                  connection, "INSERT OR IGNORE INTO annotation_stream (name) VALUES (?)", name);
              final Event posted = event.insert(connection, stream(connection, call));
              return Reply.created(posted.json(), "/v1/annotations/" + name + "/" + posted.id());
            });
  }

  private Reply showEvent(Call call) throws ApiError, SQLException, InterruptedException {
    final String name = call.segment("name");
    final long id = call.id("id");
    final Event event =
        database.read(
            connection -> {
              final Stream stream = Stream.find(connection, name);
              return stream == null ? null : Event.find(connection, stream, id);
            });
    return Reply.json(200, ApiError.unlessFound(event).json());
  }

  private Reply updateEvent(Call call)
      throws ApiError, IOException, SQLException, InterruptedException {
    final Said said = Said.of(call.body());
    writer.apply(
        connection -> {
          said.onto(event(connection, call)).update(connection);
          return null;
        });
    return Reply.empty(204);
  }

  private Reply deleteEvent(Call call) throws ApiError, SQLException, InterruptedException {
    writer.apply(
        connection ->
            Sql.update(
                connection, "DELETE FROM annotation WHERE id = ?", event(connection, call).id()));
    return Reply.empty(204);
  }

  private Reply addLink(Call call)
      throws ApiError, IOException, SQLException, InterruptedException {
    final JsonObject link = Said.link(call.body());
    final String rel = link.get("rel").getAsString();
    final String location =
        "/v1/annotations/" + call.segment("name") + "/" + call.segment("id") + "/links/" + rel;
    return new Repeats(writer, clock)
        .apply(
            call,
            connection -> {
              final Event event = event(connection, call);
              if (event.link(rel) >= 0) {
                throw ApiError.request(422, "There is a link of the rel '" + rel + "' already");
              }
              if (event.links().size() >= Said.MAX_LINKS) {
                throw ApiError.param("links", "has more than " + Said.MAX_LINKS + " elements");
              }
              final JsonArray links = event.links().deepCopy();
              links.add(link);
              event.withLinks(links).update(connection);
              return Reply.created(link, location);
            });
  }

  private Reply removeLink(Call call) throws ApiError, SQLException, InterruptedException {
    writer.apply(
        connection -> {
          final Event event = event(connection, call);
          final int place = event.link(call.segment("rel"));
          if (place < 0) {
            throw ApiError.notFound();
          }
          final JsonArray links = event.links().deepCopy();
          links.remove(place);
          event.withLinks(links).update(connection);
          return null;
        });
    return Reply.empty(204);
  }

  private static Stream stream(Connection connection, Call call) throws SQLException, ApiError {
    return ApiError.unlessFound(Stream.find(connection, call.segment("name")));
  }

  private static Event event(Connection connection, Call call) throws SQLException, ApiError {
    return ApiError.unlessFound(Event.find(connection, stream(connection, call), call.id("id")));
  }
}
