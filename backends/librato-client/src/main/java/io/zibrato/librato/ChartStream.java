package io.zibrato.librato;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * What a chart draws: the series of a metric, or a composite. Immutable.
 *
 * @param id null for one that the service has not seen
 * @param metric null for a composite
 * @param source a source or a pattern with {@code *}; null for none
 * @param tags which series; empty for all, and for a composite
 * @param composite null for a metric
 * @param options all else, by the API's names: {@code name}, {@code type}, {@code group_function},
 *     {@code summary_function}, {@code downsample_function}, {@code transform_function}, {@code
 *     period}, {@code split_axis}, {@code gap_detection}, {@code min}, {@code max}, {@code
 *     units_short}, {@code units_long}, {@code color}, {@code position}
 */
public record ChartStream(
    Long id,
    String metric,
    String source,
    List<TagFilter> tags,
    String composite,
    Map<String, Object> options) {
  private static final List<String> NAMED = List.of("id", "metric", "source", "tags", "composite");

  public ChartStream {
    tags = List.copyOf(tags);
    options = Json.copy(options);
  }

  /** All sources of a metric. */
  public static ChartStream metric(String metric) {
    return metric(metric, "*");
  }

  /**
   * @param source a source or a pattern with {@code *}
   */
  public static ChartStream metric(String metric, String source) {
    return new ChartStream(null, metric, source, List.of(), null, Map.of());
  }

  /** The series with such tags. */
  public static ChartStream tagged(String metric, TagFilter... tags) {
    return new ChartStream(null, metric, null, List.of(tags), null, Map.of());
  }

  public static ChartStream composite(String compose) {
    return new ChartStream(null, null, null, List.of(), compose, Map.of());
  }

  /**
   * {@code average}, {@code sum}, {@code min}, {@code max}, or {@code breakout} for a line each.
   */
  public ChartStream groupFunction(String function) {
    return with("group_function", function);
  }

  /** {@code average}, {@code sum}, {@code min}, {@code max} or {@code count}. */
  public ChartStream summaryFunction(String function) {
    return with("summary_function", function);
  }

  /**
   * Any option, by the API's name for it.
   *
   * @param value String, Boolean, Number, null, or a List or Map of such
   */
  public ChartStream with(String option, Object value) {
    Json.of(value); // refuses here what could not be sent
    return new ChartStream(
        id, metric, source, tags, composite, Json.copyWith(options, option, value));
  }

  static ChartStream read(JsonObject json) {
    return new ChartStream(
        Json.whole(json, "id"),
        Json.text(json, "metric"),
        Json.text(json, "source"),
        Json.list(json, "tags", TagFilter::read),
        Json.text(json, "composite"),
        Json.others(json, NAMED));
  }

  JsonObject json() {
    JsonObject json = new JsonObject();
    Json.put(json, "id", id);
    Json.put(json, "metric", metric);
    Json.put(json, "source", source);
    if (!tags.isEmpty()) json.add("tags", TagFilter.json(tags));
    Json.put(json, "composite", composite);
    options.forEach((option, value) -> json.add(option, Json.of(value)));
    return json;
  }
}
