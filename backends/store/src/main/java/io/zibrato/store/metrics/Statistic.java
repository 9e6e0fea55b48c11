package io.zibrato.store.metrics;

import io.zibrato.store.http.Numbers;
import io.zibrato.store.points.Point;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code /v1/measurements/:name} can tell of each point. */
enum Statistic {
  SUM,
  MIN,
  MAX,
  COUNT,
  MEAN,
  /** How much it changed from the point before. */
  DERIVATIVE,
  STDDEV,
  ALL,
  /** A counter's last value; not to be asked for by name. */
  LAST;

  private static final List<Statistic> NAMED =
      List.of(SUM, COUNT, MIN, MAX, MEAN, DERIVATIVE, STDDEV, ALL);

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static String words() {
    return NAMED.stream().map(Statistic::word).collect(Collectors.joining(", "));
  }

  /** Null if the word is none of them; {@code average} is another word for the mean. */
  static Statistic of(String word) {
    return Stream.concat(NAMED.stream(), Stream.of(MEAN))
        .filter(each -> each.word().equals(word) || each == MEAN && word.equals("average"))
        .findFirst()
        .orElse(null);
  }

  /** Null where it cannot be told. */
  Number of(Point point, Point before) {
    return switch (this) {
      case SUM -> point.sum();
      case MIN -> point.min();
      case MAX -> point.max();
      case COUNT -> point.count();
      case MEAN, ALL -> point.mean();
      case LAST -> point.value();
      case STDDEV -> deviation(point);
      case DERIVATIVE -> before == null ? null : Numbers.subtract(point.value(), before.value());
    };
  }

  static Number deviation(Point point) {
    final Number squares = point.sumSquares();
    if (squares == null) {
      return null;
    }
    final double mean = point.sum().doubleValue() / point.count();
    final double variance = squares.doubleValue() / point.count() - mean * mean;
    return Numbers.wholeOr(Math.sqrt(Math.max(0, variance)));
  }
}
