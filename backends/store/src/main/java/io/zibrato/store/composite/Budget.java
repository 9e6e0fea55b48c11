package io.zibrato.store.composite;

import java.util.List;

/** What one evaluation may cost; above it, it ends. */
final class Budget {
  static final int MAX_CALLS = 10_000;
  static final int MAX_SERIES = 10_000;
  static final int MAX_POINTS = 1_000_000;
  static final long MAX_STEPS = 50_000_000;

  private int calls;
  private int series;
  private long points;
  private long steps;

  /** One function is computed, {@code series()} too. */
  void call() throws CompositeException {
    if (++calls > MAX_CALLS) {
      throw new CompositeException("computes more than " + MAX_CALLS + " functions");
    }
  }

  /** So much was read. */
  void read(List<Series> set) throws CompositeException {
    series += set.size();
    for (final Series one : set) {
      points += one.size();
    }
    if (series > MAX_SERIES) {
      throw new CompositeException("reads more than " + MAX_SERIES + " series");
    }
    if (points > MAX_POINTS) {
      throw new CompositeException(
          "reads more than " + MAX_POINTS + " points: ask for fewer series, or less time");
    }
  }

  /** So many points are about to be computed. */
  void steps(long more) throws CompositeException {
    steps += more;
    if (steps > MAX_STEPS) {
      throw new CompositeException("computes more than " + MAX_STEPS + " points");
    }
  }
}
