package io.zibrato.meter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OwnStripeTest {
  private final OwnStripe stripe = new OwnStripe(Thread.currentThread());
  private final SharedStripe shared = new SharedStripe();

  @Test
  void record_growsBothWays() {
    stripe.record(100, 5);
    stripe.record(1, 1);
    stripe.record(SharedStripe.SLOTS - 1, 7);
    stripe.record(100, 6);

    long[] slots = new long[SharedStripe.SLOTS];
    assertThat(stripe.addTo(slots)).isEqualTo(19);
    assertThat(slots[1]).isEqualTo(1);
    assertThat(slots[100]).isEqualTo(2);
    assertThat(slots[SharedStripe.SLOTS - 1]).isEqualTo(1);
    assertThat(stripe.timed()).isEqualTo(4);
  }

  @Test
  void record_givesUpWhenACellIsFull() {
    stripe.record(3, 2);
    stripe.cells[1 + 3 - stripe.cells[0]] = OwnStripe.FULL;

    assertThat(stripe.record(3, 2)).isFalse();

    assertThat(stripe.over()).isTrue();
    assertThat(stripe.refersTo(Thread.currentThread())).isFalse();
    assertThat(stripe.timed()).isEqualTo((1L << 32) - 1);
  }

  @Test
  void over_isWhoseThreadHasEnded() throws InterruptedException {
    Thread thread = new Thread(() -> {});
    thread.start();
    OwnStripe ended = new OwnStripe(thread);
    thread.join();

    assertThat(ended.over()).isTrue();
    assertThat(stripe.over()).isFalse();
  }

  @Test
  void moveTo_addsAll() {
    stripe.record(3, 2);
    stripe.record(700, 1_000_000);
    stripe.recordUntimed();
    shared.record(3, 2);

    assertThat(stripe.moveTo(shared)).isTrue();

    long[] slots = new long[SharedStripe.SLOTS];
    assertThat(shared.addTo(slots)).isEqualTo(1_000_004);
    assertThat(slots[3]).isEqualTo(2);
    assertThat(slots[700]).isEqualTo(1);
    assertThat(shared.timed()).isEqualTo(3);
    assertThat(shared.untimed()).isEqualTo(1);
  }
}
