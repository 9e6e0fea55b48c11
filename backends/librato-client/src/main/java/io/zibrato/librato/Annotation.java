package io.zibrato.librato;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;

/**
 * An event of an annotation stream.
 *
 * @param source where it happened; null for none
 * @param description null for none
 * @param startTime epoch seconds; null if not told
 * @param endTime epoch seconds; null if it had no duration, or has not ended
 */
public record Annotation(
    long id,
    String title,
    String source,
    String description,
    List<Link> links,
    Long startTime,
    Long endTime) {

  static Annotation read(JsonElement element) {
    JsonObject json = element.getAsJsonObject();
    return new Annotation(
        Json.whole(json, "id"),
        Json.text(json, "title"),
        Json.text(json, "source"),
        Json.text(json, "description"),
        Json.list(json, "links", Link::read),
        Json.whole(json, "start_time"),
        Json.whole(json, "end_time"));
  }
}
