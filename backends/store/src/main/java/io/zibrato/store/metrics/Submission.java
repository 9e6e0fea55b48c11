package io.zibrato.store.metrics;

import io.zibrato.store.http.ApiError;
import java.sql.SQLException;
import java.util.List;

/** The change that a submission makes: all of its measurements, or none. */
record Submission(List<NewMeasurement> measurements) {

  void make(Tables tables) throws SQLException, ApiError {
    tables.points().begin();
    for (final NewMeasurement measurement : measurements) {
      final Metric metric = metric(tables, measurement);
      tables
          .points()
          .add(
              tables.series(metric, measurement.tags()),
              measurement.point(metric.type() == MetricType.COUNTER && measurement.isSingle()));
    }
    tables.points().end();
  }

  private static Metric metric(Tables tables, NewMeasurement measurement)
      throws SQLException, ApiError {
    Metric metric = tables.metric(measurement.name());
    if (metric == null) {
      final MetricType type = measurement.type() == null ? MetricType.GAUGE : measurement.type();
      metric = tables.createMetric(measurement.name(), type);
    } else if (!takes(metric, measurement.type())) {
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

  private static boolean takes(Metric metric, MetricType submitted) {
    return submitted == null ? metric.type() != MetricType.COMPOSITE : metric.type() == submitted;
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
