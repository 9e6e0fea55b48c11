package io.zibrato.backends.console;

import java.util.Comparator;
import java.util.Locale;

/** What the table is sorted by; what is equal in that, by name, source and tags. */
enum Order {
  RATE(Comparator.comparingDouble(Row::rate).reversed()),
  COUNT(Comparator.comparingLong(Row::count).reversed()),
  P99(Comparator.comparingDouble(Row::p99).reversed()),
  NAME(Comparator.comparing(Row::label)),
  SOURCE(Comparator.comparing(Row::source));

  final Comparator<Row> rows;

  Order(Comparator<Row> rows) {
    this.rows = rows.thenComparing(Row::label).thenComparing(Row::source).thenComparing(Row::kind);
  }

  /** Null if there is none of that name. */
  static Order named(String name) {
    for (Order order : values()) {
      if (order.name().toLowerCase(Locale.ROOT).equals(name)) return order;
    }
    return null;
  }
}
