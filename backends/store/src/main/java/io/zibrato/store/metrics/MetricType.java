package io.zibrato.store.metrics;

import io.zibrato.store.http.Parameters;
import java.util.List;
import java.util.Locale;

/** What a metric is; all share one namespace. */
enum MetricType {
  GAUGE,
  COUNTER,

  /** One that is computed from others whenever it is read; nothing is submitted to it. */
  COMPOSITE;

  /** Those that measurements are submitted to. */
  static final List<MetricType> SUBMITTED = List.of(GAUGE, COUNTER);

  /** As the API spells it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The key of the collection in a submission. */
  String collection() {
    return word() + "s";
  }

  /** The member {@code type} of a request's object; null when not present or none of them. */
  static MetricType of(Parameters said) {
    final String word = said.text("type");
    final MetricType type = word == null ? null : of(word);
    if (word != null && type == null) {
      said.problem("type", "must be gauge, counter or composite");
    }
    return type;
  }

  /** Null if the word is none of them. */
  static MetricType of(String word) {
    for (final MetricType type : values()) {
      if (type.word().equals(word)) {
        return type;
      }
    }
    return null;
  }
}
