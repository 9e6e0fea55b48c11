package io.zibrato.backends.statvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
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
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** All of it as processes: a Python program, the jar with its bridge, a broker, and a backend. */
@Timeout(180)
class BridgeProcessIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern PORTS = Pattern.compile(":(\\d+) .*:(\\d+) ");
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  @TempDir Path dir;
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void end() throws InterruptedException {
    for (Process process : processes) process.destroyForcibly();
    for (Process process : processes) process.waitFor();
  }

  private BufferedReader start(String... command) throws IOException {
    List<String> whole = new ArrayList<>(List.of(JAVA));
    whole.addAll(List.of(command));
    ProcessBuilder builder = new ProcessBuilder(whole);
    builder.redirectError(dir.resolve("stderr" + processes.size() + ".txt").toFile());
    // As on a machine where all applications tell their meters in pipes.
    builder.environment().put("ZIBRATO_STATVENT", "true");
    builder.environment().put("ZIBRATO_STATVENT_PIPE_DIR", pipes().toString());
    Process process = builder.start();
    processes.add(process);
    return process.inputReader(StandardCharsets.UTF_8);
  }

  private Path pipes() {
    return dir.resolve("pipes");
  }

  /** The bridge's own meters are in no pipe, or what it publishes would be read again. */
  @Test
  void counts_reachABackendOnce() throws Exception {
    try (Writers writers = new Writers(pipes())) {
      Writers.Writer writer = writers.python("+orders=40", "load=0.5");
      Matcher ports = ports(main("io.zibrato.broker.BrokerMain", "--port", "0").readLine());
      String publishers = "127.0.0.1:" + ports.group(1);
      main(
          "io.zibrato.backends.exec.ExecMain",
          "--port",
          ports.group(2),
          "--flush",
          "0.2",
          "--state",
          dir.resolve("state").toString(),
          "--command",
          "exec cat >> " + delivered());
      String jar = Path.of("target", "zibrato-statvent.jar").toString();
      String line =
          start(
                  "-jar",
                  jar,
                  "--port",
                  "0",
                  "--bridge",
                  publishers,
                  "--bridge-interval",
                  "0.1",
                  "--pipe-dir",
                  pipes().toString())
              .readLine();
      URI stats = URI.create(line.substring(line.indexOf("http")) + "/stats");
      await().atMost(PATIENCE).until(() -> delivered("gauges", "load", "value") > 0);

      writer.tell("grow");

      await().atMost(PATIENCE).until(() -> delivered("counters", "orders", "sum") > 0);
      JsonObject read =
          await().atMost(PATIENCE).until(() -> stats(stats), each -> each.has("orders"));
      assertThat(read.get("orders").getAsInt()).isEqualTo(80);
      assertThat(pipes().resolve(processes.get(2).pid() + ".stats")).doesNotExist();
      for (int i = 2; i >= 0; i--) { // the sender first, so that all is delivered
        processes.get(i).destroy();
        processes.get(i).waitFor();
      }
      assertThat(delivered("counters", "orders", "sum")).isEqualTo(40);
    }
  }

  private BufferedReader main(String name, String... args) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("-cp", System.getProperty("java.class.path"), name));
    command.addAll(List.of(args));
    return start(command.toArray(String[]::new));
  }

  private static Matcher ports(String said) {
    Matcher ports = PORTS.matcher(said);
    assertThat(ports.find()).as(said).isTrue();
    return ports;
  }

  private static JsonObject stats(URI uri) throws IOException, InterruptedException {
    String body =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
            .body();
    return JsonParser.parseString(body).getAsJsonObject().getAsJsonObject("stats");
  }

  private Path delivered() {
    return dir.resolve("delivered.jsonl");
  }

  /** The sum of all that was delivered under a name. */
  private double delivered(String kind, String name, String field) throws IOException {
    if (!Files.exists(delivered())) return 0;
    double sum = 0;
    String all = Files.readString(delivered());
    for (String line : all.substring(0, all.lastIndexOf('\n') + 1).split("\n")) {
      if (line.isEmpty()) continue;
      for (JsonElement each : JsonParser.parseString(line).getAsJsonObject().getAsJsonArray(kind)) {
        JsonObject one = each.getAsJsonObject();
        if (one.get("name").getAsString().equals(name)) sum += one.get(field).getAsDouble();
      }
    }
    return sum;
  }
}
