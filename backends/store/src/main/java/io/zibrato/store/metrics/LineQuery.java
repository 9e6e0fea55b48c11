package io.zibrato.store.metrics;

import java.util.Map;

/**
 * Which lines of one metric are asked for.
 *
 * @param metric its name, in whatever case
 * @param tagPatterns what a tag must be, in whatever case, by its name, with {@code *} for any
 *     characters; empty for all series. A series without the tag is not taken, except that one of
 *     no source goes as {@code unassigned} for the tag {@code source}
 * @param startTime epoch seconds; the whole of its period is asked for
 * @param endTime epoch seconds; the whole of its period is asked for
 * @param periodSeconds how far apart points are; each summarises what was measured in so many
 *     seconds from its time on
 */
public record LineQuery(
    String metric,
    Map<String, String> tagPatterns,
    long startTime,
    long endTime,
    long periodSeconds,
    Summary summary) {

  public LineQuery {
    tagPatterns = Map.copyOf(tagPatterns);
    if (periodSeconds < 1) {
      throw new IllegalArgumentException("periodSeconds < 1: " + periodSeconds);
    }
  }
}
