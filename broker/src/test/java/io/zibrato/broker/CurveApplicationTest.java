package io.zibrato.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zibrato.Zibrato;
import io.zibrato.broker.Peers.Peer;
import io.zibrato.wire.Frame;
import io.zibrato.wire.MalformedFrameException;
import io.zibrato.wire.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Applications whose keys do not do: what they say, and that they send nothing. */
class CurveApplicationTest {
  private static final int APPLICATIONS = 60;

  @TempDir Path dir;

  private final Logger logger = Logger.getLogger("io.zibrato.transport");
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final Handler listening =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          said.add(record.getLevel() + " " + new SimpleFormatter().formatMessage(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
  private KeyFolder keys;

  @BeforeEach
  void listen() {
    logger.addHandler(listening);
    keys = KeyFolder.make(dir.resolve("keys"));
  }

  @AfterEach
  void close() throws Exception {
    logger.removeHandler(listening);
    for (int i = open.size() - 1; i >= 0; i--) open.get(i).close();
  }

  @Test
  void application_saysWhatIsWrong() throws Exception {
    KeyFolder others = KeyFolder.make(dir.resolve("others"));
    keys.add("stranger").remove("stranger");
    int plain = opened(Broker.start(BrokerOptions.onLoopback(0))).publisherPort();
    Broker encrypting =
        opened(Broker.start(BrokerOptions.onLoopback(0).withCurveKeys(keys.broker())));
    int curve = encrypting.publisherPort();

    application(curve, null);
    application(plain, keys.client("client"));
    application(curve, keys.client("stranger"));
    application(curve, others.client("client"));

    awaitSaid("WARNING broker at tcp://127.0.0.1:" + curve, "may want CURVE keys");
    awaitSaid("WARNING broker at tcp://127.0.0.1:" + plain, "may have no CURVE keys");
    awaitSaid("WARNING broker at tcp://127.0.0.1:" + curve, "does not admit us (status 400)");
    awaitSaid("WARNING broker at tcp://127.0.0.1:" + curve, "our broker.key may not be its key");
    assertThat(encrypting.stopped(Cause.NOT_ADMITTED)).isPositive();
  }

  /**
   * Though JeroMQ forgets some connections, and some have ended before their frame is looked at.
   */
  @Test
  void lastFrames_allArrive() throws Exception {
    Broker broker = opened(Broker.start(BrokerOptions.onLoopback(0).withCurveKeys(keys.broker())));
    Peers peers = opened(new Peers(keys.keys("client")));
    Peer worker = peers.worker(broker.workerPort(), "\u0002info\u0000");
    peers.application(broker.publisherPort()).awaitSubscription("\u0002info\u0000");

    for (int i = 0; i < APPLICATIONS; i++) {
      Zibrato application =
          Zibrato.builder()
              .port(broker.publisherPort())
              .closeTimeout(Duration.ofSeconds(20))
              .curveKeys(keys.client("client"))
              .build();
      application.counter("info", "hits").increment();
      application.close();
      worker.receive();
    }

    peers.await(() -> worker.count(CurveApplicationTest::isLast) == APPLICATIONS);
  }

  private static boolean isLast(byte[] message) {
    try {
      return Message.decode(message) instanceof Frame frame && frame.last();
    } catch (MalformedFrameException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void application_sendsNothingWithoutUsableKeys() throws Exception {
    Path damaged = Files.createDirectory(dir.resolve("damaged"));
    Files.writeString(damaged.resolve("client.key_secret"), "curve\n");
    for (String folder : List.of(dir.resolve("nowhere").toString(), damaged.toString(), "")) {
      said.clear();
      try (ServerSocket broker = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
        Zibrato application = application(broker.getLocalPort(), Path.of(folder));
        awaitSaid("SEVERE zibrato.curve.keys: ", "nothing is sent");
        broker.setSoTimeout(1_500);

        assertNobodyConnects(broker);

        application.counter("info", "hits").increment();
        application.close();
        assertThat(said.stream().filter(line -> line.startsWith("SEVERE"))).hasSize(1);
      }
    }
  }

  private static void assertNobodyConnects(ServerSocket broker) throws IOException {
    try {
      broker.accept().close();
      throw new AssertionError("somebody connected");
    } catch (SocketTimeoutException e) {
      // As it should be.
    }
  }

  private Zibrato application(int port, Path folder) {
    var builder = Zibrato.builder().port(port).publishInterval(Duration.ofMillis(50));
    if (folder != null) builder.curveKeys(folder);
    Zibrato application = opened(builder.build());
    application.counter("info", "hits").increment();
    return application;
  }

  private void awaitSaid(String start, String part) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(said).anyMatch(line -> line.startsWith(start) && line.contains(part)));
  }

  private <T extends AutoCloseable> T opened(T some) {
    open.add(some);
    return some;
  }
}
