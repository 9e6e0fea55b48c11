package io.zibrato.bench.calls;

import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Benchmark;

/** What is written by hand, and cannot be had for less: what the bounds are multiples of. */
public class Floors extends Timings {
  private final Plain subject = new Plain();

  /** Without any measuring. */
  @Benchmark
  public int plain() {
    return subject.plain(n);
  }

  /** With {@code LongAdder.increment()} in the method. */
  @Benchmark
  public int longAdder() {
    return subject.counted(n);
  }

  /**
   * With the same work between two {@code System.nanoTime()}, and nothing done with their
   * difference but that it leaves the method, beside the result.
   */
  @Benchmark
  public long twoNanoTimes() {
    return subject.timed(n);
  }

  static final class Plain {
    private final LongAdder adder = new LongAdder();
    private int field = 17;

    int plain(int n) {
      return field ^ n;
    }

    int counted(int n) {
      adder.increment();
      return field ^ n;
    }

    long timed(int n) {
      long start = System.nanoTime();
      int result = field ^ n;
      return System.nanoTime() - start + result;
    }
  }
}
