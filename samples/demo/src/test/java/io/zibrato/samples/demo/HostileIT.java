package io.zibrato.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.zibrato.processes.Child;
import io.zibrato.processes.Children;
import io.zibrato.processes.Installation;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Strangers, against real processes with and without Java's assertions: a broker, a worker and a
 * store, and an application that counts meanwhile. At the end all are alive, idle, and no larger
 * than before, and an application and a worker that come then are served, to the last count.
 *
 * <p>With {@code -Dzibrato.hostile.seconds=600} the attacks are repeated for so long, with seeds
 * counted up from {@code zibrato.hostile.seed}; {@code -Phostile} says so.
 */
class HostileIT {
  private static final Installation INSTALLATION = new Installation(Tools.HOME);
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final long SECONDS = Long.getLong("zibrato.hostile.seconds", 0);
  private static final long SEED = Long.getLong("zibrato.hostile.seed", 5550);
  private static final String BROKER_HEAP = "-Xmx96m";
  private static final long GROWTH_BYTES = 12 << 20;
  private static final String WORKER_HEAP = "-Xmx128m"; // its bounds follow from it

  /** What the worker's bounds let strangers book: in one round of attacks, or until they are full. */
  private static final long WORKER_GROWTH_BYTES = SECONDS == 0 ? 60 << 20 : 90 << 20;

  private static final int DESCRIPTORS_MORE = 12;

  @TempDir Path dir;
  private Children children;
  private String url;
  private StoreClient client;

  @BeforeEach
  void open() throws Exception {
    children = new Children();
    List<String> command =
        INSTALLATION.java(
            List.of(), INSTALLATION.backend("store"), "--port", "0", "--data", "" + dir.resolve("d"));
    Child store = start("store", "(http://\\S+)", command);
    url = store.ready().group(1);
    client = new StoreClient(url);
  }

