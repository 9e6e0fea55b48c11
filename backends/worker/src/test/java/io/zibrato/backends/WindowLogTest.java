package io.zibrato.backends;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WindowLogTest {
  private final WindowLog log = new WindowLog();

  @Test
  void isBooked_knowsTheLastWindows() {
    Random random = new Random(1);
    Set<Long> booked = new HashSet<>();
    long newest = -1;
    for (int i = 0; i < 10_000; i++) {
      long window = Math.max(0, newest + random.nextInt(8) - 5);
      boolean known = booked.contains(window) || newest >= 0 && newest - window >= 64;
      assertThat(log.isBooked(window)).as("window %s of %s", window, newest).isEqualTo(known);
      if (random.nextBoolean()) continue;
      log.book(window);
      booked.add(window);
      newest = Math.max(newest, window);
    }
  }

  @Test
  void isBooked_takesWhatIsOldAsBooked() {
    log.book(5);
    log.book(100);
    log.book(Long.MAX_VALUE);

    assertThat(log.isBooked(100)).isTrue();
    assertThat(log.isBooked(6)).isTrue();
    assertThat(log.isBooked(Long.MAX_VALUE)).isTrue();
    assertThat(log.isBooked(Long.MAX_VALUE - 1)).isFalse();
  }

  @Test
  void missedBefore_countsWhatWasNeverSeen() {
    assertThat(log.missedBefore(7)).isZero();
    log.book(7);
    assertThat(log.missedBefore(3)).isZero();
    assertThat(log.missedBefore(8)).isZero();
    assertThat(log.missedBefore(10)).isEqualTo(2);
  }
}
