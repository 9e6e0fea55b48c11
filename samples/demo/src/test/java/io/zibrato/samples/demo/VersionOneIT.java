package io.zibrato.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.zibrato.processes.Child;
import io.zibrato.processes.Children;
import io.zibrato.processes.Installation;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Python Zibrato sends and reads, over real ZeroMQ: libzmq on its side, JeroMQ on ours. */
class VersionOneIT {
  private static final Installation INSTALLATION = new Installation(Tools.HOME);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path dir;
  private Children children;

  @BeforeEach
  void open() {
    children = new Children();
  }

  @AfterEach
  void close() {
    children.close();
  }

  @Test
  void pythonPublisher_isCountedExactly() throws Exception {
    int rounds = 1000;
    List<String> command = Tools.python("v1_publisher.py");
    Child store = start("store", "(http://\\S+)", jar("store", "--data", dir.resolve("d")));
    StoreClient client = new StoreClient(store.ready().group(1));
    Child broker =
        start(
            "broker",
            ":(\\d+) \\(pub.*:(\\d+) \\(work",
            INSTALLATION.java(List.of(), INSTALLATION.broker(), "--port", "0"));
    Child worker =
        start(
            "worker",
            "connected",
            jar(
                "librato",
                "--port",
                broker.ready().group(2),
                "--url",
                store.ready().group(1),
                "--levels",
                "info,debug",
                "--state",
                dir.resolve("w").toString(),
                "--flush",
                "0.2"));
    worker.ready();
    command.addAll(List.of(broker.ready().group(1), Integer.toString(rounds)));
    Child publisher = start("publisher", "probing", command);

    awaitHeld(client, "probe.info", 1);
    awaitHeld(client, "probe.debug", 1);
    publisher.stopByInput();
    worker.stop();

    assertThat(held(client, "py.count").sum()).isEqualByComparingTo(new BigDecimal(3 * rounds));
    assertThat(held(client, "py.debug").sum()).isEqualByComparingTo(new BigDecimal(rounds));
    assertThat(held(client, "py.time").count()).isEqualTo(rounds);
    assertThat(held(client, "py.time").sum()).isEqualByComparingTo("" + rounds * 0.125);
    assertThat(held(client, "py.gauge").count()).isEqualTo(rounds);
    assertThat(held(client, "py.gauge").sum())
        .isEqualByComparingTo(new BigDecimal(rounds * (rounds - 1) / 2));
    assertThat(client.metrics()).doesNotContain("py.unwanted");
  }

  @Test
  void ourPublisher_isReadExactlyByPython() throws Exception {
    Child forwarder =
        start("forwarder", "forwarding (\\d+) (\\d+)", Tools.python("v1_forwarder.py"));
    String port = forwarder.ready().group(1);
    Child subscriber =
        start(
            "subscriber",
            "hearing",
            Tools.python("v1_subscriber.py", forwarder.ready().group(2), "info", "debug"));
    subscriber.ready();

    Child publisher =
        start(
            "publisher",
            "never said",
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dzibrato.wire=1",
                "-Dzibrato.port=" + port,
                "-Dzibrato.source=java",
                "-Dzibrato.publish-interval=20ms",
                WireOnePublisher.class.getName()));
    publisher.stopByInput();

    long rounds = WireOnePublisher.ROUNDS;
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              JsonObject totals = totals();
              assertThat(totals.keySet())
                  .containsExactlyInAnyOrder(
                      "info Counter hits java",
                      "debug Counter details java",
                      "info Timer query java",
                      "info Gauge depth java");
              assertThat(sum(totals, "info Counter hits java")).isEqualTo(3.0 * rounds);
              assertThat(sum(totals, "debug Counter details java")).isEqualTo(rounds);
              assertThat(count(totals, "info Timer query java")).isEqualTo(rounds);
              assertThat(sum(totals, "info Timer query java"))
                  .isCloseTo(rounds * WireOnePublisher.NANOS / 1e9, within(1e-6));
              assertThat(count(totals, "info Gauge depth java")).isEqualTo(rounds);
              assertThat(sum(totals, "info Gauge depth java"))
                  .isEqualTo(rounds * (rounds - 1) / 2.0);
            });
  }

  private Child start(String name, String readyLine, List<String> command) throws IOException {
    return children.start(name, dir, readyLine, command);
  }

  private static List<String> jar(String service, Object... args) throws IOException {
    String[] texts = new String[args.length];
    for (int i = 0; i < args.length; i++) texts[i] = args[i].toString();
    if (!service.equals("store")) return INSTALLATION.java(List.of(), INSTALLATION.backend(service), texts);
    List<String> command =
        INSTALLATION.java(List.of(), INSTALLATION.backend(service), "--port", "0");
    command.addAll(List.of(texts));
    return command;
  }

  private static void awaitHeld(StoreClient client, String metric, long least) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> held(client, metric).count() >= least);
  }

  private static Held held(StoreClient client, String metric) throws Exception {
    Map<String, Held> bySource = client.held(metric, 1, 1);
    assertThat(bySource.keySet()).isSubsetOf("python");
    return bySource.getOrDefault("python", Held.NONE);
  }

  private JsonObject totals() throws IOException {
    List<String> said =
        Files.readAllLines(dir.resolve("subscriber.txt")).stream()
            .filter(line -> line.startsWith("totals {"))
            .toList();
    assertThat(said).isNotEmpty();
    String last = said.get(said.size() - 1);
    return JsonParser.parseString(last.substring("totals ".length())).getAsJsonObject();
  }

  private static long count(JsonObject totals, String series) {
    return pair(totals, series).get(0).getAsLong();
  }

  private static double sum(JsonObject totals, String series) {
    return pair(totals, series).get(1).getAsDouble();
  }

  private static JsonArray pair(JsonObject totals, String series) {
    return totals.getAsJsonArray(series);
  }
}
