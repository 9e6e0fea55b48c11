package io.zibrato.librato;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/**
 * Where more is to be read.
 *
 * @param rel what it is to the annotation; unique there
 * @param label how it is shown; null for none
 */
public record Link(String rel, String href, String label) {
  /** Without a label. */
  public Link(String rel, String href) {
    this(rel, href, null);
  }

  static Link read(JsonElement element) {
    JsonObject json = element.getAsJsonObject();
    return new Link(Json.text(json, "rel"), Json.text(json, "href"), Json.text(json, "label"));
  }

  JsonObject json() {
    JsonObject json = new JsonObject();
    Json.put(json, "label", label);
    Json.put(json, "rel", rel);
    Json.put(json, "href", href);
    return json;
  }
}
