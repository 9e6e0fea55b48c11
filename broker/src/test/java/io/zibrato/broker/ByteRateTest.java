package io.zibrato.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteRateTest {
  private long nowNanos;

  @Test
  void tryTake_givesABurstAndThenARate() {
    ByteRate rate = new ByteRate(10_000, () -> nowNanos);
    int bytes = 1_000 - ByteRate.MESSAGE_BYTES;

    assertThat(taken(rate, bytes)).isEqualTo(10 * ByteRate.BURST_SECONDS);
    nowNanos += 1_000_000_000L;
    assertThat(taken(rate, bytes)).isEqualTo(10);
    nowNanos += 3_600_000_000_000L;
    assertThat(taken(rate, bytes)).isEqualTo(10 * ByteRate.BURST_SECONDS);
  }

  private static int taken(ByteRate rate, int bytes) {
    int taken = 0;
    while (rate.tryTake(bytes)) taken++;
    return taken;
  }
}
