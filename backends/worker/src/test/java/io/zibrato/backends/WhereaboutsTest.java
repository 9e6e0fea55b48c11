package io.zibrato.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WhereaboutsTest {
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  private List<InetAddress> addresses = List.of(address(1));
  private final Whereabouts where =
      new Whereabouts(
          "h",
          8125,
          host -> {
            asked.incrementAndGet();
            if (addresses.isEmpty()) throw new UnknownHostException(host);
            return addresses.toArray(InetAddress[]::new);
          },
          nanos::get);

  private static InetAddress address(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private void later() {
    nanos.addAndGet(Whereabouts.ASK_AFTER.toNanos());
  }

  @Test
  void moved_onceTheHostHasAnotherAddress() throws Exception {
    assertThat(where.ask().getAddress()).isEqualTo(address(1));
    later();
    assertThat(where.moved()).isFalse();
    addresses = List.of(address(2));
    assertThat(where.moved()).isFalse();
    later();
    assertThat(where.moved()).isTrue();
    assertThat(where.ask().getAddress()).isEqualTo(address(2));
  }

  @Test
  void moved_notWhileItIsOneOfMany() throws Exception {
    addresses = List.of(address(1), address(2));
    where.ask();
    later();
    addresses = List.of(address(2), address(1));

    assertThat(where.moved()).isFalse();
  }

  @Test
  void moved_notWhileNobodyKnows() throws Exception {
    assertThat(where.moved()).isFalse();
    where.ask();
    later();
    addresses = List.of();

    assertThat(where.moved()).isFalse();
    assertThat(where.moved()).isFalse();
    assertThat(asked.get()).isEqualTo(2);
    assertThatThrownBy(where::ask).isInstanceOf(UnknownHostException.class);
  }
}
