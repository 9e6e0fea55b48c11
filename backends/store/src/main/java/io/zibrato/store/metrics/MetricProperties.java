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

  /** With this period, where none is said; null changes nothing. */
  MetricProperties orPeriod(Long common) {
    return period == null
        ? new MetricProperties(displayName, description, common, attributes)
        : this;
  }

  boolean empty() {
    return displayName == null && description == null && period == null && attributes == null;
  }
}
