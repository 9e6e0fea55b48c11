package io.zibrato.meter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OwnStripeTest {
  private final OwnStripe stripe = OwnStripe.of(Thread.currentThread());
  private final SharedStripe shared = new SharedStripe();

  @Test
  void record_growsBothWays() {
    record(100, 5);
    record(1, 1);
    record(SharedStripe.SLOTS - 1, 7);
    record(100, 6);

    long[] slots = new long[SharedStripe.SLOTS];
    assertThat(stripe.addTo(slots)).isEqualTo(19);
    assertThat(slots[1]).isEqualTo(1);
    assertThat(slots[100]).isEqualTo(2);
    assertThat(slots[SharedStripe.SLOTS - 1]).isEqualTo(1);
    assertThat(stripe.timed()).isEqualTo(4);
  }

  @Test
  void record_givesUpWhenACellIsFull() {
    record(3, 2);
    stripe.cells[3] = -1; // the slots from 0 on are there

    assertThat(stripe.record(3, 2)).isFalse();
    assertThat(stripe.makeRoom(3)).isFalse();

    assertThat(stripe.over()).isTrue();
    assertThat(stripe.refersTo(Thread.currentThread())).isFalse();
    assertThat(stripe.timed()).isEqualTo((1L << 32) - 1);
  }

  @Test
  void over_isWhoseThreadHasEnded() throws InterruptedException {
    Thread thread = new Thread(() -> {});
    thread.start();
    OwnStripe ended = OwnStripe.of(thread);
    thread.join();

    assertThat(ended.over()).isTrue();
    assertThat(stripe.over()).isFalse();
  }

  @Test
  void moveTo_addsAll() {
    record(3, 2);
    record(700, 1_000_000);
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

  private void record(int slot, long nanos) {
    assertThat(stripe.makeRoom(slot)).isTrue();
    assertThat(stripe.record(slot, nanos)).isTrue();
  }
}
