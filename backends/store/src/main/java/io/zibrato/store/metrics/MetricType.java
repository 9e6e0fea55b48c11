package io.zibrato.store.metrics;

import io.zibrato.store.http.Parameters;

/** What a metric is; the two share one namespace. */
enum MetricType {
  GAUGE,
  COUNTER;

  /** As the API spells it. */
  String word() {
    return this == GAUGE ? "gauge" : "counter";
  }

  /** The key of the collection in a submission. */
  String collection() {
    return word() + "s";
  }

  /** The member {@code type} of a request's object; null when not present or none of the two. */
  static MetricType of(Parameters said) {
    final String word = said.text("type");
    final MetricType type = word == null ? null : of(word);
    if (word != null && type == null) {
      said.problem("type", "must be gauge or counter");
    }
    return type;
  }

  /** Null if the word is none of the two. */
  static MetricType of(String word) {
    return word.equals("gauge") ? GAUGE : word.equals("counter") ? COUNTER : null;
  }
}
