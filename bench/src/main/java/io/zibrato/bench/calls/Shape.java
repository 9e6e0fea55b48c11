package io.zibrato.bench.calls;

import org.openjdk.jmh.infra.Blackhole;

/** One call of a method of one shape. */
public interface Shape {
  /**
   * @param n above 0
   * @param to takes the result
   */
  void call(int n, Blackhole to);
}
