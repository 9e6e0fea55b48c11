package io.zibrato.samples.demo;

import java.util.List;

/** A series that one of the two applications is measured by. */
record DemoSeries(Kind kind, String level, String metric, String source) {
  enum Kind {
    COUNTER,
    TIMER,
    GAUGE
  }

  static final String SHOP = "shop";
  static final String DOCUMENTS = "documents";
  static final List<String> PERCENTILES = List.of("50", "95", "99");

  static final List<DemoSeries> ALL =
      List.of(
          new DemoSeries(Kind.TIMER, "info", "shop.request", SHOP),
          new DemoSeries(Kind.COUNTER, "info", "shop.order", SHOP),
          new DemoSeries(Kind.COUNTER, "debug", "shop.line", SHOP),
          new DemoSeries(Kind.TIMER, "debug", "shop.price", SHOP),
          new DemoSeries(Kind.GAUGE, "info", "shop.basket.size", SHOP),
          new DemoSeries(Kind.TIMER, "info", "shop.pay", SHOP),
          new DemoSeries(Kind.COUNTER, "info", "shop.points", SHOP),
          new DemoSeries(Kind.COUNTER, "error", "shop.declined", SHOP),
          new DemoSeries(Kind.TIMER, "info", "json.write", DOCUMENTS),
          new DemoSeries(Kind.TIMER, "info", "json.parse", DOCUMENTS),
          new DemoSeries(Kind.TIMER, "info", "json.tree", DOCUMENTS),
          new DemoSeries(Kind.GAUGE, "info", "json.fields", DOCUMENTS),
          new DemoSeries(Kind.COUNTER, "error", "json.refused", DOCUMENTS));

  static List<DemoSeries> of(String source) {
    return ALL.stream().filter(series -> series.source.equals(source)).toList();
  }

  /** The metric that the worker sends beside a timer. */
  String percentile(String percentile) {
    return metric + ".p" + percentile;
  }

  /** What of the store's numbers an application can count: amounts, calls, or values. */
  long counted(Held held) {
    return kind == Kind.COUNTER ? held.sum().longValueExact() : held.count();
  }
}
