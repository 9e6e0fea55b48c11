package io.zibrato.librato;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * What must be so for an alert to fire. All of its conditions must.
 *
 * @param id null for one that the service has not seen
 * @param type {@code above}, {@code below} or {@code absent}
 * @param source a source or a pattern with {@code *}; null if it is not about sources
 * @param threshold null for {@code absent}
 * @param summaryFunction {@code average}, {@code min}, {@code max}, {@code sum}, {@code count},
 *     {@code derivative} or {@code absolute_value}; null for the service's default
 * @param durationSeconds how long it must be so, from 60 to 3600; null for one measurement
 * @param tags empty if it is not about tags
 * @param detectReset whether a counter that starts again is seen as such; null for false
 */
public record Condition(
    Long id,
    String type,
    String metricName,
    String source,
    Double threshold,
    String summaryFunction,
    Long durationSeconds,
    List<TagFilter> tags,
    Boolean detectReset) {

  public Condition {
    tags = List.copyOf(tags);
  }

  /** The metric's average goes above; one measurement is enough. */
  public static Condition above(String metricName, double threshold) {
    return new Condition(
        null, "above", metricName, null, threshold, "average", null, List.of(), null);
  }

  /** The metric's average goes below; one measurement is enough. */
  public static Condition below(String metricName, double threshold) {
    return new Condition(
        null, "below", metricName, null, threshold, "average", null, List.of(), null);
  }

  /** Nothing is reported for so long. */
  public static Condition absent(String metricName, long durationSeconds) {
    return new Condition(
        null, "absent", metricName, null, null, null, durationSeconds, List.of(), null);
  }

  /** Of these sources only. Default: of all. */
  public Condition source(String source) {
    return new Condition(
        id,
        type,
        metricName,
        source,
        threshold,
        summaryFunction,
        durationSeconds,
        tags,
        detectReset);
  }

  public Condition summaryFunction(String function) {
    return new Condition(
        id, type, metricName, source, threshold, function, durationSeconds, tags, detectReset);
  }

  /** For as long as this, all measurements; from 60 to 3600 seconds. */
  public Condition durationSeconds(long seconds) {
    return new Condition(
        id, type, metricName, source, threshold, summaryFunction, seconds, tags, detectReset);
  }

  /** Of the streams with such a tag only. */
  public Condition tag(TagFilter filter) {
    return new Condition(
        id,
        type,
        metricName,
        source,
        threshold,
        summaryFunction,
        durationSeconds,
        Json.copyWith(tags, filter),
        detectReset);
  }

  /** Whether one measurement is enough. */
  public boolean immediate() {
    return durationSeconds == null || durationSeconds == 0;
  }

  static Condition read(JsonObject json) {
    return new Condition(
        Json.whole(json, "id"),
        Json.text(json, "type"),
        Json.text(json, "metric_name"),
        Json.text(json, "source"),
        Json.number(json, "threshold"),
        Json.text(json, "summary_function"),
        Json.whole(json, "duration"),
        Json.list(json, "tags", TagFilter::read),
        Json.truth(json, "detect_reset"));
  }

  JsonObject json() {
    JsonObject json = new JsonObject();
    Json.put(json, "id", id);
    Json.put(json, "type", type);
    Json.put(json, "metric_name", metricName);
    Json.put(json, "source", source);
    Json.put(json, "threshold", threshold);
    Json.put(json, "summary_function", summaryFunction);
    Json.put(json, "duration", durationSeconds);
    if (!tags.isEmpty()) json.add("tags", TagFilter.json(tags));
    Json.put(json, "detect_reset", detectReset);
    return json;
  }
}
