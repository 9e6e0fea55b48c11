package io.zibrato.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EndpointsTest {
  @Test
  void tcp_takesNamesAndAddresses() {
    assertThat(Endpoints.tcp("127.0.0.1", 1)).isEqualTo("tcp://127.0.0.1:1");
    assertThat(Endpoints.tcp("broker", 65535)).isEqualTo("tcp://broker:65535");
    assertThat(Endpoints.tcp("*", 5550)).isEqualTo("tcp://*:5550");
    assertThat(Endpoints.tcp("::1", 5550)).isEqualTo("tcp://[::1]:5550");
    assertThat(Endpoints.tcp("[::1]", 5550)).isEqualTo("tcp://[::1]:5550");
  }

  @Test
  void tcp_rejectsWhatIsNoAddress() {
    for (int port : new int[] {-1, 0, 65536}) {
      assertThatThrownBy(() -> Endpoints.tcp("a", port)).hasMessageContaining("" + port);
    }
    assertThatThrownBy(() -> Endpoints.tcp(" ", 1)).hasMessageContaining("host");
  }

  @Test
  void loopback_isToldWithoutLookingUp() {
    for (String host : new String[] {"127.0.0.1", "127.9.9.9", "localhost", "::1", "[::1]"}) {
      assertThat(Endpoints.isLoopback(host)).as(host).isTrue();
    }
    for (String host : new String[] {"*", "0.0.0.0", "128.0.0.1", "127.0.0.1.evil", "::", "a"}) {
      assertThat(Endpoints.isLoopback(host)).as(host).isFalse();
    }
  }
}
