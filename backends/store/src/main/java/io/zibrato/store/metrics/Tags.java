package io.zibrato.store.metrics;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sets of tags. Each set has one text, by which it is stored and found: a JSON object in the order
 * of the tags' names. A source is the set of the one tag {@code source}.
 */
final class Tags {
  static final String NONE = "{}";
  static final String SOURCE = "source";

  /** How a series of no source is named. */
  static final String UNASSIGNED = "unassigned";

  private Tags() {}

  static String text(Map<String, String> tags) {
    final JsonObject json = new JsonObject();
    new TreeMap<>(tags).forEach(json::addProperty);
    return json.toString();
  }

  /** Null, or what stands for none, is no source. The name needs no escape in JSON. */
  static String ofSource(String source) {
    return source == null || source.equalsIgnoreCase(UNASSIGNED)
        ? NONE
        : "{\"source\":\"" + source + "\"}";
  }

  /** The tags of a text, in the order of their names. */
  static Map<String, String> parse(String text) {
    final Map<String, String> tags = new TreeMap<>();
    for (final Map.Entry<String, JsonElement> each :
        JsonParser.parseString(text).getAsJsonObject().entrySet()) {
      tags.put(each.getKey(), each.getValue().getAsString());
    }
    return Collections.unmodifiableMap(tags);
  }
}
