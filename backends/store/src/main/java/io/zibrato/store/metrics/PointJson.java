package io.zibrato.store.metrics;

import io.zibrato.store.http.JsonText;
import io.zibrato.store.http.Numbers;
import io.zibrato.store.points.Point;

/** A point as {@code /v1/metrics/:name} shows it; what not every measurement told is left out. */
final class PointJson {
  private PointJson() {}

  /** The members up to the sum of squares; the object is left open. */
  static void begin(JsonText json, Point point) {
    json.begin('{').name("measure_time").value(point.time());
    json.name("value");
    final String value = json.number(point.value());
    json.name("count").value(point.count());
    if (point.single() != null) {
      json.name("sum").same(value).name("min").same(value).name("max").same(value);
    } else {
      json.name("sum").number(point.sum());
      member(json, "min", point.min());
      member(json, "max", point.max());
    }
    member(json, "sum_squares", point.sumSquares());
  }

  static void member(JsonText json, String name, Number number) {
    if (number != null) {
      json.name(name).number(number);
    }
  }

  /** How much a counter went up; where it went down, it began again at 0. */
  static Number delta(Number before, Number now) {
    return Numbers.compare(now, before) < 0 ? now : Numbers.subtract(now, before);
  }
}
