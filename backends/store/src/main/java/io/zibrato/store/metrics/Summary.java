package io.zibrato.store.metrics;

import io.zibrato.store.points.Point;
import java.util.List;

/** How what was measured in one period, or at one time in several series, becomes one number. */
public enum Summary {
  /** A gauge's mean, a counter's last value. */
  DEFAULT("default"),
  MEAN("mean"),
  SUM("sum"),
  MIN("min"),
  MAX("max"),
  COUNT("count");

  private final String word;

  Summary(String word) {
    this.word = word;
  }

  /** As the API spells it. */
  public String word() {
    return word;
  }

  /** Null where not every measurement told it. */
  Number of(Point point) {
    return switch (this) {
      case DEFAULT -> point.value();
      case MEAN -> point.mean();
      case SUM -> point.sum();
      case MIN -> point.min();
      case MAX -> point.max();
      case COUNT -> point.count();
    };
  }

  /** Over numbers of one time, of several series; there is at least one. */
  static Number over(List<Number> numbers, Summary function) {
    final Point all = Point.single(0, numbers.get(0), false);
    for (final Number number : numbers.subList(1, numbers.size())) {
      all.add(Point.single(0, number, false));
    }
    return function.of(all);
  }

  /** Null if the word is none of them; {@code average} is another word for the mean. */
  public static Summary of(String word) {
    if (word.equals("average")) {
      return MEAN;
    }
    for (final Summary summary : values()) {
      if (summary.word.equals(word)) {
        return summary;
      }
    }
    return null;
  }
}
