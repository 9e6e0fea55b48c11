package io.zibrato.store.points;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SumTest {
  @Test
  void total_ofWholeNumbersIsExactBeyondDoubles() {
    final Sum sum = new Sum();
    sum.add(1L << 53);
    LongStream.range(0, 1001).forEach(i -> sum.add(1L));

    assertThat(sum.total()).isEqualTo((1L << 53) + 1001);
  }

  @Test
  void total_ofTenthsIsWhatAPersonExpects() {
    final Sum sum = new Sum();
    LongStream.range(0, 10).forEach(i -> sum.add(0.1));

    assertThat(sum.total()).isEqualTo(1L);
  }

  @Test
  void total_keepsWholeAndFraction() {
    final Sum sum = new Sum();
    sum.add(1_000_000_000L);
    sum.add(0.25);
    sum.add(2L);

    assertThat(sum.total()).isEqualTo(1_000_000_002.25);
  }

  @Test
  void total_pastTheRangeOfLong() {
    final Sum sum = new Sum();
    sum.add(Long.MAX_VALUE);
    sum.add(Long.MAX_VALUE);
    sum.add(Long.MIN_VALUE);

    assertThat(sum.total().doubleValue()).isEqualTo(0x1p63);
  }
}
