package io.zibrato.meter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageTest {
  private final Page page = new Page(Thread.currentThread());

  @Test
  void makeRoom_isForAnyId() {
    assertThat(page.add(70, 1)).isFalse();
    for (int id : new int[] {70, 0, 9_999, 63, 64, 70}) {
      assertThat(page.makeRoom(id)).isTrue();
      assertThat(page.add(id, id + 1)).isTrue();
    }

    assertThat(page.sum(70)).isEqualTo(142);
    assertThat(page.sum(0)).isEqualTo(1);
    assertThat(page.sum(9_999)).isEqualTo(10_000);
    assertThat(page.sum(65)).isZero();
    assertThat(page.sum(100_000)).isZero();
    assertThat(page.end()).isGreaterThan(9_999);
  }

  @Test
  void add_refusesWhatTheNumberCannotHold() {
    assertThat(page.add(3, Long.MAX_VALUE)).isTrue();

    assertThat(page.add(3, 1)).isFalse();
    assertThat(page.add(3, Long.MAX_VALUE)).isFalse();

    assertThat(page.sum(3)).isEqualTo(Long.MAX_VALUE);
    page.fill(3);
    assertThat(page.add(3, Long.MAX_VALUE)).isFalse();
    assertThat(page.sum(3)).isNegative();
  }
}
