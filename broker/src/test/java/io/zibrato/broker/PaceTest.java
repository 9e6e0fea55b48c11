package io.zibrato.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {
  private final List<Long> naps = new ArrayList<>();
  private int waits;
  private final Pace pace = new Pace(naps::add, () -> waits++);

  @Test
  void idle_waitsToBeWoken() {
    rest(0, 3);

    assertThat(waits).isEqualTo(3);
    assertThat(naps).isEmpty();
  }

  @Test
  void fewMessages_letsThemGather() {
    rest(10, 20);

    assertThat(naps).isSorted().endsWith(Pace.LONGEST_NANOS);
    assertThat(waits).isZero();
  }

  @Test
  void manyMessages_napsShorter() {
    rest(10, 20);

    rest(Downstream.BURST - 1, 20);

    assertThat(naps).endsWith(Pace.SHORTEST_NANOS);
  }

  @Test
  void fullBurst_goesOnAtOnce() {
    rest(Downstream.BURST, 5);

    assertThat(naps).isEmpty();
    assertThat(waits).isZero();
  }

  @Test
  void messagesEndAndComeAgain_waitsAfterAWhileAndBeginsWithAShortNap() {
    rest(10, 20);
    naps.clear();

    rest(0, 200);
    assertThat(waits).isPositive();
    assertThat(naps.stream().mapToLong(nap -> nap).sum())
        .isBetween(Pace.IDLE_NANOS, Pace.IDLE_NANOS + Pace.LONGEST_NANOS);

    naps.clear();
    rest(10, 1);
    assertThat(naps).containsExactly(2 * Pace.SHORTEST_NANOS);
  }

  private void rest(int moved, int times) {
    for (int i = 0; i < times; i++) pace.rest(moved);
  }
}
