package io.zibrato.backends;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WindowLogTest {
  private final WindowLog log = new WindowLog(false);

  @Test
  void isTaken_knowsTheLastWindows() {
    Random random = new Random(1);
    Set<Long> taken = new HashSet<>();
    long newest = -1;
    for (int i = 0; i < 10_000; i++) {
      long window = Math.max(0, newest + random.nextInt(8) - 5);
      boolean known = taken.contains(window) || newest >= 0 && newest - window >= 64;
      assertThat(log.isTaken(window)).as("window %s of %s", window, newest).isEqualTo(known);
      if (random.nextBoolean()) continue;
      log.take(window);
      taken.add(window);
      newest = Math.max(newest, window);
    }
  }

  @Test
  void isTaken_countsWhatIsOld() {
    log.take(5);
    log.take(100);
    log.take(Long.MAX_VALUE);

    assertThat(log.isTaken(100)).isTrue();
    assertThat(log.isTaken(6)).isTrue();
    assertThat(log.isTaken(Long.MAX_VALUE)).isTrue();
    assertThat(log.isTaken(Long.MAX_VALUE - 1)).isFalse();
  }

  @Test
  void missedBefore_countsWhatWasNeverSeen() {
    assertThat(log.missedBefore(7)).isZero();
    log.take(7);
    assertThat(log.missedBefore(3)).isZero();
    assertThat(log.missedBefore(8)).isZero();
    assertThat(log.missedBefore(10)).isEqualTo(2);
    assertThat(new WindowLog(true).missedBefore(3)).isEqualTo(2);
  }
}
