package io.zibrato.store.metrics;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.zibrato.store.data.Database;
import io.zibrato.store.data.Repeats;
import io.zibrato.store.data.Writer;
import io.zibrato.store.http.ApiError;
import io.zibrato.store.http.Call;
import io.zibrato.store.http.JsonText;
import io.zibrato.store.http.Paging;
import io.zibrato.store.http.Parameters;
import io.zibrato.store.http.Problems;
import io.zibrato.store.http.Reply;
import io.zibrato.store.http.Route;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** {@code /v1/metrics} and {@code /v1/metrics/:name}. */
final class MetricEndpoints {
  private final Database database;
  private final Tables tables;
  private final Writer writer;
  private final Repeats repeats;
  private final Clock clock;
  private final ComposeEndpoints compose;

  MetricEndpoints(Database database, Tables tables, Writer writer, Repeats repeats, Clock clock) {
    this.database = database;
    this.tables = tables;
    this.writer = writer;
    this.repeats = repeats;
    this.clock = clock;
    compose = new ComposeEndpoints(database, clock);
  }

  List<Route> routes() {
    return List.of(
        Route.of("POST", "/v1/metrics", this::submit),
        Route.of("GET", "/v1/metrics", this::list),
        Route.of("PUT", "/v1/metrics", this::updateNamed),
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
    final Submission submission =
        SubmissionParser.parse(
            call.body(), new TimeLimits(nowSeconds(), tables.points().lowestTime()));
    return repeats.apply(
        call,
        connection -> {
          submission.make(tables);
          return Reply.empty(200);
        });
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
    final SourceView view = SourceView.of(call, nowSeconds());
    final long now = call.has("end_time") ? Long.MAX_VALUE : nowSeconds();
    final byte[] json =
        database.read(
            connection -> {
              final Metric metric = Catalog.metric(connection, name);
              return metric == null ? null : show(connection, metric, view, now);
            });
    return Reply.writtenJson(200, ApiError.unlessFound(json));
  }

  private static byte[] show(Connection connection, Metric metric, SourceView view, long now)
      throws SQLException {
    final JsonText json = new JsonText().begin('{');
    for (final Map.Entry<String, JsonElement> each : metric.json().entrySet()) {
      json.name(each.getKey()).value(each.getValue());
    }
    if (view != null && metric.type() == MetricType.COMPOSITE) {
      for (final Map.Entry<String, JsonElement> each :
          composite(connection, metric, view, now).entrySet()) {
        json.name(each.getKey()).value(each.getValue());
      }
    } else if (view != null) {
      SourceAnswer.write(connection, metric, view, json);
    }
    return json.end('}').bytes();
  }

  private static JsonObject composite(
      Connection connection, Metric metric, SourceView view, long now) throws SQLException {
    final long end = Math.min(view.interval().endTime(), now);
    return CompositeMeasurements.of(metric, view.interval(), end, view::wants).read(connection);
  }

  private Reply update(Call call) throws ApiError, IOException, SQLException, InterruptedException {
    final String name = call.segment("name");
    final Problems problems = new Problems();
    final Parameters parameters = new Parameters(call.body(), problems, "");
    final MetricType type = MetricType.of(parameters);
    final MetricProperties said = MetricProperties.ofUpdate(parameters);
    problems.throwIfAny();
    final Metric created = writer.apply(connection -> update(name, type, said));
    return created == null
        ? Reply.empty(204)
        : Reply.created(created.json(), "/v1/metrics/" + name);
  }

  /** The metric, if there was none. */
  private Metric update(String name, MetricType type, MetricProperties said)
      throws SQLException, ApiError {
    final Metric metric = tables.metric(name);
    if (metric != null) {
      if (type != null && type != metric.type()) {
        throw ApiError.param("type", Submission.differentType(metric));
      }
      Composites.checkUpdate(tables, name, metric.type(), said);
      tables.updateMetric(metric.with(said));
      return null;
    }
    if (type == null) {
      throw ApiError.notFound();
    }
    if (!Parameters.validName(name)) {
      throw ApiError.param("name", Parameters.NAME_RULE);
    }
    Composites.checkCreation(tables, name, type, said);
    final Metric created = tables.createMetric(name, type).with(said);
    tables.updateMetric(created);
    return created;
  }

  private Reply delete(Call call) throws ApiError, SQLException, InterruptedException {
    final String name = call.segment("name");
    writer.apply(
        connection -> {
          final Metric metric = tables.metric(name);
          if (metric == null) {
            throw ApiError.notFound();
          }
          tables.deleteMetrics(List.of(metric));
          return null;
        });
    return Reply.empty(204);
  }

  private Reply deleteNamed(Call call)
      throws ApiError, IOException, SQLException, InterruptedException {
    final MetricNames names = MetricNames.of(call.body());
    writer.apply(
        connection -> {
          tables.deleteMetrics(names.find(tables));
          return null;
        });
    return Reply.empty(204);
  }

  private Reply updateNamed(Call call)
      throws ApiError, IOException, SQLException, InterruptedException {
    final JsonObject body = MetricAttributes.gathered(call.body());
    final MetricNames names = MetricNames.of(body);
    final Problems problems = new Problems();
    final MetricProperties said = MetricProperties.of(new Parameters(body, problems, ""));
    problems.throwIfAny();
    writer.apply(
        connection -> {
          for (final Metric metric : names.find(tables)) {
            tables.updateMetric(metric.with(said));
          }
          return null;
        });
    return Reply.empty(204);
  }
}
