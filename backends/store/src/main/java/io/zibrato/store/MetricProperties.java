package io.zibrato.store;

import com.google.gson.JsonObject;

/**
 * What a client may say of a metric itself; null where it says nothing.
 *
 * @param period seconds
 */
record MetricProperties(
    String displayName, String description, Long period, JsonObject attributes) {
  static final MetricProperties NONE = new MetricProperties(null, null, null, null);

  boolean empty() {
    return displayName == null && description == null && period == null && attributes == null;
  }
}
