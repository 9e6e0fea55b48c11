package io.zibrato.bench.footprint;

import io.zibrato.Zibrato;
import io.zibrato.meter.Counter;
import io.zibrato.meter.Gauge;
import io.zibrato.meter.Timer;
import java.time.Duration;

/** What the heap holds more after many rounds than after few. */
final class Growth {
  private static final int COUNTERS = 1_000;
  private static final int TIMERS = 100;
  private static final int GAUGES = 100;
  private static final int ROUND_MILLIS = 50;
  private static final long CALM_MILLIS = 500;

  private Growth() {}

  static void measure(Scale scale, Figures figures) throws Exception {
    try (Peer peer = Peer.start();
        Zibrato zibrato =
            Zibrato.builder()
                .port(peer.port())
                .publishInterval(Duration.ofMillis(ROUND_MILLIS))
                .build()) {
      Runnable touch = series(zibrato);
      touch.run();
      peer.awaitFullRoundOf(COUNTERS + TIMERS + GAUGES);
      ThreadCost publisherBefore = ThreadCost.of(ThreadCost.PUBLISHER);
      long before = retainedAt(scale.growthFrom(), touch, peer);
      long after = retainedAt(scale.growthTo(), touch, peer);
      ThreadCost publisher = ThreadCost.of(ThreadCost.PUBLISHER).minus(publisherBefore);
      figures.put("growth-kib", (after - before) / 1024.0);
      figures.put("used-kib", before / 1024.0);
      figures.put(
          "allocated-kib-per-round", publisher.allocatedBytes() / 1024.0 / scale.growthTo());
    }
  }

  /** Makes all series; what is returned changes each of them, always in the same way. */
  private static Runnable series(Zibrato zibrato) {
    Counter[] counters = new Counter[COUNTERS];
    Timer[] timers = new Timer[TIMERS];
    Gauge[] gauges = new Gauge[GAUGES];
    int name = 0;
    for (int i = 0; i < COUNTERS; i++) counters[i] = zibrato.counter("info", Names.of(name++));
    for (int i = 0; i < TIMERS; i++) timers[i] = zibrato.timer("info", Names.of(name++));
    for (int i = 0; i < GAUGES; i++) gauges[i] = zibrato.gauge("info", Names.of(name++));
    return () -> {
      for (Counter counter : counters) counter.increment();
      for (Timer timer : timers) {
        for (long nanos = 1_000; nanos < 100_000_000; nanos *= 2) timer.record(nanos);
      }
      for (Gauge gauge : gauges) gauge.record(1);
    };
  }

  /** Used heap once so many frames arrived, with nothing left to send. */
  private static long retainedAt(int rounds, Runnable touch, Peer peer) throws Exception {
    try (Load load = new Load(1, ROUND_MILLIS / 2, touch)) {
      load.start();
      while (peer.arrived().frames() < rounds) Thread.sleep(ROUND_MILLIS);
    }
    peer.awaitCalm(CALM_MILLIS);
    return Heap.retained();
  }
}
