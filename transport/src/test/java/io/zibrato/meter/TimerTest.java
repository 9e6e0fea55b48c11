package io.zibrato.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class TimerTest {
  private static final int OWN_STRIPES = 8;

  private final Timer timer =
      new Meters("s", 10, level -> false, 16).timer(new Series("info", SeriesType.TIMER, "t", "s"));

  @Test
  void read_holdsWhatWasRecorded() {
    timer.record(0);
    timer.record(1);
    timer.record(1_000);
    timer.record(-5);
    timer.recordUntimed();

    TimerReading reading = timer.read();

    assertThat(reading.count()).isEqualTo(5).isEqualTo(timer.count());
    assertThat(reading.sumNanos()).isEqualTo(1_001);
    assertThat(reading.histogram())
        .isEqualTo(Histogram.ofBucket(-1, 3).plus(Histogram.ofOne(1_000)));
  }

  @Test
  void read_isExactUnderManyThreads() throws InterruptedException {
    long[] sums = new long[6];
    Histogram[] histograms = new Histogram[6];

    Threads.run(
        6,
        thread -> {
          Random random = new Random(thread);
          Histogram histogram = Histogram.EMPTY;
          for (int i = 0; i < 3_000; i++) {
            long nanos = random.nextLong() >>> (20 + random.nextInt(43));
            timer.record(nanos);
            timer.recordUntimed();
            sums[thread] += nanos;
            histogram = histogram.plus(Histogram.ofOne(nanos));
          }
          histograms[thread] = histogram;
        });

    TimerReading reading = timer.read();
    Histogram all = Histogram.EMPTY;
    long sum = 0;
    for (int i = 0; i < 6; i++) {
      all = all.plus(histograms[i]);
      sum += sums[i];
    }
    assertThat(reading).isEqualTo(new TimerReading(2 * 6 * 3_000, sum, all));
  }

  @Test
  void read_whileOthersRecordNeverCountsAheadOfTheSum() throws InterruptedException {
    AtomicBoolean done = new AtomicBoolean();
    AtomicReference<TimerReading> wrong = new AtomicReference<>();
    Thread reader =
        new Thread(
            () -> {
              while (!done.get()) {
                TimerReading reading = timer.read();
                if (reading.sumNanos() < 10 * reading.count()) wrong.set(reading);
              }
            });
    reader.start();

    Threads.run(
        4,
        thread -> {
          for (int i = 0; i < 200_000; i++) timer.record(10);
        });
    done.set(true);
    reader.join();

    assertThat(wrong.get()).isNull();
    assertThat(timer.read().sumNanos()).isEqualTo(4 * 200_000 * 10L);
  }

  @Test
  void window_beginsAnewOnceTaken() {
    timer.record(30);
    timer.record(10);
    timer.record(20);

    assertThat(timer.takeLeastNanos()).isEqualTo(10);
    assertThat(timer.takeMostNanos()).isEqualTo(30);
    assertThat(timer.takeLeastNanos()).isZero();
    assertThat(timer.takeMostNanos()).isZero();

    timer.record(25);

    assertThat(timer.takeLeastNanos()).isEqualTo(25);
    assertThat(timer.takeMostNanos()).isEqualTo(25);
  }

  @Test
  void window_holdsTheLeastAndMostOfAllThreads() throws InterruptedException {
    Threads.run(
        8,
        thread -> {
          for (int i = 0; i < 10_000; i++) timer.record(1_000 + thread * 10_000 + i);
        });

    assertThat(timer.takeLeastNanos()).isEqualTo(1_000);
    assertThat(timer.takeMostNanos()).isEqualTo(1_000 + 79_999);
  }

  @Test
  void sum_stopsAtTheMost() throws InterruptedException {
    Threads.run(
        8,
        thread -> {
          for (int i = 0; i < 100; i++) timer.record(Long.MAX_VALUE);
        });

    TimerReading reading = timer.read();
    assertThat(reading.sumNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(reading.count()).isEqualTo(800);
    assertThat(reading.histogram()).isEqualTo(Histogram.ofBucket(Buckets.MOST, 800));
  }

  @Test
  void read_isExactWhenSharedCellsFillUp() throws InterruptedException {
    // More threads than have stripes of their own, and more nanoseconds than a packed cell holds.
    long nanos = 62_000;
    int calls = 1_500_000;
    takeAllOwnStripes();

    Threads.run(
        2,
        thread -> {
          for (int i = 0; i < calls; i++) timer.record(nanos);
        });

    TimerReading reading = timer.read();
    assertThat(reading.count()).isEqualTo(OWN_STRIPES + 2L * calls).isEqualTo(timer.count());
    assertThat(reading.sumNanos()).isEqualTo(OWN_STRIPES + 2 * calls * nanos);
  }

  @Test
  void read_isExactWhileSharedCellsAreEmptied() throws InterruptedException {
    long nanos = 62_000;
    int calls = 1_500_000;
    takeAllOwnStripes();
    AtomicBoolean done = new AtomicBoolean();
    AtomicReference<String> wrong = new AtomicReference<>();
    Thread reader =
        new Thread(
            () -> {
              long before = 0;
              while (!done.get()) {
                TimerReading reading = timer.read();
                if (reading.count() < before) wrong.set(before + " then " + reading.count());
                before = reading.count();
              }
            });
    reader.start();

    Threads.run(
        2,
        thread -> {
          for (int i = 0; i < calls; i++) timer.record(nanos);
        });
    done.set(true);
    reader.join();

    assertThat(wrong.get()).isNull();
    assertThat(timer.read().count()).isEqualTo(OWN_STRIPES + 2L * calls);
    assertThat(timer.read().sumNanos()).isEqualTo(OWN_STRIPES + 2 * calls * nanos);
  }

  @Test
  void read_keepsWhatThreadsThatEndedRecorded() throws InterruptedException {
    Histogram all = Histogram.EMPTY;
    for (int round = 0; round < 5; round++) {
      Threads.run(
          20,
          thread -> {
            for (int shift = 0; shift < 63; shift++) timer.record(1L << shift >>> 1);
            timer.recordUntimed();
          });
      for (int shift = 0; shift < 63; shift++) {
        all = all.plus(Histogram.ofBucket(Buckets.index(1L << shift >>> 1), 20));
      }

      TimerReading reading = timer.read();

      assertThat(reading.histogram()).isEqualTo(all);
      assertThat(reading.count()).isEqualTo((round + 1) * 20 * 64L).isEqualTo(timer.count());
      assertThat(reading.sumNanos()).isEqualTo(Long.MAX_VALUE);
    }
  }

  /** Each is held by a thread that lives as long as the test, and recorded 1 ns. */
  private void takeAllOwnStripes() throws InterruptedException {
    CountDownLatch taken = new CountDownLatch(OWN_STRIPES);
    for (int i = 0; i < OWN_STRIPES; i++) {
      Thread thread =
          new Thread(
              () -> {
                timer.record(1);
                taken.countDown();
                LockSupport.park(this);
              });
      thread.setDaemon(true);
      thread.start();
    }
    taken.await();
  }
}
