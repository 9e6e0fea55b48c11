package io.zibrato.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GaugeQueueTest {
  private final List<Double> values = new ArrayList<>();
  private final GaugeQueue.Reader reader = (gauge, epochMillis, value) -> values.add(value);

  @Test
  void offer_failsWhenFullAndKeepsWhatIsThere() {
    GaugeQueue queue = new GaugeQueue(5);

    int kept = 0;
    while (queue.offer(null, kept, kept)) kept++;

    assertThat(kept).isEqualTo(8);
    assertThat(queue.offer(null, 99, 99)).isFalse();
    assertThat(queue.drain(Integer.MAX_VALUE, reader)).isEqualTo(8);
    assertThat(values).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0);
  }

  @Test
  void drain_takesTheOldestUpToItsLimit() {
    GaugeQueue queue = new GaugeQueue(4);
    for (int i = 0; i < 4; i++) queue.offer(null, i, i);

    assertThat(queue.drain(0, reader)).isZero();
    assertThat(queue.drain(3, reader)).isEqualTo(3);
    assertThat(queue.offer(null, 4, 4)).isTrue();
    assertThat(queue.drain(9, reader)).isEqualTo(2);
    assertThat(queue.drain(9, reader)).isZero();
    assertThat(values).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0);
  }

  @Test
  void queue_goesRoundManyTimes() {
    GaugeQueue queue = new GaugeQueue(2);

    for (int i = 0; i < 1000; i++) {
      assertThat(queue.offer(null, i, i)).isTrue();
      assertThat(queue.drain(1, reader)).isEqualTo(1);
    }

    assertThat(values).hasSize(1000).isSorted();
  }

  @Test
  void capacity_isRoundedUpToAPowerOfTwo() {
    assertThat(capacity(1)).isEqualTo(2);
    assertThat(capacity(2)).isEqualTo(2);
    assertThat(capacity(3)).isEqualTo(4);
    assertThat(capacity(1024)).isEqualTo(1024);
    assertThat(capacity(1025)).isEqualTo(2048);
  }

  @Test
  void queue_isExactAndInOrderForEachOfManyWriters() throws InterruptedException {
    GaugeQueue queue = new GaugeQueue(64);
    int writers = 4;
    int each = 50_000;
    AtomicInteger refused = new AtomicInteger();
    AtomicBoolean done = new AtomicBoolean();
    AtomicLong disorder = new AtomicLong();
    double[] last = new double[writers];
    Arrays.fill(last, -1);
    AtomicInteger taken = new AtomicInteger();
    GaugeQueue.Reader checking =
        (gauge, writer, value) -> {
          if (value <= last[(int) writer]) disorder.incrementAndGet();
          last[(int) writer] = value;
          taken.incrementAndGet();
        };
    Thread drainer =
        new Thread(
            () -> {
              while (!done.get()) queue.drain(16, checking);
              queue.drain(Integer.MAX_VALUE, checking);
            });
    drainer.start();

    Threads.run(
        writers,
        writer -> {
          for (int i = 0; i < each; i++) {
            if (!queue.offer(null, writer, i)) refused.incrementAndGet();
          }
        });
    done.set(true);
    drainer.join();

    assertThat(taken.get() + refused.get()).isEqualTo(writers * each);
    assertThat(disorder.get()).isZero();
  }

  private static int capacity(int asked) {
    GaugeQueue queue = new GaugeQueue(asked);
    int kept = 0;
    while (queue.offer(null, 0, 0)) kept++;
    return kept;
  }
}
