package io.zibrato.bench.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MedianTest {
  @Test
  void odd_isTheMiddleOne() {
    assertThat(Median.of(9, 1, 2)).isEqualTo(2);
  }

  @Test
  void even_isBetweenTheMiddleTwo() {
    assertThat(Median.of(9, 1, 2, 4)).isEqualTo(3);
  }

  @Test
  void none_isNotANumber() {
    assertThat(Median.of()).isNaN();
  }
}
