package io.zibrato.backends.graphite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zibrato.backends.Whereabouts;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PresenceTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  @Test
  void lasts_untilTheConnectionEnds() throws Exception {
    try (ServerSocket carbon = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        Presence presence =
            new Presence(new Whereabouts("127.0.0.1", carbon.getLocalPort()), TIMEOUT)) {
      assertThat(presence.lasts()).isFalse();
      presence.begin();
      assertThat(presence.lasts()).isTrue();
      carbon.accept().close();
      await().until(() -> !presence.lasts());
    }
  }

  /** The old one says nothing, and is not closed. */
  @Test
  void lasts_notWhenTheHostIsElsewhere() throws Exception {
    AtomicLong nanos = new AtomicLong();
    AtomicReference<String> address = new AtomicReference<>("127.0.0.1");
    try (ServerSocket before = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        ServerSocket after =
            new ServerSocket(before.getLocalPort(), 10, InetAddress.getByName("127.0.0.2"));
        Presence presence =
            new Presence(
                new Whereabouts(
                    "carbon.example",
                    before.getLocalPort(),
                    host -> InetAddress.getAllByName(address.get()),
                    nanos::get),
                TIMEOUT)) {
      presence.begin();
      address.set("127.0.0.2");
      nanos.addAndGet(Duration.ofMinutes(1).toNanos());

      assertThat(presence.lasts()).isFalse();
      presence.begin();
      assertThat(presence.lasts()).isTrue();
      assertThat(after.accept().isConnected()).isTrue();
    }
  }
}
