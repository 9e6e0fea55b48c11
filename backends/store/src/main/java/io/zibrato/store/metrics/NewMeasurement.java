package io.zibrato.store.metrics;

import io.zibrato.store.points.Point;

/**
 * One checked measurement of a submission.
 *
 * @param type null if it does not say
 * @param tags the text of the set, as {@link Tags} has it
 * @param count how many samples {@code sum} adds up, 1 for a single value
 * @param min null when a multi-sample measurement does not tell; so are max and sumSquares
 */
record NewMeasurement(
    MetricType type,
    String name,
    String tags,
    long measureTime,
    long count,
    Number sum,
    Number min,
    Number max,
    Number sumSquares,
    MetricProperties properties) {

  /** One value. */
  static NewMeasurement single(
      MetricType type,
      String name,
      String tags,
      long measureTime,
      Number value,
      MetricProperties properties) {
    return new NewMeasurement(
        type, name, tags, measureTime, 1, value, value, value, null, properties);
  }

  /** Whether it is told by its value alone. */
  boolean isSingle() {
    return count == 1 && sum.equals(min) && sum.equals(max) && sumSquares == null;
  }

  Point point(boolean counter) {
    return isSingle()
        ? Point.single(measureTime, sum, counter)
        : Point.summary(measureTime, count, sum, min, max, sumSquares);
  }
}
