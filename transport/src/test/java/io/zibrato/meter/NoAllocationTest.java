package io.zibrato.meter;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

/** What a woven call reaches makes no objects once it is warm. */
class NoAllocationTest {
  private static final int CALLS = 100_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Meters meters = new Meters("s", 10, level -> level.equals("debug"), 1024);
  private final Counter counter = meters.counter(series("info", SeriesType.COUNTER));
  private final Timer timer = meters.timer(series("info", SeriesType.TIMER));
  private final Gauge gauge = meters.gauge(series("info", SeriesType.GAUGE));
  private final Counter unwanted = meters.counter(series("debug", SeriesType.COUNTER));

  @Test
  void increment_allocatesNothing() {
    assertThat(allocatedBy(n -> counter.increment())).isZero();
    assertThat(allocatedBy(counter::increment)).isZero();
    assertThat(counter.sum()).isPositive();
  }

  @Test
  void increment_ofANegativeAllocatesNothing() {
    assertThat(allocatedBy(n -> counter.increment(-1))).isZero();
  }

  @Test
  void timer_allocatesNothing() {
    assertThat(allocatedBy(timer::record)).isZero();
    assertThat(allocatedBy(n -> timer.recordUntimed())).isZero();
    assertThat(timer.count()).isPositive();
  }

  @Test
  void gauge_allocatesNothingEvenWhenItsQueueIsFull() {
    assertThat(allocatedBy(gauge::record)).isZero();
    assertThat(meters.losses().count(LossCause.GAUGE_QUEUE_FULL)).isPositive();
  }

  @Test
  void unwanted_allocatesNothing() {
    assertThat(allocatedBy(unwanted::increment)).isZero();
    assertThat(unwanted.sum()).isZero();
  }

  private long allocatedBy(LongConsumer call) {
    for (int i = 0; i < CALLS; i++) call.accept(i);
    long before = threads.getCurrentThreadAllocatedBytes();
    long cost = threads.getCurrentThreadAllocatedBytes() - before;
    before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < CALLS; i++) call.accept(i);
    return threads.getCurrentThreadAllocatedBytes() - before - cost;
  }

  private static Series series(String level, SeriesType type) {
    return new Series(level, type, "n", "s");
  }
}
