package io.zibrato.store.metrics;

import io.zibrato.store.composite.Series;
import io.zibrato.store.composite.Window;
import io.zibrato.store.data.Database;
import io.zibrato.store.http.ApiError;
import io.zibrato.store.http.Call;
import io.zibrato.store.http.Parameters;
import io.zibrato.store.http.Reply;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/** {@code GET /v1/metrics?compose=} and {@code GET /v1/measurements?compose=}. */
final class ComposeEndpoints {
  private static final String PARAMETER = "compose";
  private static final long MAX_TIME = 99_999_999_999L;
  private static final long MAX_RESOLUTION_SECONDS = 31L * 86_400;

  private final Database database;
  private final Clock clock;

  ComposeEndpoints(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Makes the body of an answer. */
  private interface Form {
    byte[] body(StoredSeries stored, String compose, Window window, List<Series> set);
  }

  Reply bySource(Call call) throws ApiError, SQLException, InterruptedException {
    return answer(
        call,
        (stored, compose, window, set) ->
            ComposeAnswer.bySource(stored, compose, window.resolutionSeconds(), set));
  }

  Reply byTags(Call call) throws ApiError, SQLException, InterruptedException {
    return answer(call, (stored, compose, window, set) -> ComposeAnswer.byTags(stored, set));
  }

  private Reply answer(Call call, Form form) throws ApiError, SQLException, InterruptedException {
    for (final String required : List.of(PARAMETER, "start_time", "resolution")) {
      if (!call.has(required)) {
        throw ApiError.param(required, Parameters.NOT_PRESENT);
      }
    }
    final String compose = call.text(PARAMETER, "");
    final Window window = window(call);
    return database.read(
        connection -> {
          try (StoredSeries stored = new StoredSeries(connection)) {
            final List<Series> set = Composites.series(stored, compose, window, PARAMETER);
            return Reply.writtenJson(200, form.body(stored, compose, window, set));
          }
        });
  }

  private Window window(Call call) throws ApiError {
    final long start = call.number("start_time", 0, 0, MAX_TIME);
    final long end = call.number("end_time", clock.instant().getEpochSecond(), 0, MAX_TIME);
    if (end < start) {
      throw ApiError.param("end_time", "is before start_time");
    }
    return new Window(start, end, call.number("resolution", 1, 1, MAX_RESOLUTION_SECONDS));
  }
}
