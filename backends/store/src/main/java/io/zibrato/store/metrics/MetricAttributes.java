package io.zibrato.store.metrics;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Set;

/** The attributes that the API names. Others are kept too. */
final class MetricAttributes {
  private static final Set<String> NAMED =
      Set.of(
          "aggregate",
          "color",
          "display_max",
          "display_min",
          "display_stacked",
          "display_transform",
          "display_units_long",
          "display_units_short",
          "gap_detection",
          "summarize_function");

  private MetricAttributes() {}

  /** Those that stand beside {@code attributes}, as the API takes them for many metrics at once. */
  static JsonObject gathered(JsonObject body) {
    final JsonObject gathered = body.deepCopy();
    for (final String name : NAMED) {
      final JsonElement value = gathered.remove(name);
      if (value != null) {
        if (!gathered.has("attributes")) {
          gathered.add("attributes", new JsonObject());
        }
        if (gathered.get("attributes") instanceof JsonObject attributes) {
          attributes.add(name, value);
        }
      }
    }
    return gathered;
  }
}
