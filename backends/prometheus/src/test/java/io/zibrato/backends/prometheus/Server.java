package io.zibrato.backends.prometheus;

import static org.awaitility.Awaitility.await;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.zibrato.backends.testing.Tools;
import io.zibrato.processes.Child;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Debian's Prometheus or VictoriaMetrics on the loopback, and what its API says. */
final class Server {
  /** Starts a process, as {@code EndToEnd} and {@code Children} do. */
  interface Starter {
    Child start(String name, String readyLine, List<String> command) throws IOException;
  }

  final int port;
  private final String name;
  private final String health;
  private final List<String> command;
  private final HttpClient client = HttpClient.newHttpClient();

  private Server(String name, int port, String health, List<String> command) {
    this.name = name;
    this.port = port;
    this.health = health;
    this.command = List.copyOf(command);
  }

  /**
   * One that scrapes every second.
   *
   * @param target its port on the loopback
   */
  static Server prometheus(Path dir, int target, boolean natively) throws IOException {
    Path program = Tools.program("prometheus", "Debian's package prometheus");
    int port = Tools.freePort();
    Path config =
        Files.write(
            dir.resolve("prometheus.yml"),
            List.of(
                "global: {scrape_interval: 1s}",
                "scrape_configs:",
                "- job_name: zibrato",
                "  static_configs: [{targets: ['127.0.0.1:" + target + "']}]"));
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + dir.resolve("tsdb"),
                "--web.enable-remote-write-receiver",
                "--web.listen-address=127.0.0.1:" + port));
    if (natively) command.add("--enable-feature=native-histograms");
    return new Server("prometheus", port, "/-/ready", command);
  }

  static Server victoriaMetrics(Path dir) throws IOException {
    Path program = Tools.program("victoria-metrics", "Debian's package victoria-metrics");
    int port = Tools.freePort();
    return new Server(
        "victoria-metrics",
        port,
        "/health",
        List.of(
            program.toString(),
            "-storageDataPath=" + dir.resolve("victoria"),
            "-retentionPeriod=12",
            "-search.latencyOffset=1ms",
            "-search.disableCache",
            "-httpListenAddr=127.0.0.1:" + port));
  }

  Child start(Starter starter) throws IOException {
    Child process = starter.start(name, ".", command);
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(
            () -> {
              process.check();
              return get(health).statusCode() == 200;
            });
    return process;
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** What an instant query finds now. */
  JsonArray query(String query) throws IOException, InterruptedException {
    String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
    HttpResponse<String> answer = get("/api/v1/query?query=" + encoded);
    if (answer.statusCode() != 200) throw new IOException(answer.body());
    JsonObject json = JsonParser.parseString(answer.body()).getAsJsonObject();
    return json.getAsJsonObject("data").getAsJsonArray("result");
  }

  /** The one value that an instant query finds now. */
  double value(String query) throws IOException, InterruptedException {
    JsonArray found = query(query);
    if (found.size() != 1) throw new IOException(query + " found " + found);
    return found.get(0).getAsJsonObject().getAsJsonArray("value").get(1).getAsDouble();
  }
}
