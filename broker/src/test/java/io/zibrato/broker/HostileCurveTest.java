package io.zibrato.broker;

import static io.zibrato.broker.HostileCurvePeer.bytes;
import static io.zibrato.broker.HostileCurvePeer.property;
import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.broker.Peers.Peer;
import io.zibrato.transport.KeyFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes before and within a CURVE handshake, on both sides; then a new client is served. */
class HostileCurveTest {
  private static final int CONNECTIONS = 5;
  private static final byte[] SUB = property("Socket-Type", 3, "SUB");

  @TempDir Path dir;

  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private KeyFolder keys;
  private String brokerKey;
  private Peers peers;
  private Broker broker;

  interface Attack {
    void on(HostileCurvePeer peer) throws Exception;
  }

  @BeforeEach
  void start() throws Exception {
    keys = KeyFolder.make(dir.resolve("keys"));
    brokerKey = KeyFile.readPublic(keys.broker().resolve("broker.key")).publicKey();
    broker = Broker.start(BrokerOptions.onLoopback(0).withCurveKeys(keys.broker()), failures::add);
    peers = new Peers(keys.keys("client"));
    open.add(peers);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) each.close();
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "06FFFFFFFFFFFFFFFF",
        "06800000007FFFFFF0",
        "02000000007FFFFFF0",
        "0700000000FFFFFFFF",
        "0400",
        "040105",
        "0000",
        "474554202F20485454502F312E310D0A0D0A",
      })
  void lengths_inPlaceOfAHello(String hex) throws Exception {
    attack(peer -> peer.greet().send(HexFormat.of().parseHex(hex)));
    attack(peer -> peer.greet().hello().send(HexFormat.of().parseHex(hex)));
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 7, 80, 199, 200, 201, 511, 512, 513, 100_000})
  void hello_ofAllLengthsWithNothingInIt(int length) throws Exception {
    attack(peer -> peer.greet().command(padded("\5HELLO\1\0", length)));
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 256, 257, 500, 511, 512, 513, 514, 600, 100_000, 1_048_576})
  void initiate_ofAllLengthsWithNothingInIt(int length) throws Exception {
    attack(peer -> peer.greet().hello().command(padded("\10INITIATE", length)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\7WELCOME", "\5READY", "\5ERROR\003400", "\7MESSAGE", "\4PING\0\1"})
  void commands_thatComeTooEarly(String command) throws Exception {
    attack(peer -> peer.greet().command(bytes(command)));
    attack(peer -> peer.greet().command(padded(command, 200)));
    attack(peer -> peer.greet().hello().command(padded(command, 200)));
  }

  @Test
  void initiate_withPropertiesThatAreNone() throws Exception {
    attack(peer -> peer.greet().hello().initiate(new byte[0]));
    attack(peer -> peer.greet().hello().initiate(new byte[] {(byte) 0xFF}));
    attack(peer -> peer.greet().hello().initiate(new byte[256]));
    for (int length : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 200, 4, 0}) {
      attack(peer -> peer.greet().hello().initiate(property("Socket-Type", length, "SUB")));
      attack(peer -> peer.greet().hello().initiate(property("", length, "")));
    }
    attack(peer -> peer.greet().hello().initiate(property("Socket-Type", 3, "XYZ")));
  }

  @Test
  void admission_isNotAwaited() throws Exception {
    attack(peer -> peer.greet().hello().initiate(SUB).close());
    attack(peer -> peer.greet().hello().initiate(SUB).command(bytes("\7MESSAGE")));
    attack(peer -> peer.greet().hello().initiate(SUB).command(padded("\7MESSAGE", 100)));
    attack(peer -> peer.greet().hello().initiate(SUB).initiate(SUB));
    attack(peer -> peer.greet().hello().initiate(SUB).send(new byte[300]));
    assertThat(broker.stopped(Cause.NOT_ADMITTED)).isPositive();
  }

  @Test
  void admitted_andHostile() throws Exception {
    attackAdmitted(peer -> peer.message(0, new byte[0]));
    attackAdmitted(peer -> peer.message(0xFF, new byte[400]));
    attackAdmitted(peer -> peer.message(2, bytes("\4PING")));
    attackAdmitted(peer -> peer.message(2, bytes("\4PING\377\377")));
    attackAdmitted(peer -> peer.message(2, padded("\4PING\0\1", 400)));
    attackAdmitted(peer -> peer.message(2, bytes("\11SUBSCRIBE")));
    attackAdmitted(peer -> peer.message(0, padded("\1topic", 400)));
    attackAdmitted(peer -> peer.command(padded("\7MESSAGE", 32)));
    attackAdmitted(peer -> peer.command(padded("\7MESSAGE", 33)));
    attackAdmitted(peer -> peer.send(new byte[100]));
    attackAdmitted(
        peer -> {
          for (int i = 0; i < 1_000; i++) peer.message(1, bytes("info|part"));
        });
  }

  private void attackAdmitted(Attack attack) throws Exception {
    attack(
        peer -> {
          Path allowed = keys.allowed("hostile");
          Files.writeString(allowed, "    public-key = \"" + peer.publicKey() + "\"\n");
          peer.greet().hello().initiate(type(peer)).ready();
          attack.on(peer);
        });
    assertThat(broker.stopped(Cause.NOT_ADMITTED)).isZero();
  }

  @Test
  void bytes_atRandom() throws Exception {
    Random random = new Random(5552);
    for (int i = 0; i < 20; i++) {
      byte[] some = new byte[1 + random.nextInt(600)];
      random.nextBytes(some);
      attackOnce(peer -> peer.greet().send(some));
      attackOnce(peer -> peer.greet().command(some));
      attackOnce(peer -> peer.greet().hello().command(some));
      attackOnce(peer -> peer.greet().hello().initiate(SUB).command(some));
    }
    assertServes();
  }

  /** That of a peer of the side, or the broker would end the handshake. */
  private byte[] type(HostileCurvePeer peer) {
    boolean publisher = peer.port() == broker.publisherPort();
    return property("Socket-Type", 3, publisher ? "PUB" : "SUB");
  }

  private static byte[] padded(String start, int length) {
    return ByteBuffer.allocate(Math.max(length, start.length())).put(bytes(start)).array();
  }

  private void attack(Attack attack) throws Exception {
    for (int i = 0; i < CONNECTIONS; i++) attackOnce(attack);
    assertServes();
  }

  private void attackOnce(Attack attack) throws Exception {
    for (int port : new int[] {broker.publisherPort(), broker.workerPort()}) {
      HostileCurvePeer peer = new HostileCurvePeer(port, brokerKey);
      open.add(peer);
      try {
        attack.on(peer);
      } catch (IOException e) {
        // The broker may well close the connection while bytes are still being sent.
      }
    }
  }

  private void assertServes() {
    try (Peer application = peers.application(broker.publisherPort());
        Peer worker = peers.worker(broker.workerPort(), "mark|")) {
      peers.await(
          () -> {
            application.send("mark|Counter|n|1|0|s");
            application.receive();
            return worker.has("mark|Counter|n|1|0|s");
          });
    }
    assertThat(failures).isEmpty();
  }
}
