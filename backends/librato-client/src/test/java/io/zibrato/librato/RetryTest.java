package io.zibrato.librato;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RetryTest {
  private final RetryPolicy policy = new RetryPolicy(9, 100, 1000, 60);
  private final Clock clock = Clock.fixed(Instant.ofEpochSecond(784_111_777), ZoneOffset.UTC);

  @Test
  void delayMillis_doublesUpToTheCap() {
    assertThat(policy.delayMillis(0, 1)).isEqualTo(100);
    assertThat(policy.delayMillis(1, 1)).isEqualTo(200);
    assertThat(policy.delayMillis(3, 1)).isEqualTo(800);
    assertThat(policy.delayMillis(4, 1)).isEqualTo(1000);
    assertThat(policy.delayMillis(Integer.MAX_VALUE, 1)).isEqualTo(1000);
  }

  @Test
  void delayMillis_isBetweenHalfAndAll() {
    assertThat(policy.delayMillis(2, 0)).isEqualTo(200);
    assertThat(policy.delayMillis(2, 0.5)).isEqualTo(300);
  }

  @Test
  void retryAfter_seconds() {
    assertThat(RetryAfter.seconds(" 120 ", clock)).isEqualTo(120);
    assertThat(RetryAfter.seconds("0", clock)).isZero();
  }

  @Test
  void retryAfter_date() {
    assertThat(RetryAfter.seconds("Sun, 06 Nov 1994 08:50:00 GMT", clock)).isEqualTo(23);
    assertThat(RetryAfter.seconds("Sun, 06 Nov 1994 08:00:00 GMT", clock)).isZero();
  }

  @Test
  void retryAfter_thatCannotBeRead() {
    assertThat(RetryAfter.seconds(null, clock)).isEqualTo(-1);
    assertThat(RetryAfter.seconds("soon", clock)).isEqualTo(-1);
    assertThat(RetryAfter.seconds("-5", clock)).isEqualTo(-1);
    assertThat(RetryAfter.seconds("99999999999999999999", clock)).isEqualTo(-1);
  }
}
