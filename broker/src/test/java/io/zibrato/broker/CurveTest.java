package io.zibrato.broker;

import static io.zibrato.broker.Peers.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zibrato.broker.Peers.Peer;
import io.zibrato.transport.CurveKeys;
import io.zibrato.wire.Message;
import io.zibrato.wire.Upstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/** A broker with keys: whom it admits, and what the others are told, which is nothing. */
class CurveTest {
  private static final String SECRET = "info|Counter|secret|1|0|s";

  @TempDir Path dir;

  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private KeyFolder keys;
  private Peers peers;
  private Broker broker;

  @BeforeEach
  void start() throws Exception {
    keys = KeyFolder.make(dir.resolve("keys"));
    broker = Broker.start(BrokerOptions.onLoopback(0).withCurveKeys(keys.broker()), failures::add);
    peers = opened(new Peers(keys.keys("client")));
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) each.close();
    broker.close();
    assertThat(failures).isEmpty();
  }

  @Test
  void messages_passBothWays() {
    Peer application = peers.application(broker.publisherPort());
    Peer worker = peers.worker(broker.workerPort(), "info|");

    application.awaitSubscription("info|");
    application.send(SECRET);
    worker.awaitMessage(SECRET);
  }

  @Test
  void messages_asLongAsTheyMayBe() {
    Peer application = peers.application(broker.publisherPort());
    Peer worker = peers.worker(broker.workerPort(), "info|");
    application.awaitSubscription("info|");
    byte[] longest = new byte[Message.MAX_BYTES];
    Arrays.fill(longest, (byte) 'x');
    System.arraycopy(bytes("info|"), 0, longest, 0, 5);

    application.send(longest);

    peers.await(() -> worker.has(longest));
  }

  @Test
  void upwards_nothingLongerThanWithoutKeys() {
    Peer application = peers.application(broker.publisherPort());
    Peer worker = peers.worker(broker.workerPort(), "info|");
    application.awaitSubscription("info|");
    byte[] tooLong = new byte[Upstream.MAX_BYTES + 1];
    tooLong[0] = Upstream.RESYNC;

    worker.send(tooLong);
    worker.subscribe("x".repeat(300));
    worker.subscribe("mark|");

    application.awaitSubscription("mark|");
    assertThat(application.received()).noneMatch(message -> message.length > Upstream.MAX_BYTES);
    assertThat(broker.stopped(Cause.MALFORMED)).isEqualTo(2);
  }

  @Test
  void strangers_areRefusedAndToldNothing() throws Exception {
    KeyFolder others = KeyFolder.make(dir.resolve("others"));
    Path swapped = Files.createDirectory(dir.resolve("swapped"));
    Files.copy(
        others.client("client").resolve("client.key_secret"), swapped.resolve("client.key_secret"));
    Files.setPosixFilePermissions(
        swapped.resolve("client.key_secret"), PosixFilePermissions.fromString("rw-------"));
    Files.copy(keys.broker().resolve("broker.key"), swapped.resolve("broker.key"));
    Peers withoutKeys = opened(new Peers());
    Peers withOthersBroker = opened(new Peers(others.keys("client")));
    Peers notInTheList = opened(new Peers(CurveKeys.ofClient(swapped)));

    for (Peers strangers : List.of(withoutKeys, withOthersBroker, notInTheList)) {
      assertToldNothing(strangers);
    }
    assertThat(broker.stopped(Cause.GREETING)).isPositive();
    assertThat(broker.stopped(Cause.HANDSHAKE)).isPositive();
    assertThat(broker.stopped(Cause.NOT_ADMITTED)).isPositive();
  }

  @Test
  void peersWithPasswords_areRefused() {
    Peers plain = opened(new Peers());
    Peer stranger = plain.worker(broker.workerPort());
    stranger.close();
    ZMQ.Socket socket = plain.socket(SocketType.XSUB);
    socket.setPlainUsername("user");
    socket.setPlainPassword("password");

    Peer worker = plain.connect(socket, broker.workerPort());
    worker.subscribe("info|");

    assertHearsNothing(plain, worker);
  }

  private void assertToldNothing(Peers strangers) {
    Peer application = strangers.application(broker.publisherPort());
    Peer worker = strangers.worker(broker.workerPort(), "info|");
    application.send("info|Counter|forged|1|0|s");
    assertHearsNothing(strangers, worker);
    assertThat(application.received()).isEmpty();
  }

  /** While one of ours hears it all, twenty times. */
  private void assertHearsNothing(Peers strangers, Peer stranger) {
    try (Peer application = peers.application(broker.publisherPort());
        Peer worker = peers.worker(broker.workerPort(), "info|")) {
      application.awaitSubscription("info|");
      for (int i = 0; i < 20; i++) {
        String message = SECRET + i;
        peers.await(
            () -> {
              application.send(message);
              return worker.has(message);
            });
        stranger.receive();
      }
      assertThat(stranger.received()).isEmpty();
      assertThat(worker.has("info|Counter|forged|1|0|s")).isFalse();
    }
  }

  @Test
  void list_isReadAgainWhenAClientIsAdded() throws Exception {
    keys.add("late");
    Peers late = opened(new Peers(keys.keys("late")));

    Peer application = late.application(broker.publisherPort());
    Peer worker = late.worker(broker.workerPort(), "info|");

    application.awaitSubscription("info|");
    application.send(SECRET);
    worker.awaitMessage(SECRET);
  }

  @Test
  void list_isReadAgainWhenAClientIsTakenFromIt() throws Exception {
    keys.add("leaver");
    Peers leavers = opened(new Peers(keys.keys("leaver")));
    Peer leaver = leavers.worker(broker.workerPort(), "info|");
    Peer application = peers.application(broker.publisherPort());
    Peer worker = peers.worker(broker.workerPort(), "info|");
    application.awaitSubscription("info|");
    leavers.await(
        () -> {
          application.send(SECRET);
          return leaver.has(SECRET);
        });

    keys.remove("leaver");

    // The connections from its host end; ours are made anew.
    peers.await(() -> broker.stopped(Cause.NOT_ADMITTED) > 0);
    leaver.receive();
    int heard = leaver.received().size();
    worker.subscribe("mark|");
    peers.await(
        () -> {
          application.send("mark|Counter|n|1|0|s");
          application.send(SECRET);
          return worker.has("mark|Counter|n|1|0|s");
        });
    leaver.receive();
    assertThat(leaver.received()).hasSize(heard);
  }

  @Test
  void list_withoutAnybodyAdmitsNobody() throws Exception {
    keys.remove("client");

    assertToldNothingAlone(peers);

    Files.delete(keys.broker().resolve("clients"));

    assertToldNothingAlone(peers);
  }

  private void assertToldNothingAlone(Peers strangers) {
    long before = broker.stopped(Cause.NOT_ADMITTED);
    Peer application = strangers.application(broker.publisherPort());
    Peer worker = strangers.worker(broker.workerPort(), "info|");
    strangers.await(() -> broker.stopped(Cause.NOT_ADMITTED) >= before + 2);
    assertThat(application.received()).isEmpty();
    assertThat(worker.received()).isEmpty();
  }

  @Test
  void list_leavesOutWhatIsDamaged() throws Exception {
    Files.writeString(keys.allowed("damaged"), "curve\n    public-key = \"short\"\n");
    Files.write(keys.allowed("binary"), new byte[] {0, (byte) 0xFF, 13, 10});
    Files.createDirectory(keys.allowed("folder"));
    Files.createSymbolicLink(keys.allowed("dangling"), dir.resolve("nowhere"));

    messages_passBothWays();
  }

  @Test
  void list_thatAnybodyMayWriteToAdmitsNobody() throws Exception {
    Files.setPosixFilePermissions(
        keys.broker().resolve("clients"), PosixFilePermissions.fromString("rwxrwxrwx"));

    assertToldNothingAlone(peers);
  }

  /** Whoever may write there can put another list in its place. */
  @Test
  void list_inAFolderThatAnybodyMayWriteToAdmitsNobody() throws Exception {
    Files.setPosixFilePermissions(keys.broker(), PosixFilePermissions.fromString("rwxrwxrwx"));

    assertToldNothingAlone(peers);
  }

  @Test
  void start_failsWithoutUsableKeys() throws Exception {
    Path secret = keys.broker().resolve("broker.key_secret");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r-----"));
    assertStartFails(keys.broker(), secret.toString(), "0640", "rw-r-----");

    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(
        secret,
        Files.readString(secret).replaceAll("secret-key = \".....", "secret-key = \"~~~~~"));
    assertStartFails(keys.broker(), secret.toString(), "secret-key");

    Files.delete(secret);
    assertStartFails(keys.broker(), secret.toString());
    assertStartFails(dir.resolve("nowhere"), "nowhere");
  }

  private static void assertStartFails(Path folder, String... reasons) {
    assertThatThrownBy(() -> Broker.start(BrokerOptions.onLoopback(0).withCurveKeys(folder)))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(reasons);
  }

  /** Without it, ZeroMQ would admit everybody: so it lives and ends with the broker. */
  @Test
  void admission_thatFailsEndsTheBroker() {
    Peer worker = peers.worker(broker.workerPort(), "info|");
    Peer application = peers.application(broker.publisherPort());
    application.awaitSubscription("info|");

    broker.admission.orElseThrow().allowed.files = null;

    peers.await(() -> !failures.isEmpty());
    assertThat(failures.get(0)).contains("zibrato-broker");
    failures.clear();
    Peers strangers = opened(new Peers());
    Peer stranger = strangers.worker(broker.workerPort(), "info|");
    Peer late = peers.worker(broker.workerPort(), "info|");
    for (int i = 0; i < 20; i++) application.send(SECRET);
    peers.await(() -> isClosed(broker.workerPort()));
    assertThat(stranger.received()).isEmpty();
    assertThat(late.received()).isEmpty();
    assertThat(worker.has(SECRET)).isFalse();
  }

  /** The broker tells of the failure first, and then closes. */
  private static boolean isClosed(int port) {
    try {
      new HostilePeer(port).close();
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private <T extends AutoCloseable> T opened(T some) {
    open.add(some);
    return some;
  }
}
