package io.zibrato.store.composite;

import java.util.Comparator;
import java.util.function.DoublePredicate;

/**
 * Functions that take some of the series, as they are, for what a {@link Reduction} makes of all
 * the values of each in the window. One without points is never taken.
 */
final class Choice {
  private Choice() {}

  static Transform within(Reduction reduction, DoublePredicate bounds) {
    return (set, window, budget) ->
        set.stream().filter(s -> s.size() > 0 && bounds.test(reduction.of(s.values()))).toList();
  }

  /** So many of those that rank first, in that order; of equals the earlier in the set. */
  static Transform first(int count, Reduction reduction, boolean highest) {
    return (set, window, budget) -> {
      final Comparator<Ranked> order = Comparator.comparingDouble(Ranked::rank);
      return set.stream()
          .filter(s -> s.size() > 0)
          .map(s -> new Ranked(reduction.of(s.values()), s))
          .sorted(highest ? order.reversed() : order)
          .limit(count)
          .map(Ranked::series)
          .toList();
    };
  }

  private record Ranked(double rank, Series series) {}
}
