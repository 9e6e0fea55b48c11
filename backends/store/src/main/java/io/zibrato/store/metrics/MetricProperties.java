package io.zibrato.store.metrics;

import com.google.gson.JsonObject;
import io.zibrato.store.http.Parameters;

/**
 * What a client may say of a metric itself; null where it says nothing.
 *
 * @param period seconds
 */
record MetricProperties(
    String displayName, String description, Long period, JsonObject attributes) {
  static final MetricProperties NONE = new MetricProperties(null, null, null, null);

  /** What a request's object says; notes what cannot be used. */
  static MetricProperties of(Parameters said) {
    return new MetricProperties(
        said.text("display_name"),
        said.text("description"),
        said.integer("period", 1, Integer.MAX_VALUE),
        said.hash("attributes"));
  }

  boolean empty() {
    return displayName == null && description == null && period == null && attributes == null;
  }
}
