package io.zibrato.librato;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/** An event to post, or what to change of one. Immutable. */
public final class AnnotationEvent {
  private final Map<String, Object> fields;
  private final List<Link> links;

  private AnnotationEvent(Map<String, Object> fields, List<Link> links) {
    this.fields = fields;
    this.links = links;
  }

  /** Says nothing yet: to change an event. */
  public static AnnotationEvent of() {
    return new AnnotationEvent(Map.of(), List.of());
  }

  /** A new event must have a title. */
  public static AnnotationEvent titled(String title) {
    return of().title(title);
  }

  public AnnotationEvent title(String title) {
    return with("title", title);
  }

  /** Where it happened. */
  public AnnotationEvent source(String source) {
    return with("source", source);
  }

  public AnnotationEvent description(String description) {
    return with("description", description);
  }

  /** Default: when the service hears of it. */
  public AnnotationEvent startTime(long epochSeconds) {
    return with("start_time", epochSeconds);
  }

  /** Of an event with a duration. */
  public AnnotationEvent endTime(long epochSeconds) {
    return with("end_time", epochSeconds);
  }

  /** A link more. */
  public AnnotationEvent link(Link link) {
    return new AnnotationEvent(fields, Json.copyWith(links, link));
  }

  private AnnotationEvent with(String field, Object value) {
    return new AnnotationEvent(Json.copyWith(fields, field, value), links);
  }

  JsonObject json() {
    JsonObject json = Json.of(fields).getAsJsonObject();
    if (!links.isEmpty()) {
      JsonArray array = new JsonArray();
      links.forEach(link -> array.add(link.json()));
      json.add("links", array);
    }
    return json;
  }
}
