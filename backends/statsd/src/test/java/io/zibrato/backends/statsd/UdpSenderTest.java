package io.zibrato.backends.statsd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.Pacer;
import io.zibrato.backends.RetryException;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.Whereabouts;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UdpSenderTest {
  private static final Snapshot PART =
      new Snapshot(
          1, 0, 1, List.of(new CounterTotal(new SeriesKey("n", ""), 1)), List.of(), List.of());

  private FakeDaemon daemon;
  private UdpSender sender;

  @BeforeEach
  void open() throws IOException {
    daemon = new FakeDaemon();
    sender = new UdpSender(where(), Duration.ofSeconds(1), new Pacer(1_000_000));
  }

  @AfterEach
  void close() throws IOException {
    sender.close();
    daemon.close();
  }

  private Whereabouts where() {
    return new Whereabouts("127.0.0.1", daemon.port());
  }

  private static List<byte[]> packets(String... texts) {
    List<byte[]> packets = new ArrayList<>();
    for (String text : texts) packets.add(text.getBytes(StandardCharsets.US_ASCII));
    return packets;
  }

  @Test
  void greet_knowsThatNobodyListens() throws IOException {
    sender.greet();
    daemon.deafen();

    assertThatThrownBy(sender::greet).isInstanceOf(IOException.class);
    daemon.listen();
    sender.greet();
  }

  @Test
  void deliver_sendsInOrder() throws Exception {
    sender.deliver(PART, packets("a:1|c", "b:1|c"));

    await().until(() -> daemon.packets().size() == 2);
    assertThat(daemon.packets()).containsExactly("a:1|c", "b:1|c");
  }

  @Test
  void deliver_sendsNothingWhereNobodyListens() throws Exception {
    daemon.deafen();

    RetryException e =
        catchThrowableOfType(
            RetryException.class, () -> sender.deliver(PART, packets("a:1|c", "b:1|c")));

    assertThat(e.ambiguous()).isFalse();
    daemon.listen();
    sender.deliver(PART, packets("a:1|c", "b:1|c"));
    await().until(() -> daemon.packets().size() == 2);
    assertThat(daemon.packets()).containsExactly("a:1|c", "b:1|c");
  }

  /** The daemon goes away after the first of three: none arrives twice. */
  @Test
  void deliver_goesOnWhereItWasHeard() throws Exception {
    sender.greet();
    List<byte[]> packets = packets("a:1|c", "b:1|c", "c:1|c");
    List<byte[]> cut =
        new ArrayList<>(packets) {
          private static final long serialVersionUID = 1;

          @Override
          public byte[] get(int index) {
            if (index == 1) {
              await().until(() -> daemon.packets().size() == 1);
              daemon.deafen();
            }
            return super.get(index);
          }
        };

    RetryException e = catchThrowableOfType(RetryException.class, () -> sender.deliver(PART, cut));

    assertThat(e.ambiguous()).isTrue();
    daemon.listen();
    sender.deliver(PART, packets);
    await().until(() -> daemon.packets().contains("c:1|c"));
    assertThat(daemon.packets()).containsOnlyOnce("a:1|c", "c:1|c");
  }

  @Test
  void close_endsWhatIsUnderWay() throws Exception {
    UdpSender slow = new UdpSender(where(), Duration.ofSeconds(1), new Pacer(20));
    List<byte[]> many = packets(Collections.nCopies(10_000, "a:1|c").toArray(String[]::new));
    CompletableFuture<RetryException> failed =
        CompletableFuture.supplyAsync(
            () -> catchThrowableOfType(RetryException.class, () -> slow.deliver(PART, many)));
    await().until(() -> daemon.packets().size() > 2);

    slow.close();

    assertThat(failed.get(10, TimeUnit.SECONDS).ambiguous()).isTrue();
    assertThatThrownBy(slow::greet).isInstanceOf(IOException.class);
  }

  @Test
  void deliver_beginsAnewWithAnotherPart() throws Exception {
    daemon.deafen();
    assertThatThrownBy(() -> sender.deliver(PART, packets("a:1|c")))
        .isInstanceOf(RetryException.class);
    daemon.listen();
    Snapshot other =
        new Snapshot(
            2, 0, 1, List.of(new CounterTotal(new SeriesKey("n", ""), 1)), List.of(), List.of());

    sender.deliver(other, packets("x:1|c", "y:1|c"));

    await().until(() -> daemon.packets().size() == 2);
    assertThat(daemon.packets()).containsExactly("x:1|c", "y:1|c");
  }

  /** The machine that it was on says nothing. */
  @Test
  void deliver_followsADaemonThatMoved() throws Exception {
    AtomicLong nanos = new AtomicLong();
    AtomicReference<String> address = new AtomicReference<>("127.0.0.2");
    Whereabouts where =
        new Whereabouts(
            "statsd.example",
            daemon.port(),
            host -> InetAddress.getAllByName(address.get()),
            nanos::get);
    try (DatagramSocket silent =
            new DatagramSocket(new InetSocketAddress("127.0.0.2", daemon.port()));
        UdpSender own = new UdpSender(where, Duration.ofSeconds(1), new Pacer(1_000_000))) {
      own.greet();
      own.deliver(PART, packets("a:1|c"));
      address.set("127.0.0.1");
      nanos.addAndGet(Duration.ofMinutes(1).toNanos());

      own.deliver(PART, packets("b:1|c", "c:1|c"));

      await().until(() -> daemon.packets().size() == 2);
      assertThat(daemon.packets()).containsExactly("b:1|c", "c:1|c");
      assertThat(silent.isClosed()).isFalse();
    }
  }
}
