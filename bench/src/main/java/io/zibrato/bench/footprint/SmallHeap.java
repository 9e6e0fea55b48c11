package io.zibrato.bench.footprint;

import io.zibrato.Zibrato;
import io.zibrato.meter.Counter;
import io.zibrato.meter.Gauge;
import io.zibrato.meter.Timer;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;

/** As many series as there may be, all changing, in this process's small heap. */
final class SmallHeap {
  private static final int COUNTERS = 6_000;
  private static final int TIMERS = 3_000;
  private static final int GAUGES = 1_000;
  private static final int THREADS = 4;
  private static final int TIMES = 8;
  private static final long PERIOD_MILLIS = 500;

  private SmallHeap() {}

  static void measure(Scale scale, Figures figures) throws Exception {
    try (Peer peer = Peer.start();
        Zibrato zibrato = Zibrato.builder().port(peer.port()).build()) {
      Counter[] counters = new Counter[COUNTERS];
      Timer[] timers = new Timer[TIMERS];
      Gauge[] gauges = new Gauge[GAUGES];
      int name = 0;
      for (int i = 0; i < COUNTERS; i++) counters[i] = zibrato.counter("info", Names.of(name++));
      for (int i = 0; i < TIMERS; i++) timers[i] = zibrato.timer("info", Names.of(name++));
      for (int i = 0; i < GAUGES; i++) gauges[i] = zibrato.gauge("info", Names.of(name++));
      long[] durations = Durations.spread(new SplittableRandom(1));
      Runnable touch =
          () -> {
            int next = (int) System.nanoTime();
            for (Counter counter : counters) counter.increment();
            for (Timer timer : timers) {
              for (int i = 0; i < TIMES; i++) {
                timer.record(durations[next++ & (durations.length - 1)]);
              }
            }
          };
      Runnable record =
          () -> {
            for (Gauge gauge : gauges) gauge.record(System.nanoTime());
          };
      try (Load touching = new Load(THREADS, PERIOD_MILLIS, touch);
          Load recording = new Load(1, PERIOD_MILLIS, record)) {
        touching.start();
        recording.start();
        peer.awaitFullRoundOf(name);
        Arrived before = peer.arrived();
        long collectingMillis = collectingMillis();
        Thread.sleep(scale.smallHeapMillis());
        long collected = collectingMillis() - collectingMillis;
        Arrived arrived = peer.arrived().minus(before);
        figures.put("used-mib", Heap.retained() / 1048576.0);
        figures.put("collecting-ms-per-s", 1e3 * collected / scale.smallHeapMillis());
        figures.put("counters-arrived", arrived.counters());
        figures.put("timers-arrived", arrived.timers());
        figures.put("gauges-arrived", arrived.gauges());
        if (arrived.counters() < COUNTERS || arrived.timers() < TIMERS) {
          throw new IllegalStateException("not all was published: " + arrived);
        }
      }
    }
  }

  private static long collectingMillis() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }
}
