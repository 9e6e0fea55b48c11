package io.zibrato.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepsTest {
  private static final long NOON = 1_700_000_040; // a whole minute
  private static final int STEP = 60;

  private Steps steps = Steps.none(STEP);
  private long id;

  // As a service has it that keeps the last value it hears, and one that knows the last step alone.
  private final Map<Long, Long> kept = new HashMap<>();
  private long came;
  private long inLast;

  private static Snapshot interval(long id, double endSecond) {
    CounterTotal counter = new CounterTotal(new SeriesKey("n", "s"), 1);
    long endMillis = (long) (endSecond * 1000);
    return new Snapshot(id, endMillis - 1, endMillis, List.of(counter), List.of(), List.of());
  }

  private long close(double endSecond) {
    boolean any = id > 0;
    long before = steps.second();
    steps = steps.giveTo(interval(++id, endSecond));
    inLast = any && steps.second() == before ? inLast + id : id;
    came += id;
    kept.put(steps.second(), inLast);
    return steps.second();
  }

  private void restart(int stepSeconds) throws IOException {
    steps = Steps.decode(steps.encode(), stepSeconds);
  }

  private void assertNothingIsLost() {
    assertThat(kept.values().stream().mapToLong(each -> each).sum()).isEqualTo(came);
  }

  @Test
  void giveTo_isTheStepsBeginning() {
    assertThat(close(NOON + 59.9)).isEqualTo(NOON);
    assertThat(close(NOON + 120)).isEqualTo(NOON + 120);
  }

  @Test
  void giveTo_thoseThatEndInOneStepShareIt() {
    assertThat(close(NOON + 0.1)).isEqualTo(NOON);
    assertThat(close(NOON + 30)).isEqualTo(NOON);
    assertThat(close(NOON + 59.9)).isEqualTo(NOON);
    assertThat(close(NOON + 60)).isEqualTo(NOON + 60);
  }

  @Test
  void giveTo_oneIntervalIsAlwaysTheSame() throws Exception {
    Snapshot first = interval(1, NOON + 1);
    Steps given = steps.giveTo(first);

    assertThat(given.giveTo(first)).isSameAs(given);
    Steps kept = Steps.decode(given.encode(), STEP);
    assertThat(kept.giveTo(first)).isSameAs(kept);
    assertThat(kept.second()).isEqualTo(NOON);
  }

  @Test
  void giveTo_aClockPutBackALittleStaysInTheLast() {
    close(NOON - 60);
    close(NOON + 1);

    assertThat(close(NOON - 5)).isEqualTo(NOON);
    assertThat(close(NOON + 55)).isEqualTo(NOON);
    assertThat(close(NOON + 60)).isEqualTo(NOON + 60);
    assertNothingIsLost();
  }

  @Test
  void giveTo_aClockPutBackToWhereNothingWasIsBelieved() {
    assertThat(close(NOON + 86_400)).isEqualTo(NOON + 86_400);
    assertThat(close(NOON)).isEqualTo(NOON);
    assertThat(close(NOON)).isEqualTo(NOON);
    assertThat(close(NOON + 60)).isEqualTo(NOON + 60);
    assertNothingIsLost();
  }

  /** As when it was an hour ahead for a while, and then is again. */
  @Test
  void giveTo_stepsThatWereLeftArePassedOver() {
    close(NOON);
    close(NOON + 60);
    close(NOON + 3600);

    assertThat(close(NOON + 60)).isEqualTo(NOON + 120);
    assertThat(close(NOON + 61)).isEqualTo(NOON + 120);
    assertThat(close(NOON + 121)).isEqualTo(NOON + 120);
    assertThat(close(NOON + 3600)).isEqualTo(NOON + 3660);
    assertNothingIsLost();
  }

  @Test
  void giveTo_stepsOfAnotherLengthArePassedOver() throws Exception {
    close(NOON + 60);
    close(NOON + 120);
    restart(3600);
    long hour = Math.floorDiv(NOON, 3600L) * 3600;
    assertThat(close(NOON + 121)).isEqualTo(hour + 3600);
    restart(10);
    assertThat(close(hour + 3600)).isEqualTo(hour + 3600);
    assertThat(close(hour + 3610)).isEqualTo(hour + 7200);
    assertNothingIsLost();
  }

  /** A worker's ordinary life: exits of applications close intervals early, restarts too. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void giveTo_overAMonthOfExitsAndRestartsIsTheStepItEndedIn(int seed) throws Exception {
    Random random = new Random(seed);
    double now = NOON;
    double flush = now + STEP;
    while (now < NOON + 30 * 86_400) {
      double early = now - 200 * Math.log(1 - random.nextDouble());
      now = Math.min(flush, early) + random.nextDouble() / 100;
      if (now >= flush) flush += STEP;
      if (random.nextInt(50) == 0) {
        restart(STEP);
        flush = now + STEP;
      }
      long end = (long) (now * 1000);
      assertThat(close(now)).isEqualTo(Steps.firstSecond(end, STEP));
    }
    assertThat(id).isGreaterThan(40_000);
    assertNothingIsLost();
  }

  /** The clock is put back and forward too: no point is ahead of where the clock ever was. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void giveTo_overClocksPutBackAndForwardLosesNothing(int seed) throws Exception {
    Random random = new Random(seed);
    double now = NOON;
    double furthest = now;
    int putBack = 0;
    for (int i = 0; i < 20_000; i++) {
      now += random.nextInt(4) == 0 ? STEP * random.nextDouble() : STEP;
      if (random.nextInt(100) == 0) restart(STEP);
      if (random.nextInt(200) == 0) {
        double by = Math.pow(10, 1 + 5 * random.nextDouble());
        boolean back = random.nextBoolean();
        if (back) putBack++;
        now += back ? -by : by;
      }
      furthest = Math.max(furthest, now);
      long end = (long) (now * 1000);
      long own = Steps.firstSecond(end, STEP);
      long second = close(now);
      if (now == furthest && putBack == 0) assertThat(second).isEqualTo(own);
      assertThat(second).isGreaterThanOrEqualTo(own);
      assertThat(second).isLessThanOrEqualTo((long) furthest + (long) STEP * putBack);
    }
    assertThat(putBack).isGreaterThan(20);
    assertNothingIsLost();
  }

  @Test
  void decode_rejectsWhatIsDamaged() {
    close(NOON);
    byte[] bytes = steps.encode();
    bytes[3]++;

    assertThatThrownBy(() -> Steps.decode(bytes, STEP)).isInstanceOf(IOException.class);
  }
}
