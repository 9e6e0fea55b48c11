package io.zibrato.librato;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A stream of annotations.
 *
 * @param displayName null for none
 * @param events by source, {@code unassigned} where there was none; empty where none were asked for
 * @param nextTime the start time to ask on with, where there was more than fits; else null
 */
public record AnnotationStream(
    String name, String displayName, Map<String, List<Annotation>> events, Long nextTime) {

  static AnnotationStream read(JsonElement element) {
    JsonObject json = element.getAsJsonObject();
    Map<String, List<Annotation>> events = new LinkedHashMap<>();
    if (json.get("events") instanceof JsonArray array) {
      array.forEach(each -> collect(each.getAsJsonObject(), events));
    } else if (json.get("events") instanceof JsonObject object) {
      collect(object, events);
    }
    return new AnnotationStream(
        Json.text(json, "name"),
        Json.text(json, "display_name"),
        Collections.unmodifiableMap(events),
        json.get("query") instanceof JsonObject query ? Json.whole(query, "next_time") : null);
  }

  private static void collect(JsonObject bySource, Map<String, List<Annotation>> events) {
    for (String source : bySource.keySet()) {
      events.put(source, Json.list(bySource, source, Annotation::read));
    }
  }
}
