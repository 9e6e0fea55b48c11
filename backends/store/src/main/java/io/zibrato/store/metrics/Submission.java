package io.zibrato.store.metrics;

import io.zibrato.store.http.ApiError;
import java.sql.SQLException;
import java.util.List;

/**
 * The change that a {@code POST /v1/metrics} makes: all of its measurements, or none.
 *
 * @param key by which it is known if it comes again, or null; then nothing is stored, and the
 *     answer is the same
 * @param nowSeconds when it came
 */
record Submission(List<NewMeasurement> measurements, String key, long nowSeconds) {
  Submission(List<NewMeasurement> measurements) {
    this(measurements, null, 0);
  }

  Submission withKey(String idempotencyKey, long receivedSeconds) {
    return new Submission(measurements, idempotencyKey, receivedSeconds);
  }

  void make(Tables tables) throws SQLException, ApiError {
    if (key != null && !tables.firstTime(key, nowSeconds)) {
      return;
    }
    for (final NewMeasurement measurement : measurements) {
      tables.insert(metric(tables, measurement), measurement);
    }
    tables.inserted(measurements.size());
  }

  private static Metric metric(Tables tables, NewMeasurement measurement)
      throws SQLException, ApiError {
    Metric metric = tables.metric(measurement.name());
    if (metric == null) {
      metric = tables.createMetric(measurement.name(), measurement.type());
    } else if (metric.type() != measurement.type()) {
      throw ApiError.param("type", differentType(metric));
    }
    final MetricProperties said = measurement.properties();
    if (said.empty()) {
      return metric;
    }
    final Metric completed = metric.completed(said);
    if (!completed.equals(metric)) {
      tables.updateMetric(completed);
    }
    return completed;
  }

  /** Clients look for this sentence, and stop to send the metric. */
  static String differentType(Metric metric) {
    return "'"
        + metric.name()
        + "' is a "
        + metric.type().word()
        + ", but was submitted as different type";
  }
}