  @AfterEach
  void close() {
    children.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-ea", "-da"})
  void strangersAtTheBroker(String assertions) throws Exception {
    Child broker = broker(assertions);
    int publisherPort = Integer.parseInt(broker.ready().group(1));
    int workerPort = Integer.parseInt(broker.ready().group(2));
    Child worker = worker(assertions, "worker", "127.0.0.1", workerPort);
    worker.ready();
    Child application = application(assertions, "application", "127.0.0.1:" + publisherPort);
    application.ready();
    awaitHeld("steady.0", "application", 1);
    List<Vitals> vitals = List.of(vitals(broker), vitals(worker), vitals(application));
    long[] live = new long[3];
    long[] descriptors = new long[3];
    for (int i = 0; i < 3; i++) {
      live[i] = vitals.get(i).liveBytes();
      descriptors[i] = vitals.get(i).descriptors();
    }

    long untilNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    long seed = SEED;
    do {
      attack(new Attacks(publisherPort, workerPort, seed++), broker.ready().group(3));
      children.check();
    } while (System.nanoTime() - untilNanos < 0);

    assertServed(assertions, publisherPort, workerPort);
    awaitIdle(vitals);
    children.check();
    for (int i = 0; i < 3; i++) {
      long growth = i == 1 ? WORKER_GROWTH_BYTES : GROWTH_BYTES;
      assertThat(vitals.get(i).liveBytes()).as("heap of " + i).isLessThan(live[i] + growth);
      assertThat(vitals.get(i).descriptors())
          .as("descriptors of " + i)
          .isLessThanOrEqualTo(descriptors[i] + DESCRIPTORS_MORE);
    }
    assertCounted(application, worker, 1);
  }

  private static void attack(Attacks attacks, String health) throws IOException {
    try (attacks) {
      attacks.lengthsAndHellos();
      attacks.randomBytes(300);
      attacks.endlessMessage(200);
      attacks.deafWorkers(12, 180);
      attacks.announcedOnly(300);
      attacks.subscriptions(200_000);
      attacks.idle(850);
      attacks.comeAndGo(500);
      attacks.forgedFrames(1500);
      attacks.flood(500_000);
      await().atMost(PATIENCE).untilAsserted(() -> assertStopped(health));
    }
  }

  /** That the attacks reached what was to stop them. */
  private static void assertStopped(String health) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(health)).build();
    String page = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    JsonObject all = JsonParser.parseString(page).getAsJsonObject();
    for (String cause : List.of("multipart", "no-topic", "no-room", "forged-address", "peer-rate")) {
      assertThat(all.getAsJsonObject("dropped").get(cause).getAsLong()).as(cause).isPositive();
    }
    for (String cause :
        List.of(
            "too-many-topics",
            "upstream-rate",
            "too-many-connections",
            "memory")) {
      assertThat(all.getAsJsonObject("refused").get(cause).getAsLong()).as(cause).isPositive();
    }
    assertThat(all.getAsJsonObject("levels").size()).isLessThan(1100);
  }

  /** Applications and workers connect to what may be no broker at all, and is one later. */
  @ParameterizedTest
  @ValueSource(strings = {"-ea", "-da"})
  void strangersAsBrokers(String assertions) throws Exception {
    Child broker = broker(assertions);
    int[] ports = {
      Integer.parseInt(broker.ready().group(1)), Integer.parseInt(broker.ready().group(2))
    };
    List<Turncoat> turncoats = new ArrayList<>();
    try {
      for (Turncoat.Kind kind : Turncoat.Kind.values()) turncoats.add(new Turncoat(kind, ports));
      String[] brokers =
          turncoats.stream().map(each -> each.host() + ':' + ports[0]).toArray(String[]::new);
      String hosts = String.join(",", turncoats.stream().map(Turncoat::host).toList());
      Child worker = worker(assertions, "worker", hosts, ports[1]);
      // What is measured before the worker's state begins is not counted.
      Path log = dir.resolve("worker.txt");
      await().atMost(PATIENCE).until(() -> Files.readString(log).contains("interval 1 "));
      Child application = application(assertions, "application", brokers);
      application.ready();
      List<Vitals> vitals = List.of(vitals(application), vitals(worker));
      holds(Duration.ofSeconds(5), application, worker);

      for (Turncoat turncoat : turncoats) turncoat.relents();
      worker.ready();
      for (int i = 0; i < brokers.length; i++) awaitHeld("steady." + i, "application", 1);
      awaitIdle(vitals);
      assertThat(vitals.get(0).liveBytes()).isLessThan(40 << 20);
      assertThat(vitals.get(1).liveBytes()).isLessThan(90 << 20);
      assertCounted(application, worker, brokers.length);
    } finally {
      for (Turncoat turncoat : turncoats) turncoat.close();
    }
  }

  private static void holds(Duration time, Child... children) {
    await()
        .during(time)
        .atMost(time.plusSeconds(5))
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () -> {
              for (Child child : children) child.check();
            });
  }

  /** Whoever comes after the strangers. */
  private void assertServed(String assertions, int publisherPort, int workerPort)
      throws Exception {
    Child worker = worker(assertions, "late-worker", "127.0.0.1", workerPort, "--prefix", "late");
    worker.ready();
    Child application = application(assertions, "late", "127.0.0.1:" + publisherPort);
    application.ready();
    awaitHeld("late.steady.0", "late", 1);
    long counted = counted(application, "late");
    awaitHeld("late.steady.0", "late", counted);
    worker.stop();
    assertThat(held("late.steady.0", "late")).isEqualByComparingTo(new BigDecimal(counted));
    awaitHeld("steady.0", "late", counted);
  }

  private void assertCounted(Child application, Child worker, int counters) throws Exception {
    long counted = counted(application, "application");
    for (int i = 0; i < counters; i++) awaitHeld("steady." + i, "application", counted);
    worker.stop();
    for (int i = 0; i < counters; i++) {
      assertThat(held("steady." + i, "application")).isEqualByComparingTo(new BigDecimal(counted));
    }
  }

  private long counted(Child application, String name) throws Exception {
    application.stopByInput();
    Path log = dir.resolve(name + ".txt");
    await().atMost(PATIENCE).until(() -> Files.readString(log).contains("counted "));
    String said = Files.readString(log);
    return Long.parseLong(said.substring(said.lastIndexOf("counted ") + 8).trim());
  }

  private void awaitHeld(String metric, String source, long least) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(held(metric, source)).isGreaterThanOrEqualTo(new BigDecimal(least)));
  }

  private BigDecimal held(String metric, String source) throws Exception {
    return client.held(metric, 1, 1).getOrDefault(source, Held.NONE).sum();
  }

  /** No process takes more than half of a core. */
  private static void awaitIdle(List<Vitals> all) {
    await()
        .atMost(PATIENCE)
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .until(() -> all.stream().allMatch(HostileIT::idle));
  }

  private static boolean idle(Vitals vitals) {
    assertThat(vitals.alive()).as("alive").isTrue();
    long beforeNanos = System.nanoTime();
    Duration before = vitals.processorTime();
    await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
    Duration used = vitals.processorTime().minus(before);
    return used.toNanos() < (System.nanoTime() - beforeNanos) / 2;
  }

  private static Vitals vitals(Child child) {
    return new Vitals(child.pid());
  }

  private Child broker(String assertions) throws IOException {
    return start(
        "broker",
        ":(\\d+) \\(pub.*:(\\d+) \\(work.*(http\\S+)",
        INSTALLATION.java(
            List.of(assertions, BROKER_HEAP), INSTALLATION.broker(), "--port", "0", "--health-port", "0", "--max-peer-mib", "4", "--max-connections", "400"));
  }

  private Child worker(String assertions, String name, String hosts, int port, String... more)
      throws IOException {
    List<String> command =
        INSTALLATION.java(
            List.of(assertions, WORKER_HEAP),
            INSTALLATION.backend("librato"),
            "--host",
            hosts,
            "--port",
            Integer.toString(port),
            "--url",
            url,
            "--levels",
            "info",
            "--state",
            dir.resolve(name).toString(),
            "--flush",
            "0.2");
    command.addAll(Arrays.asList(more));
    return start(name, "connected", command);
  }

  private Child application(String assertions, String name, String... brokers) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                assertions,
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-Dzibrato.publish-interval=100ms",
                "-Dzibrato.source=" + name,
                "-cp",
                System.getProperty("java.class.path"),
                SteadyApplication.class.getName()));
    command.addAll(Arrays.asList(brokers));
    return start(name, "counting", command);
  }

  private Child start(String name, String readyLine, List<String> command) throws IOException {
    return children.start(name, dir, readyLine, command);
  }
}
