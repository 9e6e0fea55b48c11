package io.zibrato.librato;

import com.google.gson.JsonObject;
import java.util.Map;

/** What to change of a metric; what is not said stays. Immutable. */
public final class MetricUpdate {
  private final Map<String, Object> fields;

  private MetricUpdate(Map<String, Object> fields) {
    this.fields = fields;
  }

  /** Changes nothing yet. */
  public static MetricUpdate of() {
    return new MetricUpdate(Map.of());
  }

  /** {@code gauge} or {@code counter}: makes the metric where there is none. */
  public MetricUpdate type(String type) {
    return with("type", type);
  }

  public MetricUpdate displayName(String displayName) {
    return with("display_name", displayName);
  }

  public MetricUpdate description(String description) {
    return with("description", description);
  }

  /** How often it is reported. */
  public MetricUpdate periodSeconds(long seconds) {
    return with("period", seconds);
  }

  /** How it is shown, such as {@code display_min}. */
  public MetricUpdate attribute(String attribute, Object value) {
    @SuppressWarnings("unchecked") // only this method puts attributes
    Map<String, Object> attributes =
        (Map<String, Object>) fields.getOrDefault("attributes", Map.of());
    return with("attributes", Json.copyWith(attributes, attribute, value));
  }

  /**
   * Any other field, by the API's name for it.
   *
   * @param value String, Boolean, Number, null, or a List or Map of such
   */
  public MetricUpdate with(String field, Object value) {
    Json.of(value); // refuses here what could not be sent
    return new MetricUpdate(Json.copyWith(fields, field, value));
  }

  JsonObject json() {
    return Json.of(fields).getAsJsonObject();
  }
}
