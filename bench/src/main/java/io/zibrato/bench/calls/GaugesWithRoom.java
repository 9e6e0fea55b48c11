package io.zibrato.bench.calls;

import io.zibrato.Zibrato;
import io.zibrato.annotations.Levels;
import io.zibrato.meter.Gauge;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/**
 * Gauges that find room in the queue: as many calls in a row as it has room for with two threads,
 * then a pause in which the publisher, which is set to send each 10 ms here, empties it.
 */
@BenchmarkMode(Mode.SingleShotTime)
public class GaugesWithRoom extends Timings {
  static final int CALLS = 4000;
  private static final long PAUSE_MILLIS = 40;

  private final Zibrato z = Zibrato.shared();
  private final Gauge kept = z.gauge(Levels.INFO, "kept");

  @Setup(Level.Iteration)
  public void empty() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
  }

  @Benchmark
  @OperationsPerInvocation(CALLS)
  public void gaugeByName() {
    for (int i = 0; i < CALLS; i++) z.gauge(Levels.INFO, "by name", n + i);
  }

  @Benchmark
  @OperationsPerInvocation(CALLS)
  public void gaugeKept() {
    for (int i = 0; i < CALLS; i++) kept.record(n + i);
  }
}
