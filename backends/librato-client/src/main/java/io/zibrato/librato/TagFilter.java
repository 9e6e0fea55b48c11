package io.zibrato.librato;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Which streams an alert's condition, or a chart's stream, is about.
 *
 * @param name of the tag
 * @param grouped whether those that match are taken as one; null if not said
 * @param values values or patterns with {@code *}
 */
public record TagFilter(String name, Boolean grouped, List<String> values) {
  public TagFilter {
    values = List.copyOf(values);
  }

  /** One that does not say whether it is grouped. */
  public static TagFilter of(String name, String... values) {
    return new TagFilter(name, null, List.of(values));
  }

  static TagFilter read(JsonObject json) {
    List<String> values = new ArrayList<>();
    if (json.get("values") instanceof JsonArray array) {
      array.forEach(each -> values.add(each.getAsString()));
    }
    return new TagFilter(
        Json.text(json, "name"), Json.truth(json, "grouped"), Collections.unmodifiableList(values));
  }

  static JsonElement json(List<TagFilter> filters) {
    JsonArray array = new JsonArray();
    for (TagFilter each : filters) {
      JsonObject json = new JsonObject();
      Json.put(json, "name", each.name());
      Json.put(json, "grouped", each.grouped());
      Json.put(json, "values", each.values());
      array.add(json);
    }
    return array;
  }
}
