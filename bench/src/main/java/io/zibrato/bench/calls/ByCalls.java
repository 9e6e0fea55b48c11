package io.zibrato.bench.calls;

import io.zibrato.Zibrato;
import io.zibrato.annotations.Levels;
import io.zibrato.meter.Gauge;
import io.zibrato.statvent.Stats;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * Without annotations, called without a pause. The queue of gauges, which the publisher empties
 * once a second, is full for most of the calls; {@link GaugesWithRoom} has the others.
 */
public class ByCalls extends Timings {
  private final Zibrato z = Zibrato.shared();
  private final Gauge kept = z.gauge(Levels.INFO, "kept");

  @Benchmark
  public void gaugeByName() {
    z.gauge(Levels.INFO, "by name", n);
  }

  @Benchmark
  public void gaugeKept() {
    kept.record(n);
  }

  @Benchmark
  public void countByName() {
    z.counter(Levels.INFO, "by name").increment(n);
  }

  /** What {@code cat} on a pipe is told. */
  @Benchmark
  public void statIncr() {
    Stats.incr("by name", n);
  }

  @Benchmark
  public void statRecord() {
    Stats.record("by name {0}", n);
  }
}
