package io.zibrato.backends.influx;

import static org.awaitility.Awaitility.await;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.zibrato.backends.testing.Tools;
import io.zibrato.processes.Child;
import java.io.IOException;
import java.net.ConnectException;
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

/** Debian's influxd on the loopback, and what it answers to queries. */
final class InfluxServer {
  static final String DATABASE = "metrics";

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final String url;
  private final List<String> command;

  /** Starts a process, as {@code EndToEnd} and {@code Children} do. */
  interface Starter {
    Child start(String name, String readyLine, List<String> command) throws IOException;
  }

  InfluxServer(Path dir) throws IOException {
    Path influxd = Tools.program("influxd", "Debian's package influxdb");
    int port = Tools.freePort();
    url = "http://localhost:" + port;
    Path config = dir.resolve("influxdb.conf");
    Files.write(
        config,
        List.of(
            "reporting-disabled = true",
            "bind-address = \"127.0.0.1:" + Tools.freePort() + '"',
            "[meta]",
            "dir = \"" + dir.resolve("meta") + '"',
            "[data]",
            "dir = \"" + dir.resolve("data") + '"',
            "wal-dir = \"" + dir.resolve("wal") + '"',
            "[monitor]",
            "store-enabled = false",
            "[http]",
            "bind-address = \"127.0.0.1:" + port + '"',
            "log-enabled = false"));
    command = List.of(influxd.toString(), "run", "-config", config.toString());
  }

  /** Where to write, with a path that begins with a slash. */
  String url(String path) {
    return url + path;
  }

  Child start(Starter starter) throws IOException {
    Child influxd = starter.start("influxd", "InfluxDB starting|Listening", command);
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsInstanceOf(ConnectException.class)
        .until(
            () -> {
              influxd.check();
              return query("CREATE DATABASE " + DATABASE).has("statement_id");
            });
    return influxd;
  }

  /** The first statement's result. */
  JsonObject query(String statement) throws IOException, InterruptedException {
    String query =
        "/query?epoch=ns&db="
            + DATABASE
            + "&q="
            + URLEncoder.encode(statement, StandardCharsets.UTF_8);
    JsonObject result =
        JsonParser.parseString(post(query, ""))
            .getAsJsonObject()
            .getAsJsonArray("results")
            .get(0)
            .getAsJsonObject();
    if (result.has("error")) throw new IOException(result.toString());
    return result;
  }

  /** Writes lines that are not the worker's. */
  void write(String lines) throws IOException, InterruptedException {
    post("/write?db=" + DATABASE, lines);
  }

  private String post(String target, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + target))
            .timeout(Duration.ofSeconds(30))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) throw new IOException(answer.body());
    return answer.body();
  }

  /** All series that a statement with {@code GROUP BY *} finds. */
  List<JsonObject> series(String statement) throws IOException, InterruptedException {
    JsonArray all = query(statement).getAsJsonArray("series");
    List<JsonObject> series = new ArrayList<>();
    if (all != null) for (JsonElement each : all) series.add(each.getAsJsonObject());
    return series;
  }

  /** The one number of a statement such as {@code SELECT sum(count) FROM ...}. */
  long number(String statement) throws IOException, InterruptedException {
    JsonArray values = series(statement).get(0).getAsJsonArray("values");
    return values.get(0).getAsJsonArray().get(1).getAsBigDecimal().longValueExact();
  }
}
