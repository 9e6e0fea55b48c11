package io.zibrato.store.metrics;

/**
 * One checked measurement of a submission.
 *
 * @param source never null; {@link #UNASSIGNED} when the client named none
 * @param count how many samples {@code sum} adds up, 1 for a single value
 * @param min null when a multi-sample measurement does not tell; so are max and sumSquares
 */
record NewMeasurement(
    MetricType type,
    String name,
    String source,
    long measureTime,
    long count,
    Number sum,
    Number min,
    Number max,
    Number sumSquares,
    MetricProperties properties) {
  static final String UNASSIGNED = "unassigned";
}
