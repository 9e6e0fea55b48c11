package io.zibrato.bench.peers;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * Dropwizard's counter and timer, called by hand: no aspects for its annotations are maintained.
 */
public class DropwizardPeer extends Peer {
  private final MetricRegistry registry = new MetricRegistry();
  private final Counter counter = registry.counter("counted");
  private final Timer timer = registry.timer("timed");

  @Benchmark
  public int count() {
    counter.inc();
    return work(n);
  }

  @Benchmark
  public int time() {
    Timer.Context context = timer.time();
    try {
      return work(n);
    } finally {
      context.stop();
    }
  }
}
