package io.zibrato.librato;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where an alert goes: a mail address, a chat, a webhook.
 *
 * @param id null for one that the service has not seen
 * @param type such as {@code mail} or {@code webhook}; null where only the id is known
 * @param title null where only the id is known
 * @param settings what its type needs
 */
public record Service(Long id, String type, String title, Map<String, Object> settings) {
  public Service {
    settings = Json.copy(settings);
  }

  /** A new one. */
  public static Service of(String type, String title, Map<String, ?> settings) {
    return new Service(null, type, title, new LinkedHashMap<>(settings));
  }

  /** One that is known by its id. */
  public static Service withId(long id) {
    return new Service(id, null, null, Map.of());
  }

  public Service title(String title) {
    return new Service(id, type, title, settings);
  }

  public Service setting(String name, Object value) {
    return new Service(id, type, title, Json.copyWith(settings, name, value));
  }

  static Service read(JsonElement element) {
    JsonObject json = element.getAsJsonObject();
    return new Service(
        Json.whole(json, "id"),
        Json.text(json, "type"),
        Json.text(json, "title"),
        Json.map(json, "settings"));
  }

  JsonObject json() {
    JsonObject json = new JsonObject();
    Json.put(json, "title", title);
    Json.put(json, "type", type);
    Json.put(json, "settings", settings);
    return json;
  }
}
