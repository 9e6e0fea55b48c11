package io.zibrato.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GreetingsTest {
  private static final long SECOND = 1_000_000_000L;

  private final List<Cause> stopped = new ArrayList<>();
  private final List<SocketChannel> channels = new ArrayList<>();
  private long nanos;
  private final Greetings greetings =
      new Greetings((cause, what) -> stopped.add(cause), () -> nanos);

  @BeforeEach
  void open() throws IOException {
    for (int i = 0; i < 3; i++) channels.add(SocketChannel.open());
  }

  @AfterEach
  void close() throws IOException {
    for (SocketChannel channel : channels) channel.close();
  }

  @Test
  void good_isNotCounted() {
    greetings.await(channels.get(0));
    greetings.good();
    greetings.ended(channels.get(0));

    assertThat(stopped).isEmpty();
  }

  @Test
  void none_isCountedAsItEnds() {
    greetings.await(channels.get(0));
    greetings.ended(channels.get(0));
    greetings.ended(channels.get(0));

    assertThat(stopped).containsExactly(Cause.GREETING);
  }

  @Test
  void number_isRightWhicheverOneItWas() {
    greetings.await(channels.get(0));
    greetings.await(channels.get(1));
    greetings.good(); // the second's, taken for the first's
    greetings.ended(channels.get(0));
    assertThat(stopped).isEmpty();

    nanos += 6 * SECOND;
    greetings.await(channels.get(2));

    assertThat(stopped).containsExactly(Cause.GREETING);
    greetings.good();
    greetings.ended(channels.get(1));
    greetings.ended(channels.get(2));
    assertThat(stopped).hasSize(1);
  }
}
