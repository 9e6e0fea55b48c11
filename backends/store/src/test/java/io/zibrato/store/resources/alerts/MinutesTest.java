package io.zibrato.store.resources.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinutesTest {
  @ParameterizedTest
  @CsvSource({"0, 60000", "1, 60000", "59999, 60000", "60000, 120000", "60001, 120000"})
  void next_isTheNextWholeMinute(long now, long next) {
    assertThat(Minutes.next(now)).isEqualTo(next);
  }

  @Test
  @Timeout(30)
  void round_isRunAtTheMinuteOfTheClock() throws Exception {
    final Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofMillis(toNextMinute() - 500));
    final long minute = Minutes.next(clock.millis()) / 1000;
    final BlockingQueue<Long> rounds = new LinkedBlockingQueue<>();
    try (Minutes minutes = new Minutes(clock, rounds::add, "test-minutes")) {
      minutes.start();

      assertThat(rounds.take()).isBetween(minute, minute + 30);
    }
  }

  @Test
  @Timeout(30)
  void close_endsARoundThatWaits() throws Exception {
    final CountDownLatch running = new CountDownLatch(1);
    final CountDownLatch interrupted = new CountDownLatch(1);
    final Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofMillis(toNextMinute() - 50));
    final Minutes minutes =
        new Minutes(
            clock,
            now -> {
              running.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
              }
            },
            "test-minutes");
    minutes.start();
    running.await();

    minutes.close();
    minutes.close();

    interrupted.await();
  }

  private static long toNextMinute() {
    final long now = System.currentTimeMillis();
    return Minutes.next(now) - now;
  }
}
