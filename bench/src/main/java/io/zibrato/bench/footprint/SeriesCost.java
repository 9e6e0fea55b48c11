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

    /** Touches one of them so many times, as one of all the threads. */
    void touch(int i, int times);
  }

  private SeriesCost() {}

  static void ofCounters(Scale scale, Figures figures) throws Exception {
    int all = WARM_SERIES + scale.counters();
    Counter[] counters = new Counter[all];
    measure(
        scale.counters(),
        scale.counterTouches(),
        figures,
        new Series() {
          @Override
          public void make(Zibrato zibrato, int from, int to) {
            for (int i = from; i < to; i++) counters[i] = zibrato.counter("info", Names.of(i));
          }

          @Override
          public void touch(int i, int times) {
            for (int time = 0; time < times; time++) counters[i].increment();
          }
        });
  }

  static void ofTimers(Scale scale, Figures figures) throws Exception {
    Timer[] timers = new Timer[WARM_SERIES + scale.timers()];
    long[] durations = Durations.spread(new SplittableRandom(1));
    measure(
        scale.timers(),
        scale.timerTouches(),
        figures,
        new Series() {
          @Override
          public void make(Zibrato zibrato, int from, int to) {
            for (int i = from; i < to; i++) timers[i] = zibrato.timer("info", Names.of(i));
          }

          @Override
          public void touch(int i, int times) {
            int next = (int) System.nanoTime();
            for (int time = 0; time < times; time++) {
              timers[i].record(durations[next++ & (durations.length - 1)]);
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
      touch(threads, series, 0, WARM_SERIES, times);
      peer.awaitFullRoundOf(WARM_SERIES);
      peer.awaitCalm(CALM_MILLIS);
      long before = Heap.retained();
      series.make(zibrato, WARM_SERIES, all);
      touch(threads, series, WARM_SERIES, all, times);
      peer.awaitFullRoundOf(all);
      touch(threads, series, WARM_SERIES, all, 1);
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

  private static void touch(ThreadPoolExecutor threads, Series series, int from, int to, int times)
      throws InterruptedException {
    for (int i = from; i < to; i++) {
      int one = i;
      onAll(threads, () -> series.touch(one, times));
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
