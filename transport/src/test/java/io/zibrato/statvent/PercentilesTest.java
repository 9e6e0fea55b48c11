package io.zibrato.statvent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {
  @Test
  void index_isTheFloorLessOne() {
    assertThat(Percentiles.index(1, 50)).isZero();
    assertThat(Percentiles.index(2, 50)).isZero();
    assertThat(Percentiles.index(3, 50)).isZero();
    assertThat(Percentiles.index(4, 50)).isEqualTo(1);
    assertThat(Percentiles.index(20, 95)).isEqualTo(18);
    assertThat(Percentiles.index(99, 99)).isEqualTo(97);
    assertThat(Percentiles.index(100, 99)).isEqualTo(98);
    assertThat(Percentiles.index(100, 100)).isEqualTo(99);
  }

  @Test
  void of_hundredValues() {
    List<Long> values = LongStream.rangeClosed(1, 100).boxed().toList();

    assertThat(Percentiles.of(values).keySet()).containsExactlyElementsOf(Percentiles.LABELS);
    assertThat(Percentiles.of(values))
        .containsEntry("median", 50L)
        .containsEntry("95th", 95L)
        .containsEntry("99th", 99L)
        .containsEntry("100th", 100L)
        .containsEntry("mean", 50.5);
  }

  @Test
  void of_oneValueIsAllOfThem() {
    assertThat(Percentiles.of(List.of(2.5)).values()).containsOnly(2.5);
  }
}
