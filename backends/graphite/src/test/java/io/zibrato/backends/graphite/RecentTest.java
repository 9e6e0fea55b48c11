package io.zibrato.backends.graphite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentTest {
  private static final byte[] A = {1};
  private static final byte[] B = {2};

  @Test
  void packets_goWithTheirAge() {
    Recent recent = new Recent(Duration.ofNanos(10), 1000);
    recent.add(List.of(A), 0);
    recent.add(List.of(B), 5);

    assertThat(recent.packets(10)).containsExactly(A, B);
    assertThat(recent.packets(11)).containsExactly(B);
    assertThat(recent.packets(16)).isEmpty();
  }

  @Test
  void packets_areBounded() {
    Recent recent = new Recent(Duration.ofDays(1), 1000);
    for (int i = 0; i < 100; i++) recent.add(List.of(new byte[100]), 0);

    assertThat(recent.packets(0)).hasSize(7);
  }

  @Test
  void renewed_areAsNew() {
    Recent recent = new Recent(Duration.ofNanos(10), 1000);
    recent.add(List.of(A), 0);
    recent.add(List.of(B), 5);
    recent.renew(8);

    assertThat(recent.packets(18)).containsExactly(A, B);
    assertThat(recent.packets(19)).isEmpty();
  }
}
