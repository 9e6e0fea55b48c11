package io.zibrato.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);
  private final RateLimit limit = new RateLimit(3, 2, nanoTime::get);

  @Test
  void tryAcquire_beginsWithABurst() {
    assertThat(acquired(10)).isEqualTo(3);
  }

  @Test
  void tryAcquire_refillsSteadily() {
    acquired(10);

    nanoTime.addAndGet(499_999_999);
    assertThat(acquired(10)).isZero();
    nanoTime.addAndGet(1);
    assertThat(acquired(10)).isEqualTo(1);
    nanoTime.addAndGet(1_000_000_000); // past the overflow of nanoTime
    assertThat(acquired(10)).isEqualTo(2);
  }

  @Test
  void tryAcquire_keepsNoMoreThanABurst() {
    nanoTime.addAndGet(60_000_000_000L);

    assertThat(acquired(10)).isEqualTo(3);
  }

  private int acquired(int attempts) {
    int acquired = 0;
    for (int i = 0; i < attempts; i++) if (limit.tryAcquire()) acquired++;
    return acquired;
  }
}
