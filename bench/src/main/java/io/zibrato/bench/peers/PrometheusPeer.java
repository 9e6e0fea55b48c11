package io.zibrato.bench.peers;

import io.prometheus.metrics.core.datapoints.Timer;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import org.openjdk.jmh.annotations.Benchmark;

/** The Prometheus client's counter and histogram, called by hand, without labels. */
public class PrometheusPeer extends Peer {
  private final Counter counter = Counter.builder().name("counted").build();
  private final Histogram histogram = Histogram.builder().name("timed").build();

  @Benchmark
  public int count() {
    counter.inc();
    return work(n);
  }

  @Benchmark
  public int time() {
    Timer timer = histogram.startTimer();
    try {
      return work(n);
    } finally {
      timer.observeDuration();
    }
  }
}
