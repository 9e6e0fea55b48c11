package io.zibrato.librato;

import java.util.LinkedHashMap;
import java.util.Map;

/** What an aggregator keeps of one metric. Not for several threads at once. */
final class Tally {
  /** As it was added first, before any sanitizer. */
  final String name;

  private long count;
  private double sum;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  Tally(String name) {
    this.name = name;
  }

  void add(double value) {
    double sumWith = sum + value;
    Json.finite("the sum with the value", sumWith);
    sum = sumWith;
    count++;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }

  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("count", count);
    fields.put("sum", sum);
    fields.put("min", min);
    fields.put("max", max);
    return fields;
  }
}
