package io.zibrato.bench.calls;

import io.zibrato.Zibrato;
import io.zibrato.annotations.Levels;
import io.zibrato.meter.Gauge;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * Gauges without annotations, called without a pause: the queue, which the publisher empties once a
 * second, is full for most of the calls. {@link GaugesWithRoom} has the others.
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
}
