package io.zibrato.librato;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A metric, and its measurements where they were asked for.
 *
 * @param type {@code gauge}, {@code counter} or {@code composite}; null if not told
 * @param displayName null if it has none
 * @param description null if it has none
 * @param periodSeconds how often it is reported; null if not told
 * @param attributes how it is shown, such as {@code display_min}; values may be null
 * @param composite what a composite metric is made of; null for others
 * @param resolutionSeconds the distance of its measurements; null where none were asked for
 * @param measurements by source, {@code unassigned} where there was none
 * @param nextTime the start time to ask on with, where there was more than fits; else null
 */
public record Metric(
    String name,
    String type,
    String displayName,
    String description,
    Long periodSeconds,
    Map<String, Object> attributes,
    String composite,
    Long resolutionSeconds,
    Map<String, List<Sample>> measurements,
    Long nextTime) {

  static Metric read(JsonElement element) {
    JsonObject json = element.getAsJsonObject();
    return new Metric(
        Json.text(json, "name"),
        Json.text(json, "type"),
        Json.text(json, "display_name"),
        Json.text(json, "description"),
        Json.whole(json, "period"),
        Json.map(json, "attributes"),
        Json.text(json, "composite"),
        Json.whole(json, "resolution"),
        measurements(json),
        json.get("query") instanceof JsonObject query ? Json.whole(query, "next_time") : null);
  }

  private static Map<String, List<Sample>> measurements(JsonObject json) {
    Map<String, List<Sample>> bySource = new LinkedHashMap<>();
    if (json.get("measurements") instanceof JsonObject sources) {
      for (String source : sources.keySet()) {
        bySource.put(source, Json.list(sources, source, Sample::read));
      }
    }
    return Collections.unmodifiableMap(bySource);
  }
}
