package io.zibrato.store.clients;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The store's jar as a process that asks for credentials, and keeps all: the examples are of years
 * ago. What it holds is read over its API alone, by a plain HTTP client.
 */
final class RealStore implements AutoCloseable {
  static final String USER = "user@example.com";
  static final String TOKEN = "75AFDB82";

  private static final Path JAR = Path.of("..", "store", "target", "zibrato-store.jar");
  private static final String SAYS = "store listening on ";

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final Path dir;
  private final Path errors;
  private final String authorization;
  private final Map<String, String> environment;
  private final String before;
  private Process process;
  private String url;

  /**
   * @param before what the shell does before it becomes the store
   */
  private RealStore(Path dir, Map<String, String> environment, String before) {
    this.dir = dir;
    this.environment = environment;
    this.before = before;
    errors = dir.resolve("store.err");
    authorization =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((USER + ":" + TOKEN).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Starts one that is empty.
   *
   * @param dir a directory of its own
   */
  static RealStore start(Path dir) throws IOException {
    return start(dir, Map.of("LIBRATO_USER", USER, "LIBRATO_TOKEN", TOKEN), "");
  }

  /** One that asks for no credentials. */
  static RealStore startOpen(Path dir) throws IOException {
    return start(dir, Map.of(), "");
  }

  /** One whose files cannot grow beyond a size. */
  static RealStore startShortOfDisk(Path dir, int kibibytes) throws IOException {
    return start(
        dir,
        Map.of("LIBRATO_USER", USER, "LIBRATO_TOKEN", TOKEN),
        "ulimit -f " + 2 * kibibytes + "; ");
  }

  private static RealStore start(Path dir, Map<String, String> environment, String before)
      throws IOException {
    RealStore store = new RealStore(dir, environment, before);
    store.run(0);
    return store;
  }

  private void run(int port) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            "sh",
            "-c",
            before + "exec \"$@\"",
            "sh",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            JAR.toString(),
            "--port",
            "" + port,
            "--data",
            dir.resolve("data").toString(),
            "--keep-raw",
            "forever",
            "--keep-60s",
            "forever",
            "--keep-900s",
            "forever");
    builder.environment().keySet().removeAll(List.of("LIBRATO_USER", "LIBRATO_TOKEN"));
    builder.environment().putAll(environment);
    process = builder.redirectError(errors.toFile()).start();
    String line = process.inputReader(StandardCharsets.UTF_8).readLine();
    if (line == null || !line.startsWith(SAYS)) {
      throw new AssertionError("the store says " + line + ", " + Files.readString(errors));
    }
    url = line.substring(SAYS.length());
  }

  /** {@code http://127.0.0.1:PORT}, the same after {@link #startAgain}. */
  String url() {
    return url;
  }

  /** Ends it without warning. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(30, TimeUnit.SECONDS)) throw new AssertionError("it does not end");
  }

  /** Starts it with what it held, where it was. */
  void startAgain() throws IOException {
    run(URI.create(url).getPort());
  }

  HttpResponse<String> ask(String method, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", authorization)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** An answer that has to be 200 and an object. */
  JsonObject get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = ask("GET", path);
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  /** The names of all its metrics, sorted. */
  List<String> metrics() throws IOException, InterruptedException {
    List<String> names = new ArrayList<>();
    while (true) {
      JsonObject page = get("/v1/metrics?length=100&offset=" + names.size());
      for (JsonElement metric : page.getAsJsonArray("metrics")) {
        names.add(metric.getAsJsonObject().get("name").getAsString());
      }
      if (names.size() >= page.getAsJsonObject("query").get("found").getAsLong()) return names;
    }
  }

  /** How many measurements it holds of all metrics. */
  long measurements() throws IOException, InterruptedException {
    return get("/healthz").get("measurements").getAsLong();
  }

  /**
   * The seconds that a source of a metric has something of, each with what the API tells of it:
   * value, count, sum, min, max; empty if there is no such metric.
   */
  Map<Long, JsonObject> bySource(String metric, String source)
      throws IOException, InterruptedException {
    Map<Long, JsonObject> seconds = new TreeMap<>();
    String path = "/v1/metrics/" + metric;
    if (ask("GET", path).statusCode() == 404) return seconds;
    JsonObject sources =
        get(path + "?start_time=1000000000&resolution=1").getAsJsonObject("measurements");
    if (!sources.has(source)) return seconds;
    for (JsonElement each : sources.getAsJsonArray(source)) {
      JsonObject point = each.getAsJsonObject();
      seconds.put(point.get("measure_time").getAsLong(), point);
    }
    return seconds;
  }

  /** One member of each second of {@link #bySource}, in the order of time. */
  List<Double> bySource(String metric, String source, String member)
      throws IOException, InterruptedException {
    return bySource(metric, source).values().stream()
        .map(p -> p.get(member).getAsDouble())
        .toList();
  }

  /** The sum of one member over all seconds of {@link #bySource}. */
  double sumBySource(String metric, String source, String member)
      throws IOException, InterruptedException {
    return bySource(metric, source, member).stream().mapToDouble(Double::doubleValue).sum();
  }

  /**
   * What the tagged series of a metric come to, second by second; empty if there is no such metric.
   *
   * @param summary a {@code summary_function}
   */
  Map<Map<String, String>, Map<Long, Double>> byTags(String metric, String summary)
      throws IOException, InterruptedException {
    Map<Map<String, String>, Map<Long, Double>> all = new LinkedHashMap<>();
    String path = "/v1/measurements/" + metric;
    String query = "?start_time=1000000000&resolution=1&summary_function=" + summary;
    if (ask("GET", path + query).statusCode() == 404) return all;
    for (JsonElement each : get(path + query).getAsJsonArray("series")) {
      Map<String, String> tags = new TreeMap<>();
      JsonObject series = each.getAsJsonObject();
      series
          .getAsJsonObject("tags")
          .entrySet()
          .forEach(tag -> tags.put(tag.getKey(), tag.getValue().getAsString()));
      Map<Long, Double> seconds = new TreeMap<>();
      for (JsonElement point : series.getAsJsonArray("measurements")) {
        seconds.put(
            point.getAsJsonObject().get("time").getAsLong(),
            point.getAsJsonObject().get("value").getAsDouble());
      }
      all.put(tags, seconds);
    }
    return all;
  }

  /** The sum over all seconds of one series of {@link #byTags}; 0 if there is none. */
  double sumByTags(String metric, String summary, Map<String, String> tags)
      throws IOException, InterruptedException {
    return byTags(metric, summary).getOrDefault(tags, Map.of()).values().stream()
        .mapToDouble(Double::doubleValue)
        .sum();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
