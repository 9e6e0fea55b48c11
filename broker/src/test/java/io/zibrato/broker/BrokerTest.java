package io.zibrato.broker;

import static io.zibrato.broker.Peers.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zibrato.broker.Peers.Peer;
import io.zibrato.wire.Frame;
import io.zibrato.wire.MalformedFrameException;
import io.zibrato.wire.Message;
import io.zibrato.wire.Topic;
import io.zibrato.wire.Upstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.zeromq.ZMQ;

class BrokerTest {
  private static final String FRAME_TOPIC = "\u0002info\u0000";

  private final Peers peers = new Peers();
  private Broker broker = start(0);

  @AfterEach
  void close() {
    peers.close();
    broker.close();
  }

  @Test
  void start_takesNeighbouringPorts() {
    assertThat(broker.workerPort()).isEqualTo(broker.publisherPort() + 1);
    assertThat(broker)
        .hasToString(
            "broker listening on 127.0.0.1:%d (publishers) and 127.0.0.1:%d (workers)"
                .formatted(broker.publisherPort(), broker.workerPort()));
  }

  @Test
  void start_saysThatThePublisherPortIsInUse() {
    assertThatThrownBy(() -> Broker.start(BrokerOptions.onLoopback(broker.publisherPort())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("port " + broker.publisherPort() + " is in use")
        .hasMessageContaining("publisher side");
  }

  @Test
  void start_saysThatTheWorkerPortIsInUse() {
    int below = broker.publisherPort() - 1;

    assertThatThrownBy(() -> Broker.start(BrokerOptions.onLoopback(below)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("port " + broker.publisherPort() + " is in use")
        .hasMessageContaining("worker side");
  }

  @Test
  void start_leavesNoPortBehindWhenTheOtherIsInUse() throws Exception {
    int port = broker.publisherPort();
    broker.close();
    try (ServerSocket other = new ServerSocket(port + 1, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThat(other.isBound()).isTrue();
      assertThatThrownBy(() -> Broker.start(BrokerOptions.onLoopback(port)));
    }

    broker = start(port);

    assertThat(broker.publisherPort()).isEqualTo(port);
  }

  @Test
  void close_twice() {
    broker.close();
    broker.close();
  }

  @Test
  void close_handsOnWhatItHas() {
    Peer application = application();
    Peer worker = worker("info|");
    application.awaitSubscription("info|");
    for (int i = 0; i < 500; i++) application.send("info|Counter|n|" + i + "|0|s");
    worker.awaitMessage("info|Counter|n|0|0|s");

    broker.close();

    worker.awaitMessage("info|Counter|n|499|0|s");
  }

  @Test
  void messages_reachWhoSubscribesToTheirLevel() {
    Peer application = application();
    Peer info = worker("info|");
    Peer debug = worker("debug|", FRAME_TOPIC);
    application.awaitSubscription("info|");
    application.awaitSubscription("debug|");
    application.awaitSubscription(FRAME_TOPIC);

    application.send("info|Counter|a|1|0|s");
    application.send("debug|Counter|b|1|0|s");
    application.send(FRAME_TOPIC + "\u0000\u00FFnever opened");

    info.awaitMessage("info|Counter|a|1|0|s");
    debug.awaitMessage("debug|Counter|b|1|0|s");
    debug.awaitMessage(FRAME_TOPIC + "\u0000\u00FFnever opened");
    assertThat(info.count(message -> message[0] != Upstream.HEARTBEAT)).isEqualTo(1);
    assertThat(debug.count(message -> message[0] != Upstream.HEARTBEAT)).isEqualTo(2);
  }

  @Test
  void subscriptions_travelUpWithTheFirstAndTheLast() {
    Peer application = application();
    Peer first = worker("debug|");
    application.awaitSubscription("debug|");
    Peer second = worker("debug|", "mark|");
    application.awaitSubscription("mark|");

    first.unsubscribe("debug|");
    first.subscribe("mark2|");
    application.awaitSubscription("mark2|");
    assertThat(application.has(unsubscription("debug|"))).isFalse();

    second.unsubscribe("debug|");
    application.awaitUnsubscription("debug|");
  }

  @Test
  void subscriptions_endWithTheConnection() {
    Peer application = application();
    Peer worker = worker("debug|");
    application.awaitSubscription("debug|");

    worker.close();

    application.awaitUnsubscription("debug|");
  }

  @Test
  void subscriptions_reachAnApplicationThatConnectsLater() {
    Peer early = application();
    worker("debug|", FRAME_TOPIC);
    early.awaitSubscription("debug|");
    early.awaitSubscription(FRAME_TOPIC);

    Peer late = application();

    late.awaitSubscription("debug|");
    late.awaitSubscription(FRAME_TOPIC);
  }

  @Test
  void subscriptions_toTheHeartbeatStayBelow() {
    Peer application = application();
    worker("\u0004", "debug|");

    application.awaitSubscription("debug|");

    assertThat(application.has(new Upstream.Subscription(true, Upstream.heartbeatTopic()).encode()))
        .isFalse();
  }

  @Test
  void subscriptions_longerThanATopicAreRefused() {
    Peer application = application();
    String longest = "x".repeat(UpstreamGate.MAX_TOPIC_BYTES);

    worker(longest + "y", longest);
    application.awaitSubscription(longest);

    assertThat(application.has(new Upstream.Subscription(true, bytes(longest + "y")).encode()))
        .isFalse();
  }

  @Test
  void heartbeat_goesBothWays() {
    Peer application = application();
    Peer worker = worker("\u0004");

    peers.await(() -> application.has(BrokerTest::isHeartbeat));
    peers.await(() -> worker.has(BrokerTest::isHeartbeat));

    byte[] above = application.received().stream().filter(BrokerTest::isHeartbeat).findAny().get();
    assertThat(worker.has(above)).isTrue();
    peers.await(() -> application.count(BrokerTest::isHeartbeat) > 1);
  }

  @Test
  void heartbeat_ofAWorkerIsRefused() throws Exception {
    try (HealthClient health = withHealth()) {
      Peer application = application();
      Peer worker = worker("debug|");
      byte[] forged = new Upstream.Heartbeat(new UUID(6, 6)).encode();

      worker.send(forged);
      worker.subscribe("mark|");
      application.awaitSubscription("mark|");

      assertThat(application.has(forged)).isFalse();
      assertThat(health.refused("heartbeat")).isEqualTo(1);
    }
  }

  @Test
  void heartbeat_ofAnApplicationIsDropped() throws Exception {
    try (HealthClient health = withHealth()) {
      Peer application = application();
      Peer worker = worker("", "\u0004");
      application.awaitSubscription("");

      application.send("\u0004forged|heartbeat.");
      application.send("info|Counter|mark|1|0|s");
      worker.awaitMessage("info|Counter|mark|1|0|s");

      assertThat(worker.has("\u0004forged|heartbeat.")).isFalse();
      assertThat(health.dropped("no-topic")).isEqualTo(1);
    }
  }

  @Test
  void resync_reachesTheApplications() {
    Peer application = application();
    Peer worker = worker("debug|");
    application.awaitSubscription("debug|");
    byte[] resync = new Upstream.Resync(UUID.randomUUID(), "debug").encode();

    worker.send(resync);

    peers.await(() -> application.has(resync));
  }

  @Test
  void resync_isLimited() throws Exception {
    try (HealthClient health = withHealth()) {
      Peer application = application();
      Peer worker = worker("debug|");
      application.awaitSubscription("debug|");
      byte[] resync = new Upstream.Resync(UUID.randomUUID(), "debug").encode();

      for (int i = 0; i < 900; i++) worker.send(resync);
      worker.subscribe("mark|");
      application.awaitSubscription("mark|");

      long passed = application.count(message -> message[0] == Upstream.RESYNC);
      assertThat(passed).isBetween((long) UpstreamGate.RESYNC_BURST, 899L);
      assertThat(health.refused("resync-rate")).isEqualTo(900 - passed);
    }
  }

  @Test
  void messages_ofOtherKindsAreCountedByCause() throws Exception {
    try (HealthClient health = withHealth()) {
      Peer application = application();
      Peer worker = worker("");
      application.awaitSubscription("");

      application.send("");
      application.send("no level at all");
      application.socket().send("info|Counter|first part|1|0|s", ZMQ.SNDMORE);
      application.send("info|Counter|second part|1|0|s");
      worker.send("\u0005unknown kind");
      worker.send("");
      application.send("info|Counter|mark|1|0|s");
      worker.awaitMessage("info|Counter|mark|1|0|s");
      peers.await(() -> health.refused("malformed") == 2);

      assertThat(health.dropped("empty")).isEqualTo(1);
      assertThat(health.dropped("no-topic")).isEqualTo(1);
      assertThat(health.dropped("multipart")).isEqualTo(2);
      assertThat(health.traffic("info", "messages_in")).isEqualTo(1);
      assertThat(health.traffic("info", "messages_out")).isEqualTo(1);
      assertThat(health.traffic("info", "bytes_in")).isEqualTo(23);
      assertThat(health.traffic("info", "bytes_out")).isEqualTo(23);
      assertThat(worker.count(message -> message[0] != Upstream.HEARTBEAT && message[0] != 2))
          .isEqualTo(1);
    }
  }

  @Test
  void ownFrames_goToWhoSubscribesToThem() {
    Peer worker = worker("\u0002zibrato\u0000");

    peers.await(() -> worker.count(BrokerTest::isOwnFrame) > 1);
    broker.close();

    peers.await(() -> worker.has(message -> isOwnFrame(message) && frame(message).last()));
    List<Frame> frames =
        worker.received().stream().filter(BrokerTest::isOwnFrame).map(BrokerTest::frame).toList();
    assertThat(frames.get(0).full()).isTrue();
    assertThat(frames.get(0).definitions().get(0).series().source())
        .isEqualTo("127.0.0.1:" + broker.publisherPort());
    assertThat(frames)
        .extracting(Frame::sequence)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, frames.size()).boxed().toList());
  }

  @Test
  void restart_isRecoveredFromByBothSides() {
    Peer application = application();
    Peer worker = worker("debug|");
    application.awaitSubscription("debug|");
    int port = broker.publisherPort();

    broker.close();
    application.receive();
    application.received().clear();
    broker = start(port);

    peers.await(
        () -> {
          return application.has(subscription("debug|"));
        });
    peers.await(
        () -> {
          application.send("debug|Counter|after|1|0|s");
          return worker.has("debug|Counter|after|1|0|s");
        });
  }

  @Test
  void connecting_beforeTheBrokerIsThere() {
    int port = broker.publisherPort();
    broker.close();
    Peer application = application();
    Peer worker = worker("debug|");

    broker = start(port);

    application.awaitSubscription("debug|");
    peers.await(
        () -> {
          application.send("debug|Counter|after|1|0|s");
          return worker.has("debug|Counter|after|1|0|s");
        });
  }

  @Test
  void publisher_ofVersionOneIsHeard() {
    Peer application = application();
    Peer publisher = peers.publisher(broker.publisherPort());
    Peer worker = worker("info|");
    application.awaitSubscription("info|");

    peers.await(
        () -> {
          publisher.send("info|Counter|n|1|0|s");
          return worker.has("info|Counter|n|1|0|s");
        });
  }

  private HealthClient withHealth() throws IOException {
    broker.close();
    broker = Broker.start(BrokerOptions.onLoopback(0).withHealthPort(0));
    return new HealthClient(broker.healthPort().getAsInt());
  }

  private Peer application() {
    return peers.application(broker.publisherPort());
  }

  private Peer worker(String... topics) {
    return peers.worker(broker.workerPort(), topics);
  }

  private static Broker start(int port) {
    try {
      return Broker.start(BrokerOptions.onLoopback(port));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isHeartbeat(byte[] message) {
    return message.length == 17 && message[0] == Upstream.HEARTBEAT;
  }

  private static boolean isOwnFrame(byte[] message) {
    return message.length > 0 && message[0] == Topic.FRAME;
  }

  private static Frame frame(byte[] message) {
    try {
      return (Frame) Message.decode(message);
    } catch (MalformedFrameException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] subscription(String topic) {
    return new Upstream.Subscription(true, bytes(topic)).encode();
  }

  private static byte[] unsubscription(String topic) {
    return new Upstream.Subscription(false, bytes(topic)).encode();
  }

  @Test
  void topics_ofFramesAreWhatTheTestsSay() {
    assertThat(Topic.ofFrames("info")).isEqualTo(bytes(FRAME_TOPIC));
  }
}
