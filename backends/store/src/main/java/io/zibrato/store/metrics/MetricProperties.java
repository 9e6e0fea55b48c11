package io.zibrato.store.metrics;

import com.google.gson.JsonObject;
import io.zibrato.store.http.Parameters;

/**
 * What a client may say of a metric itself; null where it says nothing.
 *
 * @param period seconds
 * @param composite what it is computed by; only in an update
 */
record MetricProperties(
    String displayName, String description, Long period, JsonObject attributes, String composite) {
  static final MetricProperties NONE = new MetricProperties(null, null, null, null, null);

  /** What a request's object says; notes what cannot be used. */
  static MetricProperties of(Parameters said) {
    final MetricProperties properties =
        new MetricProperties(
            said.text("display_name"),
            said.text("description"),
            said.integer("period", 1, Integer.MAX_VALUE),
            said.hash("attributes"),
            null);
    return properties.empty() ? NONE : properties;
  }

  /** What an update says; notes what cannot be used. */
  static MetricProperties ofUpdate(Parameters said) {
    final MetricProperties all = of(said);
    final String composite = said.text("composite");
    if (composite != null) {
      Composites.check(composite, said);
    }
    return new MetricProperties(
        all.displayName, all.description, all.period, all.attributes, composite);
  }

  /** With this period, where none is said; null changes nothing. */
  MetricProperties orPeriod(Long common) {
    return period == null && common != null
        ? new MetricProperties(displayName, description, common, attributes, composite)
        : this;
  }

  boolean empty() {
    return displayName == null
        && description == null
        && period == null
        && attributes == null
        && composite == null;
  }
}
