package io.zibrato.librato;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;

/**
 * A collection of charts.
 *
 * @param tags whether its charts are about tags; null if not told
 * @param chartIds empty in a list of spaces, which does not tell them
 */
public record Space(long id, String name, Boolean tags, List<Long> chartIds) {
  static Space read(JsonElement element) {
    JsonObject json = element.getAsJsonObject();
    return new Space(
        Json.whole(json, "id"),
        Json.text(json, "name"),
        Json.truth(json, "tags"),
        Json.list(json, "charts", chart -> Json.whole(chart, "id")));
  }
}
