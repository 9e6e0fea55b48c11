package io.zibrato.store.metrics;

import io.zibrato.store.http.JsonText;
import io.zibrato.store.points.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A record over several times or sources.
 *
 * @param point what was added up; null if a function was applied instead
 * @param sumSquares null if not every record told, as are min and max
 * @param sources how many went into it; 0 if it is of one
 * @param rollups how many times went into it; 0 if it is of one
 */
record Summarized(
    long time,
    Point point,
    Number value,
    long count,
    Number sum,
    Number min,
    Number max,
    Number sumSquares,
    int sources,
    int rollups) {

  static Summarized of(Point point) {
    return new Summarized(
        point.time(),
        point,
        point.mean(),
        point.count(),
        point.sum(),
        point.min(),
        point.max(),
        point.sumSquares(),
        0,
        0);
  }

  Summarized rollups(int times) {
    return new Summarized(time, point, value, count, sum, min, max, sumSquares, sources, times);
  }

  private Summarized sources(int number) {
    return new Summarized(time, point, value, count, sum, min, max, sumSquares, number, rollups);
  }

  /**
   * One of each source; with a function it is applied to each statistic, else they are added up.
   */
  static Summarized together(List<Summarized> each, Summary function) {
    final long time = each.stream().mapToLong(Summarized::time).min().orElseThrow();
    final int rollups = each.stream().mapToInt(Summarized::rollups).sum();
    if (function == null) {
      final Point sum = each.get(0).point().copy();
      each.subList(1, each.size()).forEach(one -> sum.add(one.point()));
      final Summarized all = of(sum).rollups(rollups).sources(each.size());
      return all.at(time);
    }
    return new Summarized(
        time,
        null,
        apply(function, each, Summarized::value),
        each.stream().mapToLong(Summarized::count).sum(),
        apply(function, each, Summarized::sum),
        apply(function, each, Summarized::min),
        apply(function, each, Summarized::max),
        apply(function, each, Summarized::sumSquares),
        each.size(),
        rollups);
  }

  private Summarized at(long earliest) {
    return new Summarized(
        earliest, point, value, count, sum, min, max, sumSquares, sources, rollups);
  }

  private static Number apply(
      Summary function, List<Summarized> each, Function<Summarized, Number> statistic) {
    final List<Number> numbers = new ArrayList<>();
    for (final Summarized one : each) {
      final Number number = statistic.apply(one);
      if (number == null) {
        return null;
      }
      numbers.add(number);
    }
    return Summary.over(numbers, function);
  }

  void write(JsonText json) {
    json.begin('{').name("measure_time").value(time);
    json.name("value").number(value);
    json.name("count").value(count);
    json.name("sum").number(sum);
    PointJson.member(json, "min", min);
    PointJson.member(json, "max", max);
    PointJson.member(json, "sum_squares", sumSquares);
    if (sources > 0) {
      json.name("summarized").value(sources);
    }
    if (rollups > 0) {
      json.name("rollups").value(rollups);
    }
    json.end('}');
  }
}
