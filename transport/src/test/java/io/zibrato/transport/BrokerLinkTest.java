package io.zibrato.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.zeromq.ZContext;

class BrokerLinkTest {
  /** It is tried again each second: a socket each time would soon be all that there may be. */
  @Test
  void open_leavesNoSocketWhereTheHostIsNotFound() {
    try (ZContext context = new ZContext()) {
      for (int i = 0; i < 3; i++) {
        BrokerLink link =
            new BrokerLink(
                context, "tcp://no-such-host.invalid:5550", Optional.empty(), 10, null, null);
        assertThatThrownBy(link::open).hasMessageContaining("no-such-host.invalid");
        link.close();
      }

      assertThat(context.getSockets()).isEmpty();
    }
  }
}
