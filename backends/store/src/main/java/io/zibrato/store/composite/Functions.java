package io.zibrato.store.composite;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.DoublePredicate;

/** The functions of one set of series, by name. */
final class Functions {
  /** Makes a function of its options; reads all that it has. */
  interface Configured {
    Transform with(Options options) throws CompositeException;
  }

  private static final Map<String, Transform> PLAIN =
      Map.of(
          "sum", Combination.SUM,
          "mean", Combination.MEAN,
          "min", Combination.MIN,
          "max", Combination.MAX,
          "multiply", Combination.MULTIPLY,
          "divide", Combination.DIVIDE,
          "subtract", Combination.SUBTRACT,
          "abs", Transform.each(PointByPoint::absolute),
          "integrate", Transform.each(PointByPoint::integrated),
          "zero_fill", new Fill(0.0));

  private static final Map<String, Configured> CONFIGURED =
      Map.of(
          "scale", Functions::scale,
          "rate", Functions::rate,
          "derive", Functions::derive,
          "window", Functions::window,
          "moving_average", Functions::movingAverage,
          "fill", Functions::fill,
          "filter", Functions::filter,
          "top", options -> ranked(options, true),
          "bottom", options -> ranked(options, false));

  private Functions() {}

  static boolean known(String name) {
    return PLAIN.containsKey(name) || CONFIGURED.containsKey(name);
  }

  static boolean takesOptions(String name) {
    return CONFIGURED.containsKey(name);
  }

  static List<String> names() {
    final TreeSet<String> names = new TreeSet<>(PLAIN.keySet());
    names.addAll(CONFIGURED.keySet());
    return List.copyOf(names);
  }

  static Transform of(String name, Options options) throws CompositeException {
    if (PLAIN.containsKey(name)) {
      return PLAIN.get(name);
    }
    final Transform transform = CONFIGURED.get(name).with(options);
    options.refuseOthers();
    return transform;
  }

  private static Transform scale(Options options) throws CompositeException {
    final double factor = options.factor("factor");
    return Transform.each(series -> PointByPoint.scaled(series, factor));
  }

  private static Transform rate(Options options) throws CompositeException {
    final double duration = options.has("duration") ? options.number("duration") : 1;
    if (duration <= 0) {
      throw options.wrong("duration", "must be above zero");
    }
    return Transform.each(series -> PointByPoint.rate(series, duration));
  }

  private static Transform derive(Options options) throws CompositeException {
    final String word = options.word("detect_reset", "");
    if (!word.isEmpty() && !word.equals("true") && !word.equals("false")) {
      throw options.wrong("detect_reset", "must be true or false");
    }
    final Boolean detectReset = word.isEmpty() ? null : Boolean.valueOf(word);
    return Transform.each(series -> PointByPoint.derived(series, detectReset));
  }

  private static Transform window(Options options) throws CompositeException {
    final String function = options.word("function", "mean");
    if (!Smoothing.FUNCTIONS.containsKey(function)) {
      throw options.wrong("function", "must be mean, sum, min, max or median");
    }
    return new Smoothing(size(options), Smoothing.FUNCTIONS.get(function));
  }

  private static Transform movingAverage(Options options) throws CompositeException {
    return new Smoothing(size(options), Smoothing.FUNCTIONS.get("mean"));
  }

  private static int size(Options options) throws CompositeException {
    return options.has("size") ? (int) options.whole("size", 1, Smoothing.MAX_SIZE) : 1;
  }

  private static Transform fill(Options options) throws CompositeException {
    return options.required("value").equals("last")
        ? new Fill(null)
        : new Fill(options.number("value"));
  }

  private static Transform filter(Options options) throws CompositeException {
    final Reduction reduction = reduction(options);
    final List<DoublePredicate> bounds = new ArrayList<>();
    for (final String key : List.of("gt", "gte", "lt", "lte")) {
      if (options.has(key)) {
        bounds.add(bound(key, options.number(key)));
      }
    }
    options.refuseOthers();
    if (bounds.isEmpty()) {
      options.required("gt, gte, lt or lte");
    }
    return Choice.within(reduction, bounds.stream().reduce(DoublePredicate::and).get());
  }

  private static DoublePredicate bound(String key, double bound) {
    return switch (key) {
      case "gt" -> value -> value > bound;
      case "gte" -> value -> value >= bound;
      case "lt" -> value -> value < bound;
      default -> value -> value <= bound;
    };
  }

  private static Transform ranked(Options options, boolean highest) throws CompositeException {
    final int count = (int) options.whole("count", 1, Budget.MAX_SERIES);
    return Choice.first(count, reduction(options), highest);
  }

  private static Reduction reduction(Options options) throws CompositeException {
    final Reduction reduction = Reduction.of(options.word("function", "mean"));
    if (reduction == null) {
      throw options.wrong("function", "must be min, max, mean or sum");
    }
    return reduction;
  }
}
