package io.zibrato.store.metrics;

import com.google.gson.JsonObject;
import io.zibrato.store.data.Database;
import io.zibrato.store.data.Repeats;
import io.zibrato.store.http.ApiError;
import io.zibrato.store.http.Call;
import io.zibrato.store.http.JsonText;
import io.zibrato.store.http.Reply;
import io.zibrato.store.http.Route;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/** {@code /v1/measurements} and {@code /v1/measurements/:name}: measurements by tags. */
final class MeasurementEndpoints {
  private final Database database;
  private final Tables tables;
  private final Repeats repeats;
  private final Clock clock;

  MeasurementEndpoints(Database database, Tables tables, Repeats repeats, Clock clock) {
    this.database = database;
    this.tables = tables;
    this.repeats = repeats;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.of("POST", "/v1/measurements", this::submit),
        Route.of("GET", "/v1/measurements/:name", this::show));
  }

  private long nowSeconds() {
    return clock.instant().getEpochSecond();
  }

  private Reply submit(Call call) throws ApiError, IOException, SQLException, InterruptedException {
    final Submission submission =
        TaggedParser.parse(call.body(), new TimeLimits(nowSeconds(), tables.points().lowestTime()));
    final int total = submission.measurements().size();
    return repeats.apply(
        call,
        connection -> {
          submission.make(tables);
          return Reply.json(202, accepted(total));
        });
  }

  /** Micrometer takes an answer that does not say that none failed for a failure. */
  private static JsonObject accepted(int total) {
    final JsonObject summary = new JsonObject();
    summary.addProperty("total", total);
    summary.addProperty("accepted", total);
    summary.addProperty("failed", 0);
    final JsonObject measurements = new JsonObject();
    measurements.add("summary", summary);
    final JsonObject json = new JsonObject();
    json.add("measurements", measurements);
    return json;
  }

  private Reply show(Call call) throws ApiError, SQLException, InterruptedException {
    final String name = call.segment("name");
    final TagView view = TagView.of(call, nowSeconds());
    final byte[] json =
        database.read(
            connection -> {
              final Metric metric = Catalog.metric(connection, name);
              if (metric == null) {
                return null;
              }
              final JsonText text = new JsonText();
              TagAnswer.write(connection, metric, view, call, text);
              return text.bytes();
            });
    return Reply.writtenJson(200, ApiError.unlessFound(json));
  }
}
