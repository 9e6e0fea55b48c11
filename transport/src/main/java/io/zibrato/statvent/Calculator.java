package io.zibrato.statvent;

import java.util.List;
import java.util.Map;

/** Works out what is told of the values recorded under a name. */
@FunctionalInterface
public interface Calculator {
  /** The default, {@link Percentiles}: the one whose results can be merged over processes. */
  Calculator PERCENTILES = Percentiles::of;

  /**
   * Called as a pipe is read, on a thread of ours. An exception leaves out what is calculated of
   * that name.
   *
   * @param sorted at least one value; all {@link Long}, or all {@link Double} if one of them was
   *     recorded as a float
   * @return numbers by label, in the order they are to be listed
   */
  Map<String, Number> calculate(List<Number> sorted);
}
