package io.zibrato.backends.graphite;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.Memory;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import java.io.IOException;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StepsTest {
  private static final long NOON = 1_700_000_040; // a whole minute

  private Steps steps = new Steps(60);
  private final Map<BigInteger, byte[]> disk = new HashMap<>();

  private static Snapshot interval(long id, double endSecond) {
    CounterTotal counter = new CounterTotal(new SeriesKey("n", "s"), 1);
    long endMillis = (long) (endSecond * 1000);
    return new Snapshot(id, endMillis - 1, endMillis, List.of(counter), List.of(), List.of());
  }

  private void save() throws IOException {
    steps.save(
        new Memory.Sink() {
          @Override
          public void put(byte[] key, byte[] value) {
            disk.put(new BigInteger(key), value);
          }

          @Override
          public void remove(byte[] key) {
            disk.remove(new BigInteger(key));
          }
        });
  }

  private void restart() {
    steps = new Steps(60);
    disk.forEach(
        (key, value) -> {
          byte[] whole = new byte[Long.BYTES];
          byte[] short_ = key.toByteArray();
          System.arraycopy(short_, 0, whole, Long.BYTES - short_.length, short_.length);
          steps.recall(whole, value);
        });
  }

  private long close(long id, double endSecond) throws IOException {
    Snapshot interval = interval(id, endSecond);
    steps.closed(interval);
    save();
    steps.saved();
    return steps.of(interval);
  }

  @Test
  void of_isTheStepsBeginning() throws Exception {
    assertThat(close(1, NOON + 59.9)).isEqualTo(NOON);
    assertThat(close(2, NOON + 120)).isEqualTo(NOON + 120);
  }

  /** As when the clock of the flush drifts, or the worker stops soon after a flush. */
  @Test
  void of_twoThatEndInOneStep() throws Exception {
    assertThat(close(1, NOON + 0.1)).isEqualTo(NOON);
    assertThat(close(2, NOON + 59.9)).isEqualTo(NOON + 60);
    assertThat(close(3, NOON + 119.9)).isEqualTo(NOON + 120);
    assertThat(close(4, NOON + 240.5)).isEqualTo(NOON + 240);
  }

  @Test
  void of_isKeptFromRunToRun() throws Exception {
    Snapshot first = interval(1, NOON + 1);
    Snapshot second = interval(2, NOON + 2);
    steps.closed(first);
    save();
    steps.saved();
    steps.closed(second);
    save();
    steps.saved();
    restart();

    assertThat(steps.of(first)).isEqualTo(NOON);
    assertThat(steps.of(first)).isEqualTo(NOON);
    assertThat(steps.of(second)).isEqualTo(NOON + 60);
    restart();
    assertThat(close(3, NOON + 3)).isEqualTo(NOON + 120);
  }

  @Test
  void save_isRepeatedUntilTheDiskTakesIt() throws Exception {
    steps.closed(interval(1, NOON));
    save();
    disk.clear(); // it did not take it
    steps.closed(interval(2, NOON));
    save();

    assertThat(disk).hasSize(2);
  }

  @Test
  void save_forgetsWhatIsDelivered() throws Exception {
    for (int i = 1; i <= 100; i++) close(i, NOON + 60 * i);

    assertThat(disk).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void closed_believesAClockThatWasPutBack() throws Exception {
    assertThat(close(1, NOON + 86_400)).isEqualTo(NOON + 86_400);
    assertThat(close(2, NOON)).isEqualTo(NOON);
    assertThat(close(3, NOON)).isEqualTo(NOON + 60);
  }

  @Test
  void of_anUnknownIntervalIsItsEnd() {
    assertThat(steps.of(interval(7, NOON + 61))).isEqualTo(NOON + 60);
  }

  @Test
  void of_neverGivesOneStepTwice() throws Exception {
    Random random = new Random(7);
    Set<Long> given = new HashSet<>();
    double now = NOON;
    for (int i = 1; i < 2000; i++) {
      now += random.nextInt(10) == 0 ? random.nextDouble() : 60 + random.nextDouble() * 30;
      assertThat(given.add(close(i, now))).isTrue();
      if (random.nextInt(10) == 0) restart();
    }
  }
}
