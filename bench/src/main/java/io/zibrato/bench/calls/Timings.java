package io.zibrato.bench.calls;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What all benchmarks of calls have in common. All threads share the one state, so that they
 * contend for one series; how many there are, how long they run, and with which flags, is said by
 * who runs them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public abstract class Timings {
  /** The argument of every measured method. Not final, or it would be a constant. */
  int n = 5;
}
