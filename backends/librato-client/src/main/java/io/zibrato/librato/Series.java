package io.zibrato.librato;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * One line of what was asked for.
 *
 * @param metric what it comes from; null if not told
 * @param source where it was measured; null for tagged measurements, and if not told
 * @param tags those it has, or was grouped by
 * @param periodSeconds how often it is reported; null if not told
 */
public record Series(
    Metric metric,
    String source,
    Map<String, String> tags,
    Long periodSeconds,
    List<Sample> samples) {

  static Series read(JsonObject json) {
    return new Series(
        json.get("metric") instanceof JsonObject metric ? Metric.read(metric) : null,
        source(json.get("source")),
        Json.texts(json, "tags"),
        Json.whole(json, "period"),
        Json.list(json, json.has("series") ? "series" : "measurements", Sample::read));
  }

  private static String source(JsonElement source) {
    if (source == null || source.isJsonNull()) return null;
    return source instanceof JsonObject named ? Json.text(named, "name") : source.getAsString();
  }
}
