package io.zibrato.bench.footprint;

import io.zibrato.Zibrato;
import io.zibrato.meter.Counter;
import io.zibrato.meter.Timer;
import java.time.Duration;
import java.util.SplittableRandom;

/** Processor time of the publisher's thread while every series changes in every round. */
final class PublisherCost {
  private static final int COUNTERS = 10_000;
  private static final int TIMERS = 1_000;
  private static final int TIMER_THREADS = 4;
  private static final int TIMES = 8;

  private PublisherCost() {}

  static void ofCounters(Scale scale, Figures figures) throws Exception {
    try (Peer peer = Peer.start();
        Zibrato zibrato = publishing(peer, scale)) {
      Counter[] counters = new Counter[COUNTERS];
      for (int i = 0; i < COUNTERS; i++) counters[i] = zibrato.counter("info", Names.of(i));
      Runnable touch =
          () -> {
            for (Counter counter : counters) counter.increment();
          };
      try (Load load = new Load(1, scale.roundMillis() / 2, touch)) {
        load.start();
        Arrived arrived = measure(COUNTERS, peer, scale, figures);
        check(arrived.counters(), COUNTERS, scale, figures);
      }
    }
  }

  static void ofTimers(Scale scale, Figures figures) throws Exception {
    try (Peer peer = Peer.start();
        Zibrato zibrato = publishing(peer, scale)) {
      Timer[] timers = new Timer[TIMERS];
      for (int i = 0; i < TIMERS; i++) timers[i] = zibrato.timer("info", Names.of(i));
      long[] durations = Durations.spread(new SplittableRandom(1));
      Runnable touch = () -> touch(timers, durations);
      try (Load load = new Load(TIMER_THREADS, scale.roundMillis() / 2, touch)) {
        load.start();
        Arrived arrived = measure(TIMERS, peer, scale, figures);
        check(arrived.timers(), TIMERS, scale, figures);
        figures.put("buckets-per-timer", arrived.buckets() / (double) arrived.timers());
      }
    }
  }

  private static void touch(Timer[] timers, long[] durations) {
    int next = (int) System.nanoTime();
    for (Timer timer : timers) {
      for (int i = 0; i < TIMES; i++) timer.record(durations[next++ & (durations.length - 1)]);
    }
  }

  private static Zibrato publishing(Peer peer, Scale scale) {
    return Zibrato.builder()
        .port(peer.port())
        .publishInterval(Duration.ofMillis(scale.roundMillis()))
        .build();
  }

  private static Arrived measure(int series, Peer peer, Scale scale, Figures figures)
      throws Exception {
    peer.awaitFullRoundOf(series);
    Thread.sleep(scale.warmupRounds() * scale.roundMillis());
    Arrived before = peer.arrived();
    ThreadCost publisherBefore = ThreadCost.of(ThreadCost.PUBLISHER);
    ThreadCost ioBefore = ThreadCost.of(ThreadCost.IO);
    long beganNanos = System.nanoTime();
    Thread.sleep(scale.rounds() * scale.roundMillis());
    ThreadCost publisher = ThreadCost.of(ThreadCost.PUBLISHER).minus(publisherBefore);
    ThreadCost io = ThreadCost.of(ThreadCost.IO).minus(ioBefore);
    double seconds = (System.nanoTime() - beganNanos) / 1e9;
    Arrived arrived = peer.arrived().minus(before);
    figures.put("cpu-ms-per-s", publisher.cpuNanos() / 1e6 / seconds);
    figures.put("io-thread-cpu-ms-per-s", io.cpuNanos() / 1e6 / seconds);
    figures.put("allocated-kib-per-round", publisher.allocatedBytes() / 1024.0 / scale.rounds());
    figures.put("sent-kib-per-round", arrived.bytes() / 1024.0 / scale.rounds());
    return arrived;
  }

  /** What was measured only counts if it was all that there was to do. */
  private static void check(long values, int series, Scale scale, Figures figures) {
    double rounds = values / (double) series;
    figures.put("rounds-arrived", rounds);
    if (rounds < scale.leastRounds()) {
      throw new IllegalStateException(rounds + " rounds arrived of " + scale.rounds());
    }
  }
}
