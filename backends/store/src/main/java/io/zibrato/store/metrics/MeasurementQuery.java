package io.zibrato.store.metrics;

import io.zibrato.store.data.Wildcard;
import java.util.Locale;
import java.util.Set;

/**
 * Which measurements of one metric are asked for.
 *
 * @param metric null until it has been looked up
 * @param resolutionSeconds the length of a bucket
 * @param startTime epoch seconds; the whole of its bucket is asked for
 * @param endTime epoch seconds; the whole of its bucket is asked for
 * @param count how many buckets at most
 * @param last take the last {@code count} buckets of the interval, not the first
 * @param sources names in lower case, with {@code *} for any characters; empty for all
 */
record MeasurementQuery(
    Metric metric,
    long resolutionSeconds,
    long startTime,
    long endTime,
    long count,
    boolean last,
    Set<String> sources) {

  MeasurementQuery of(Metric named) {
    return new MeasurementQuery(named, resolutionSeconds, startTime, endTime, count, last, sources);
  }

  long bucketOf(long measureTime) {
    return measureTime - Math.floorMod(measureTime, resolutionSeconds);
  }

  boolean wantsSource(String name) {
    if (sources.isEmpty()) {
      return true;
    }
    final String lower = name.toLowerCase(Locale.ROOT);
    return sources.contains(lower) || sources.stream().anyMatch(s -> Wildcard.matches(s, lower));
  }
}
