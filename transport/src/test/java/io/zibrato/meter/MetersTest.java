package io.zibrato.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class MetersTest {
  private final Meters meters = meters(10);

  @Test
  void meter_isTheSameForTheSameSeries() {
    Counter counter = meters.counter(counter("a"));

    assertThat(meters.counter(counter("a"))).isSameAs(counter);
    assertThat(meters.timer(new Series("info", SeriesType.TIMER, "a", "s")).id()).isEqualTo(1);
    assertThat(meters.gauge(new Series("info", SeriesType.GAUGE, "a", "s")).id()).isEqualTo(2);
    assertThat(meters.size()).isEqualTo(3);
  }

  @Test
  void meter_rejectsASeriesOfAnotherType() {
    assertThatThrownBy(() -> meters.timer(counter("a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("TIMER");
  }

  @Test
  void from_givesNewMetersInOrder() {
    for (int i = 0; i < 5; i++) meters.counter(counter("c" + i));

    assertThat(meters.from(0)).extracting(Meter::id).containsExactly(0, 1, 2, 3, 4);
    assertThat(meters.from(3)).extracting(Meter::id).containsExactly(3, 4);
    assertThat(meters.from(5)).isEmpty();
    assertThat(meters.from(99)).isEmpty();
  }

  @Test
  void overflow_countsInOneSeriesOfLevelAndType() {
    for (int i = 0; i < 10; i++) meters.counter(counter("c" + i)).increment();

    Counter first = meters.counter(counter("more"));
    Counter second = meters.counter(counter("even more"));
    first.increment();
    second.increment(2);

    assertThat(first).isSameAs(second);
    assertThat(first.series())
        .isEqualTo(new Series("info", SeriesType.COUNTER, Meters.OVERFLOW, "s"));
    assertThat(first.sum()).isEqualTo(3);
    assertThat(meters.counter(counter("c3")).sum()).isEqualTo(1);
    assertThat(meters.timer(new Series("warn", SeriesType.TIMER, "t", "s")).series())
        .isEqualTo(new Series("warn", SeriesType.TIMER, Meters.OVERFLOW, "s"));
    assertThat(meters.overflowed()).isEqualTo(3);
  }

  @Test
  void overflow_isExactUnderManyThreads() throws InterruptedException {
    Set<Series> own = ConcurrentHashMap.newKeySet();
    Threads.run(
        8,
        thread -> {
          for (int i = 0; i < 50; i++) {
            Counter counter = meters.counter(counter(thread + "." + i));
            counter.increment();
            if (!counter.series().name().equals(Meters.OVERFLOW)) own.add(counter.series());
          }
        });

    assertThat(own).hasSize(10);
    assertThat(meters.size()).isEqualTo(11);
    long sum = meters.from(0).stream().mapToLong(meter -> ((Counter) meter).sum()).sum();
    assertThat(sum).isEqualTo(400);
  }

  @Test
  void overflow_sparesWhatWeSayOfOurselves() {
    for (int i = 0; i < 20; i++) meters.counter(counter("c" + i));

    List<String> names = new ArrayList<>();
    for (int i = 0; i < Meters.OWN_SERIES + 1; i++) {
      Series own = new Series(Level.ZIBRATO, SeriesType.COUNTER, "own" + i, "s");
      names.add(meters.counter(own).series().name());
    }

    // One of the spare places is taken by the overflow series of level info.
    assertThat(names.get(0)).isEqualTo("own0");
    assertThat(names.get(Meters.OWN_SERIES - 2)).isEqualTo("own" + (Meters.OWN_SERIES - 2));
    assertThat(names.get(Meters.OWN_SERIES)).isEqualTo(Meters.OVERFLOW);
  }

  @Test
  void level_isBoundedInNumber() {
    for (int i = 0; i < Meters.MAX_LEVELS + 5; i++) meters.level("level" + i);

    assertThat(meters.levels()).hasSize(Meters.MAX_LEVELS + 1);
    assertThat(meters.level("level3").name()).isEqualTo("level3");
    assertThat(meters.level("another").name()).isEqualTo(Meters.OVERFLOW);
    Counter counter = meters.counter(new Series("another", SeriesType.COUNTER, "c", "s"));
    assertThat(counter.level().name()).isEqualTo(Meters.OVERFLOW);
  }

  @Test
  void level_onDemandIsWantedOnlyWhileSubscribed() {
    Level debug = meters.level("debug");
    Counter counter = meters.counter(new Series("debug", SeriesType.COUNTER, "c", "s"));
    Timer timer = meters.timer(new Series("debug", SeriesType.TIMER, "t", "s"));
    Gauge gauge = meters.gauge(new Series("debug", SeriesType.GAUGE, "g", "s"));

    record(counter, timer, gauge);
    assertThat(debug.wanted()).isFalse();
    assertThat(counter.sum()).isZero();
    assertThat(timer.read()).isEqualTo(TimerReading.ZERO);
    assertThat(drained()).isZero();

    debug.subscribed(true);
    record(counter, timer, gauge);
    assertThat(debug.wanted()).isTrue();
    assertThat(counter.sum()).isEqualTo(3);
    assertThat(timer.count()).isEqualTo(2);
    assertThat(drained()).isEqualTo(1);

    debug.subscribed(false);
    record(counter, timer, gauge);
    assertThat(counter.sum()).isEqualTo(3);
    assertThat(timer.count()).isEqualTo(2);
    assertThat(drained()).isZero();
  }

  @Test
  void level_thatIsAlwaysWantedStaysSo() {
    Level info = meters.level("info");

    info.subscribed(false);

    assertThat(info.wanted()).isTrue();
    assertThat(info.onDemand()).isFalse();
  }

  @Test
  void level_switchedOnIsSeenByALoopThatRuns() throws InterruptedException {
    Level debug = meters.level("debug");
    Thread loop =
        new Thread(
            () -> {
              while (!debug.wanted()) {}
            });
    loop.setDaemon(true);
    loop.start();
    // Until the loop is compiled, which is when a plain read would be moved out of it.
    await().pollDelay(Duration.ofMillis(500)).until(() -> true);

    debug.subscribed(true);
    loop.join(10_000);

    assertThat(loop.isAlive()).isFalse();
  }

  @Test
  void counter_isExactUnderManyThreads() throws InterruptedException {
    Counter counter = meters.counter(counter("c"));

    Threads.run(
        6,
        thread -> {
          for (int i = 0; i < 100_000; i++) {
            counter.increment();
            counter.increment(2);
          }
        });

    assertThat(counter.sum()).isEqualTo(6 * 100_000 * 3L);
  }

  @Test
  void counter_keepsWhatThreadsThatEndedAdded() throws InterruptedException {
    Counter one = meters.counter(counter("one"));
    Counter other = meters.counter(counter("other"));
    for (int round = 1; round <= 5; round++) {
      // More than there are pages, so some have none.
      Threads.run(
          100,
          thread -> {
            one.increment();
            if (thread % 2 == 0) other.increment(3);
          });

      assertThat(one.sum()).isEqualTo(round * 100L);
      meters.moveWhatIsOver();
      assertThat(one.sum()).isEqualTo(round * 100L);
      assertThat(other.sum()).isEqualTo(round * 150L);
    }
  }

  @Test
  void counter_neverFallsWhilePagesMove() throws InterruptedException {
    Counter counter = meters.counter(counter("c"));
    AtomicBoolean done = new AtomicBoolean();
    AtomicBoolean fell = new AtomicBoolean();
    Thread mover =
        new Thread(
            () -> {
              while (!done.get()) meters.moveWhatIsOver();
            });
    Thread reader =
        new Thread(
            () -> {
              long before = 0;
              while (!done.get()) {
                long sum = counter.sum();
                if (sum < before) fell.set(true);
                before = sum;
              }
            });
    mover.start();
    reader.start();

    for (int i = 0; i < 200; i++) Threads.run(8, thread -> counter.increment(1 + thread));
    done.set(true);
    mover.join();
    reader.join();

    assertThat(fell).isFalse();
    assertThat(counter.sum()).isEqualTo(200 * 36L);
  }

  @Test
  void counter_losesANegativeIncrementByName() {
    Counter counter = meters.counter(counter("c"));

    counter.increment(5);
    counter.increment(-3);
    counter.increment(0);

    assertThat(counter.sum()).isEqualTo(5);
    assertThat(meters.losses().byLabel()).isEqualTo(Map.of("negative-increment", 1L));
  }

  @Test
  void counter_stopsAtTheMost() throws InterruptedException {
    Counter counter = meters.counter(counter("c"));

    counter.increment(Long.MAX_VALUE);
    assertThat(counter.sum()).isEqualTo(Long.MAX_VALUE);
    assertThat(meters.losses().byLabel()).isEmpty();
    for (int i = 0; i < 5; i++) {
      counter.increment(Long.MAX_VALUE);
      assertThat(counter.sum()).isEqualTo(Long.MAX_VALUE);
    }
    Threads.run(
        8,
        thread -> {
          for (int i = 0; i < 1000; i++) {
            counter.increment(Long.MAX_VALUE);
            counter.increment();
          }
        });

    assertThat(counter.sum()).isEqualTo(Long.MAX_VALUE);
    assertThat(meters.losses().count(LossCause.COUNTER_FULL)).isPositive();
  }

  @Test
  void gauge_losesWhatIsNotFinite() {
    Gauge gauge = meters.gauge(new Series("info", SeriesType.GAUGE, "g", "s"));

    gauge.record(Double.NaN);
    gauge.record(Double.NEGATIVE_INFINITY);
    gauge.record(-0.0);
    gauge.record(Double.MIN_VALUE);

    List<Double> values = new ArrayList<>();
    meters.drainGauges(100, (from, epochMillis, value) -> values.add(value));
    assertThat(values).containsExactly(-0.0, Double.MIN_VALUE);
    assertThat(meters.losses().byLabel()).isEqualTo(Map.of("not-finite", 2L));
  }

  @Test
  void gauge_losesWhatTheQueueCannotHold() throws InterruptedException {
    Gauge gauge = meters.gauge(new Series("info", SeriesType.GAUGE, "g", "s"));

    Threads.run(
        4,
        thread -> {
          for (int i = 0; i < 1000; i++) gauge.record(i);
        });

    int kept = drained();
    assertThat(kept).isEqualTo(16);
    assertThat(meters.losses().count(LossCause.GAUGE_QUEUE_FULL)).isEqualTo(4000 - kept);
  }

  private static void record(Counter counter, Timer timer, Gauge gauge) {
    counter.increment();
    counter.increment(2);
    timer.record(7);
    timer.recordUntimed();
    gauge.record(1);
  }

  private int drained() {
    return meters.drainGauges(Integer.MAX_VALUE, (gauge, epochMillis, value) -> {});
  }

  private static Meters meters(int maxSeries) {
    return new Meters("s", maxSeries, "debug"::equals, 16);
  }

  private static Series counter(String name) {
    return new Series("info", SeriesType.COUNTER, name, "s");
  }
}
