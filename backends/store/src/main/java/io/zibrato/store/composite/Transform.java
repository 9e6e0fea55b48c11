package io.zibrato.store.composite;

import java.util.List;

/** A function of a set of series. It changes none of them. */
interface Transform {
  List<Series> apply(List<Series> set, Window window, Budget budget) throws CompositeException;

  /** One that makes of each series one, by itself. */
  interface Each {
    Series apply(Series series);
  }

  static Transform each(Each function) {
    return (set, window, budget) -> set.stream().map(function::apply).toList();
  }
}
