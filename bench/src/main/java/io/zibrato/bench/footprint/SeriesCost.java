package io.zibrato.bench.footprint;

import io.zibrato.Zibrato;
import io.zibrato.meter.Counter;
import io.zibrato.meter.Timer;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * Retained heap of one series: all that it leaves behind in meters, maps and publisher, once it was
 * sent.
 */
final class SeriesCost {
  private static final int WARM_SERIES = 500;
  private static final long CALM_MILLIS = 500;

  private interface Series {
    void make(Zibrato zibrato, int from, int to);

    /** Touches series, as one of all the threads. */
    void touch(int from, int to, int times);
  }

  private SeriesCost() {}

  static void ofCounters(Scale scale, Figures figures) throws Exception {
    int all = WARM_SERIES + scale.counters();
    Counter[] counters = new Counter[all];
    measure(
        scale.counters(),
        1,
        figures,
        new Series() {
          @Override
          public void make(Zibrato zibrato, int from, int to) {
            for (int i = from; i < to; i++) counters[i] = zibrato.counter("info", Names.of(i));
          }

          @Override
          public void touch(int from, int to, int times) {
            for (int i = from; i < to; i++) counters[i].increment();
          }
        });
  }

  static void ofTimers(Scale scale, Figures figures) throws Exception {
    Timer[] timers = new Timer[WARM_SERIES + scale.timers()];
    measure(
        scale.timers(),
        scale.recordsPerThread(),
        figures,
        new Series() {
          @Override
          public void make(Zibrato zibrato, int from, int to) {
            for (int i = from; i < to; i++) timers[i] = zibrato.timer("info", Names.of(i));
          }

          @Override
          public void touch(int from, int to, int times) {
            long[] durations = Durations.logUniform(new SplittableRandom(from), 1_000, 5);
            int next = (int) Thread.currentThread().getId() * 1009;
            for (int time = 0; time < times; time++) {
              for (int i = from; i < to; i++) {
                timers[i].record(durations[next++ & (durations.length - 1)]);
              }
            }
          }
        });
  }

  private static void measure(int count, int times, Figures figures, Series series)
      throws Exception {
    ThreadPoolExecutor threads = (ThreadPoolExecutor) Executors.newFixedThreadPool(Scale.THREADS);
    threads.prestartAllCoreThreads();
    int all = WARM_SERIES + count;
    try (Peer peer = Peer.start();
        Zibrato zibrato =
            Zibrato.builder()
                .port(peer.port())
                .publishInterval(Duration.ofMillis(100))
                .maxSeries(2 * all)
                .build()) {
      series.make(zibrato, 0, WARM_SERIES);
      onAll(threads, () -> series.touch(0, WARM_SERIES, times));
      peer.awaitFullRoundOf(WARM_SERIES);
      peer.awaitCalm(CALM_MILLIS);
      long before = Heap.retained();
      series.make(zibrato, WARM_SERIES, all);
      onAll(threads, () -> series.touch(WARM_SERIES, all, times));
      peer.awaitFullRoundOf(all);
      onAll(threads, () -> series.touch(WARM_SERIES, all, 1));
      peer.awaitCalm(CALM_MILLIS);
      Arrived arrived = peer.arrived();
      figures.put("bytes-per-series", (Heap.retained() - before) / (double) count);
      figures.put("series", count);
      if (arrived.timers() > 0) {
        figures.put("buckets-per-timer", arrived.buckets() / (double) arrived.timers());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Has every one of the threads do it, and waits for them. */
  private static void onAll(ThreadPoolExecutor threads, Runnable work) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(Scale.THREADS);
    CountDownLatch done = new CountDownLatch(Scale.THREADS);
    for (int i = 0; i < Scale.THREADS; i++) {
      threads.execute(
          () -> {
            begun.countDown();
            try {
              begun.await();
              work.run();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            done.countDown();
          });
    }
    done.await();
  }
}
