package io.zibrato.backends.statvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zibrato.broker.Broker;
import io.zibrato.broker.BrokerOptions;
import io.zibrato.wire.Frame;
import io.zibrato.wire.Message;
import io.zibrato.wire.Topic;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** From a program that knows the pipes' form only, through the bridge and a broker, to a worker. */
@Timeout(120)
class BridgeIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  @TempDir Path dir;
  private final ZContext context = new ZContext();
  private final Map<String, Number> received = new ConcurrentHashMap<>();
  private final Map<Integer, String> names = new HashMap<>(); // the worker's thread only
  private volatile boolean closed;
  private Writers writers;
  private Broker broker;
  private Service service;
  private Thread worker;

  @BeforeEach
  void open() throws Exception {
    writers = new Writers(dir);
    broker = Broker.start(BrokerOptions.onLoopback(0));
    worker = new Thread(this::work, "test-worker");
    worker.start();
  }

  private void serve() throws Exception {
    service =
        Service.open(
            new StatventOptions(
                InetAddress.getLoopbackAddress(),
                0,
                "/stats",
                dir,
                Duration.ofSeconds(2),
                true,
                Optional.of(
                    new StatventOptions.BridgeOptions(
                        "127.0.0.1",
                        broker.publisherPort(),
                        "piped",
                        "this host",
                        Duration.ofMillis(100),
                        Pattern.compile("users.*"),
                        Optional.empty()))));
  }

  private void work() {
    ZMQ.Socket socket = context.createSocket(SocketType.SUB);
    socket.setReceiveTimeOut(100);
    socket.subscribe(Topic.ofFrames("piped"));
    socket.connect("tcp://127.0.0.1:" + broker.workerPort());
    while (!closed) {
      byte[] bytes = socket.recv();
      if (bytes != null) take(bytes);
    }
    socket.close();
  }

  private void take(byte[] bytes) {
    Frame frame;
    try {
      frame = (Frame) Message.decode(bytes);
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
    frame.definitions().forEach(each -> names.put(each.id(), name(each)));
    frame.counters().forEach(each -> received.put(names.get(each.id()), each.sum()));
    frame
        .gauges()
        .forEach(
            window ->
                window.values().forEach(each -> received.put(names.get(each.id()), each.value())));
  }

  private static String name(Frame.Definition definition) {
    assertThat(definition.series().source()).isEqualTo("this host");
    return definition.series().type() + " " + definition.series().name();
  }

  @AfterEach
  void close() throws Exception {
    if (service != null) service.close();
    closed = true;
    worker.join();
    broker.close();
    context.close();
    writers.close();
  }

  @Test
  void values_reachAWorkerAsFrames() throws Exception {
    Writers.Writer old = writers.python("+orders=40", "load=0.5", "users=3");
    serve();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(received).containsEntry("GAUGE load", 0.5));

    old.tell("grow");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(received).containsEntry("COUNTER orders", 40L));
    Writers.Writer later = writers.python("+orders=2", "load=1.0", "users=4");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(received).containsEntry("COUNTER orders", 42L));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(received)
                    .containsEntry("GAUGE load", 1.5)
                    .containsEntry("GAUGE users", 7.0));
    later.signal("KILL");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(received).containsEntry("GAUGE users", 3.0));
    old.tell("grow");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(received).containsEntry("COUNTER orders", 82L));
    assertThat(received).doesNotContainKeys("GAUGE orders", "COUNTER users");
  }

  @Test
  void ours_publishWhatIsRecordedByHandOnly() throws Exception {
    serve();
    await().atMost(PATIENCE).until(() -> service.uri() != null);
    writers.java("5", "7");

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(received)
                    .containsEntry("COUNTER orders", 12L)
                    .containsEntry("GAUGE users", 2.0)
                    .containsEntry("GAUGE query median", 5.0));
    assertThat(received.keySet()).noneMatch(name -> name.contains("calls"));
    assertThat(received.keySet()).noneMatch(name -> name.contains("work"));
  }
}
