package io.zibrato.samples.demo;

import io.zibrato.Zibrato;
import io.zibrato.meter.Counter;
import io.zibrato.meter.Level;
import io.zibrato.meter.Timer;
import java.io.IOException;

/** Publishes a known amount of everything, once somebody listens, and ends. */
final class WireOnePublisher {
  static final int ROUNDS = 500;
  static final long NANOS = 1_500_000;

  private WireOnePublisher() {}

  public static void main(String[] args) throws Exception {
    Zibrato zibrato = Zibrato.shared();
    awaitSubscriber(zibrato.level("debug"));
    Counter hits = zibrato.counter("info", "hits");
    Counter details = zibrato.counter("debug", "details");
    Timer query = zibrato.timer("info", "query");
    for (int i = 0; i < ROUNDS; i++) {
      hits.increment(3);
      details.increment();
      query.record(NANOS);
      zibrato.gauge("info", "depth", i);
      zibrato.counter("error", "unwanted").increment();
      if (i % 100 == 0) Thread.sleep(50); // more than one round of the publisher
    }
  }

  private static void awaitSubscriber(Level level) throws IOException, InterruptedException {
    for (int i = 0; !level.wanted(); i++) {
      if (i == 3000) throw new IOException("nobody subscribes to " + level);
      Thread.sleep(10);
    }
  }
}
