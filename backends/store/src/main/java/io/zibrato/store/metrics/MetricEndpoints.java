package io.zibrato.store.metrics;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.zibrato.store.composite.Window;
import io.zibrato.store.data.Database;
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
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@code /v1/metrics} and {@code /v1/metrics/:name}. */
public final class MetricEndpoints {
  private static final long MAX_TIME = 99_999_999_999L;
  private static final long MAX_RESOLUTION_SECONDS = 31L * 86_400;

  private final Database database;
  private final Tables tables;
  private final Writer writer;
  private final Clock clock;
  private final ComposeEndpoints compose;

  /** Needs a writer that has made no change yet. */
  public MetricEndpoints(Database database, Writer writer, Clock clock) throws SQLException {
    this.database = database;
    tables = new Tables(database.writer());
    writer.onRollback(tables::forget);
    this.writer = writer;
    this.clock = clock;
    compose = new ComposeEndpoints(database, clock);
  }

  public List<Route> routes() {
    return List.of(
        Route.of("POST", "/v1/metrics", this::submit),
        Route.of("GET", "/v1/metrics", this::list),
        Route.of("DELETE", "/v1/metrics", this::deleteNamed),
        Route.of("GET", "/v1/measurements", compose::byTags),
        Route.of("GET", "/v1/measurements/", compose::byTags),
        Route.of("GET", "/v1/metrics/:name", this::show),
        Route.of("PUT", "/v1/metrics/:name", this::update),
        Route.of("DELETE", "/v1/metrics/:name", this::delete));
  }

  private long nowSeconds() {
    return clock.instant().getEpochSecond();
  }

  private Reply submit(Call call) throws ApiError, IOException, SQLException, InterruptedException {
    final Submission submission = SubmissionParser.parse(call.body(), nowSeconds());
    final String key = call.idempotencyKey();
    final long now = nowSeconds();
    writer.apply(
        connection -> {
          submission.withKey(key, now).make(tables);
          return null;
        });
    return Reply.empty(200);
  }

  private Reply list(Call call) throws ApiError, SQLException, InterruptedException {
    if (call.has("compose")) {
      return compose.bySource(call);
    }
    final Paging paging = Paging.of(call, "name");
    final String name = call.text("name", "");
    final String pattern = name.indexOf('*') >= 0 ? name : "*" + name + "*";
    final Catalog.Found found = database.read(c -> Catalog.search(c, pattern, paging));
    return Reply.json(200, page(found, paging));
  }

  private static JsonObject page(Catalog.Found found, Paging paging) {
    final JsonArray metrics = new JsonArray();
    found.metrics().forEach(metric -> metrics.add(metric.json()));
    final JsonObject json = new JsonObject();
    json.add("query", paging.json(found.metrics().size(), found.found(), found.total()));
    json.add("metrics", metrics);
    return json;
  }

  private Reply show(Call call) throws ApiError, SQLException, InterruptedException {
    final String name = call.segment("name");
    final boolean timed = call.has("start_time") || call.has("end_time") || call.has("count");
    final MeasurementQuery asked = timed ? asked(call) : null;
    final long now = call.has("end_time") ? Long.MAX_VALUE : nowSeconds();
    final JsonObject json =
        database.read(
            connection -> {
              final Metric metric = Catalog.metric(connection, name);
              if (metric == null) {
                return null;
              }
              final JsonObject shown = metric.json();
              if (asked != null) {
                measurements(connection, asked.of(metric), now).entrySet().stream()
                    .forEach(entry -> shown.add(entry.getKey(), entry.getValue()));
              }
              return shown;
            });
    if (json == null) {
      throw ApiError.notFound();
    }
    return Reply.json(200, json);
  }

  private static JsonObject measurements(Connection connection, MeasurementQuery query, long now)
      throws SQLException {
    if (query.metric().type() != MetricType.COMPOSITE) {
      return MeasurementReader.read(connection, query);
    }
    final long end = Math.min(query.endTime(), now);
    final Window window =
        query.last()
            ? CompositeMeasurements.last(query.count(), end, query.resolutionSeconds())
            : new Window(query.startTime(), end, query.resolutionSeconds());
    return new CompositeMeasurements(
            query.metric(), window, query.count(), query.last(), query::wantsSource)
        .read(connection);
  }

  private MeasurementQuery asked(Call call) throws ApiError {
    if (!call.has("start_time") && !call.has("count")) {
      throw ApiError.param("start_time", Parameters.NOT_PRESENT);
    }
    final Set<String> sources = new LinkedHashSet<>();
    call.values("source", "sources[]", "sources")
        .forEach(source -> sources.add(source.toLowerCase(Locale.ROOT)));
    sources.remove("*");
    return new MeasurementQuery(
        null,
        call.number("resolution", 1, 1, MAX_RESOLUTION_SECONDS),
        call.number("start_time", 0, 0, MAX_TIME),
        call.number("end_time", endOfTime(), 0, MAX_TIME),
        call.number("count", Long.MAX_VALUE, 1, MeasurementReader.MAX_POINTS),
        !call.has("start_time"),
        sources);
  }

  /** By default up to now, and with it what clients whose clocks are ahead have sent. */
  private long endOfTime() {
    return nowSeconds() + SubmissionParser.MAX_FUTURE_SECONDS;
  }

  private Reply update(Call call) throws ApiError, IOException, SQLException, InterruptedException {
    final String name = call.segment("name");
    final Problems problems = new Problems();
    final Parameters parameters = new Parameters(call.body(), problems, "");
    final MetricType type = MetricType.of(parameters);
    final MetricProperties said = MetricProperties.ofUpdate(parameters);
    problems.throwIfAny();
    final boolean created = writer.apply(connection -> update(name, type, said));
    return created
        ? Reply.empty(201).with(Map.of("Location", "/v1/metrics/" + name))
        : Reply.empty(204);
  }

  private boolean update(String name, MetricType type, MetricProperties said)
      throws SQLException, ApiError {
    final Metric metric = tables.metric(name);
    if (metric != null) {
      if (type != null && type != metric.type()) {
        throw ApiError.param("type", Submission.differentType(metric));
      }
      Composites.checkUpdate(tables, name, metric.type(), said);
      tables.updateMetric(metric.with(said));
      return false;
    }
    if (type == null) {
      throw ApiError.notFound();
    }
    if (!Parameters.validName(name)) {
      throw ApiError.param("name", Parameters.NAME_RULE);
    }
    Composites.checkCreation(tables, name, type, said);
    tables.updateMetric(tables.createMetric(name, type).with(said));
    return true;
  }

  private Reply delete(Call call) throws ApiError, SQLException, InterruptedException {
    final String name = call.segment("name");
    writer.apply(
        connection -> {
          final Metric metric = tables.metric(name);
          if (metric == null) {
            throw ApiError.notFound();
          }
          tables.deleteMetric(metric);
          return null;
        });
    return Reply.empty(204);
  }

  private Reply deleteNamed(Call call)
      throws ApiError, IOException, SQLException, InterruptedException {
    final JsonElement names = call.body().get("names");
    if (names == null || !names.isJsonArray() || names.getAsJsonArray().isEmpty()) {
      throw ApiError.param("names", Parameters.NOT_PRESENT);
    }
    writer.apply(
        connection -> {
          for (final JsonElement name : names.getAsJsonArray()) {
            final Metric metric = name.isJsonPrimitive() ? tables.metric(name.getAsString()) : null;
            if (metric != null) {
              tables.deleteMetric(metric);
            }
          }
          return null;
        });
    return Reply.empty(204);
  }
}
