package io.zibrato.store;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@code /v1/metrics} and {@code /v1/metrics/:name}. */
final class MetricEndpoints {
  private static final int MAX_PAGE = 100;
  private static final long MAX_TIME = 99_999_999_999L;
  private static final long MAX_RESOLUTION_SECONDS = 31L * 86_400;

  private final Database database;
  private final Writer writer;
  private final Clock clock;

  MetricEndpoints(Database database, Writer writer, Clock clock) {
    this.database = database;
    this.writer = writer;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.of("POST", "/v1/metrics", this::submit),
        Route.of("GET", "/v1/metrics", this::list),
        Route.of("DELETE", "/v1/metrics", this::deleteNamed),
        Route.of("GET", "/v1/metrics/:name", this::show),
        Route.of("PUT", "/v1/metrics/:name", this::update),
        Route.of("DELETE", "/v1/metrics/:name", this::delete));
  }

  private long nowSeconds() {
    return clock.instant().getEpochSecond();
  }

  private Reply submit(Call call) throws ApiError, IOException, SQLException, InterruptedException {
    final Submission submission = SubmissionParser.parse(call.body(), nowSeconds());
    writer.apply(submission.withKey(call.idempotencyKey(), nowSeconds()));
    return Reply.empty(200);
  }

  private Reply list(Call call) throws ApiError, SQLException, InterruptedException {
    final long offset = call.number("offset", 0, 0, Integer.MAX_VALUE);
    final long length = call.number("length", MAX_PAGE, 1, MAX_PAGE);
    if (!call.text("orderby", "name").equals("name")) {
      throw ApiError.param("orderby", "must be name");
    }
    final String sort = call.text("sort", "asc");
    if (!sort.equals("asc") && !sort.equals("desc")) {
      throw ApiError.param("sort", "must be asc or desc");
    }
    final String name = call.text("name", "");
    final String pattern = name.indexOf('*') >= 0 ? name : "*" + name + "*";
    final Catalog.Found found =
        database.read(c -> Catalog.search(c, pattern, offset, length, sort.equals("desc")));
    return Reply.json(200, page(found, offset));
  }

  private static JsonObject page(Catalog.Found found, long offset) {
    final JsonObject query = new JsonObject();
    query.addProperty("found", found.found());
    query.addProperty("length", found.metrics().size());
    query.addProperty("offset", offset);
    query.addProperty("total", found.total());
    final JsonArray metrics = new JsonArray();
    found.metrics().forEach(metric -> metrics.add(metric.json()));
    final JsonObject json = new JsonObject();
    json.add("query", query);
    json.add("metrics", metrics);
    return json;
  }

  private Reply show(Call call) throws ApiError, SQLException, InterruptedException {
    final String name = call.segment("name");
    final boolean timed = call.has("start_time") || call.has("end_time") || call.has("count");
    final MeasurementQuery asked = timed ? asked(call) : null;
    final JsonObject json =
        database.read(
            connection -> {
              final Metric metric = Catalog.metric(connection, name);
              if (metric == null) {
                return null;
              }
              final JsonObject shown = metric.json();
              if (asked != null) {
                MeasurementReader.read(connection, asked.of(metric)).entrySet().stream()
                    .forEach(entry -> shown.add(entry.getKey(), entry.getValue()));
              }
              return shown;
            });
    if (json == null) {
      throw ApiError.notFound();
    }
    return Reply.json(200, json);
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
    final MetricType type = parameters.type();
    final MetricProperties said = parameters.properties();
    problems.throwIfAny();
    final boolean created = writer.apply(tables -> update(tables, name, type, said));
    return created
        ? Reply.empty(201).with(Map.of("Location", "/v1/metrics/" + name))
        : Reply.empty(204);
  }

  private static boolean update(Tables tables, String name, MetricType type, MetricProperties said)
      throws SQLException, ApiError {
    final Metric metric = tables.metric(name);
    if (metric != null) {
      if (type != null && type != metric.type()) {
        throw ApiError.param("type", Submission.differentType(metric));
      }
      tables.updateMetric(metric.with(said));
      return false;
    }
    if (type == null) {
      throw ApiError.notFound();
    }
    if (!Parameters.validName(name)) {
      throw ApiError.param("name", Parameters.NAME_RULE);
    }
    tables.updateMetric(tables.createMetric(name, type).with(said));
    return true;
  }

  private Reply delete(Call call) throws ApiError, SQLException, InterruptedException {
    final String name = call.segment("name");
    writer.apply(
        tables -> {
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
        tables -> {
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
