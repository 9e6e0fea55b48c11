package io.zibrato.bench.calls;

import io.zibrato.Zibrato;
import io.zibrato.annotations.Levels;

/** Keeps plain methods from being measured as if they were woven. */
final class Woven {
  private Woven() {}

  /**
   * @param probe one call of a method that counts as {@code probe}
   * @throws IllegalStateException if it does not, or if the levels are not as the benchmarks say
   */
  static void expect(Runnable probe) {
    probe.run();
    Zibrato z = Zibrato.shared();
    if (z.counter(Levels.INFO, "probe").sum() == 0) {
      throw new IllegalStateException("the subject is not woven");
    }
    if (!z.level(Levels.INFO).wanted() || z.level(Levels.DEBUG).wanted()) {
      throw new IllegalStateException("not as the benchmarks say: " + z.levels());
    }
  }
}
