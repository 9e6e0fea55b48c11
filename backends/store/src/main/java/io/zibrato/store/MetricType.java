package io.zibrato.store;

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

  /** Null if the word is none of the two. */
  static MetricType of(String word) {
    return word.equals("gauge") ? GAUGE : word.equals("counter") ? COUNTER : null;
  }
}
