package io.zibrato.broker;

import static io.zibrato.broker.Peers.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.broker.Peers.Peer;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bytes that once stopped a broker, on both sides; then a new application and worker are served.
 */
class HostilePeerTest {
  private static final int CONNECTIONS = 5; // more than there are I/O threads

  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final List<HostilePeer> hostile = new ArrayList<>();
  private final Peers peers = new Peers();
  private Broker broker;

  @BeforeEach
  void start() throws Exception {
    broker = Broker.start(BrokerOptions.onLoopback(0), failures::add);
  }

  @AfterEach
  void close() throws Exception {
    for (HostilePeer peer : hostile) peer.close();
    peers.close();
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "06FFFFFFFFFFFFFFFF", // a negative length, of a command
        "068000000000000000",
        "06800000007FFFFFF0", // negative, and huge as an int
        "02000000007FFFFFF0", // 2 GiB
        "027FFFFFFFFFFFFFFF",
        "02FFFFFFFFFFFFFFFF",
        "0700000000FFFFFFFF",
        "00",
        "0000",
      })
  void lengths_inPlaceOfAHandshake(String hex) throws Exception {
    for (int port : ports()) {
      for (int i = 0; i < CONNECTIONS; i++) open(port).greet().send(HexFormat.of().parseHex(hex));
    }

    assertServes();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "02FFFFFFFFFFFFFFFF",
        "02800000007FFFFFF0",
        "02000000007FFFFFF0",
        "03000000007FFFFFF0",
        "02000000000010000141", // one byte more than a message may have
      })
  void lengths_afterTheHandshake(String hex) throws Exception {
    for (int i = 0; i < CONNECTIONS; i++) {
      open(broker.publisherPort()).greet().ready("PUB").send(HexFormat.of().parseHex(hex));
      open(broker.workerPort()).greet().ready("SUB").send(HexFormat.of().parseHex(hex));
    }

    assertServes();
  }

  @Test
  void http_isToldNothing() throws Exception {
    Peer application = peers.application(broker.publisherPort());
    Peer worker = peers.worker(broker.workerPort(), "info|");
    application.awaitSubscription("info|");
    byte[] get = bytes("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    HostilePeer above = open(broker.publisherPort()).send(get);
    HostilePeer below = open(broker.workerPort()).send(get);
    application.send("info|Counter|secret|1|0|s");
    worker.awaitMessage("info|Counter|secret|1|0|s");

    assertThat(new String(below.answer(), "ISO-8859-1")).doesNotContain("secret", "still open");
    assertThat(new String(above.answer(), "ISO-8859-1")).doesNotContain("info", "still open");
    assertServes();
  }

  /** JeroMQ subscribes peers of ZMTP 1 and 2, which need no handshake, to everything. */
  @ParameterizedTest
  @ValueSource(strings = {"0100", "FF00000000000000017F01020000", "FF00000000000000017F00020000"})
  void peersWithoutHandshake_areToldNothing(String hex) throws Exception {
    Peer application = peers.application(broker.publisherPort());
    Peer worker = peers.worker(broker.workerPort(), "info|");
    application.awaitSubscription("info|");
    HostilePeer old = open(broker.workerPort()).send(HexFormat.of().parseHex(hex));
    application.send("info|Counter|secret|1|0|s");
    worker.awaitMessage("info|Counter|secret|1|0|s");

    assertThat(new String(old.answer(), "ISO-8859-1")).doesNotContain("secret", "still open");
  }

  @Test
  void randomBytes() throws Exception {
    Random random = new Random(5550);
    for (int i = 0; i < 200; i++) {
      byte[] bytes = new byte[1 + random.nextInt(300)];
      random.nextBytes(bytes);
      for (int port : ports()) {
        HostilePeer peer = i % 2 == 0 ? open(port) : open(port).greet();
        peer.send(bytes);
      }
    }

    assertServes();
  }

  @Test
  void randomMessages_afterTheHandshake() throws Exception {
    Random random = new Random(5551);
    for (int i = 0; i < 50; i++) {
      open(broker.publisherPort()).greet().ready("XPUB").send(messages(random, 255));
      open(broker.workerPort()).greet().ready("XSUB").send(messages(random, 127));
    }

    assertServes();
  }

  private static byte[] messages(Random random, int longest) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < 50; i++) {
      byte[] bytes = new byte[random.nextInt(longest)];
      random.nextBytes(bytes);
      out.write(0);
      out.write(bytes.length);
      out.write(bytes);
    }
    return out.toByteArray();
  }

  private void assertServes() {
    Peer application = peers.application(broker.publisherPort());
    Peer worker = peers.worker(broker.workerPort(), "mark|");
    peers.await(
        () -> {
          application.send("mark|Counter|n|1|0|s");
          application.receive();
          return worker.has("mark|Counter|n|1|0|s");
        });
    assertThat(failures).isEmpty();
  }

  private int[] ports() {
    return new int[] {broker.publisherPort(), broker.workerPort()};
  }

  private HostilePeer open(int port) throws Exception {
    HostilePeer peer = new HostilePeer(port);
    hostile.add(peer);
    return peer;
  }
}
