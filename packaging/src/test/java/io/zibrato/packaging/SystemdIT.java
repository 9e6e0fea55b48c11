package io.zibrato.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.zibrato.backends.testing.FakeBroker;
import io.zibrato.backends.testing.Tools;
import io.zibrato.meter.SeriesType;
import io.zibrato.wire.TextMessage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our unit's command line, as systemd would start and stop it, but for places and ports: in a mount
 * namespace where all is read-only that {@code ProtectSystem=strict} makes so.
 */
class SystemdIT {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  /** The folders before the {@code --} stay writable. */
  private static final String STRICT =
      """
      kept=
      while [ "$1" != -- ]; do mount --bind "$1" "$1" || exit 9; kept="$kept $1"; shift; done
      shift
      while read -r _ _ _ _ at _; do
        case "$at" in /proc|/proc/*|/sys|/sys/*|/dev|/dev/*) continue;; esac
        for each in $kept; do [ "$at" = "$each" ] && continue 2; done
        mount -o remount,bind,ro "$at" || exit 9
      done < /proc/self/mountinfo
      exec "$@"
      """;

  private static final List<String> NAMESPACE =
      List.of("unshare", "--mount", "--propagation", "private");

  @TempDir Path dir;
  private final HttpClient client = HttpClient.newHttpClient();
  private Unit unit;
  private Process process;
  private Path said;

  @BeforeEach
  void look() throws Exception {
    Tools.program("unshare", "Debian's package util-linux");
    List<String> command = strict(List.of(dir.toString()), List.of("true"));
    Process probe = new ProcessBuilder(command).start();
    assumeTrue(probe.waitFor() == 0, "needs the right to make mount namespaces");
  }

  @AfterEach
  void end() throws Exception {
    if (process == null) return;
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }

  /** Also what its program had not read yet, though nothing is answered. */
  @Test
  void worker_deliversAllBeforeItStops() throws Exception {
    Path go = dir.resolve("go");
    Path taken = dir.resolve("var/lib/zibrato/exec/taken.json");
    try (FakeBroker broker = new FakeBroker()) {
      start(
          "exec",
          "port=" + broker.port(),
          "flush=0.2",
          "health-port=0",
          "stop-timeout=100",
          "command=until [ -e " + go + " ]; do sleep 0.1; done; exec cat > " + taken);
      URI page = URI.create(line("health at (\\S+)"));
      await().atMost(PATIENCE).until(() -> broker.subscriptions("") > 0);
      for (int i = 0; i < 5; i++) {
        broker.send(new TextMessage("info", SeriesType.COUNTER, "c", 1, 1, "s").encode());
      }
      await().atMost(PATIENCE).until(() -> isDelivered(json(page), 5));

      askToStop();
      Files.createFile(go);
      awaitEnd();
    }

    long sum = 0;
    for (String line : Files.readAllLines(taken)) {
      for (JsonElement each :
          JsonParser.parseString(line).getAsJsonObject().getAsJsonArray("counters")) {
        sum += each.getAsJsonObject().get("sum").getAsLong();
      }
    }
    assertThat(sum).isEqualTo(5);
  }

  private static boolean isDelivered(JsonObject page, int messages) {
    return page.get("messages").getAsInt() == messages
        && page.get("open").getAsInt() == 0
        && page.get("held").getAsInt() == 0
        && page.get("delivered").getAsInt() > 0;
  }

  @Test
  void store_storesAndStops() throws Exception {
    start("store", "port=0");
    URI store = URI.create(line("store listening on (\\S+)"));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(store.resolve("/v1/metrics"))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString("{\"gauges\":[{\"name\":\"g\",\"value\":1}]}"));

    assertThat(send(request).statusCode()).isEqualTo(200);
    assertThat(json(store.resolve("/healthz")).get("measurements").getAsInt()).isEqualTo(1);

    askToStop();
    awaitEnd();
  }

  @Test
  void statvent_removesPipesOfTheDead() throws Exception {
    Path pipes = Files.createDirectories(dir.resolve("tmp/stats-pipe"));
    Path dead = pipes.resolve("999999999.stats"); // beyond the ids that processes have
    Tools.output(dir, List.of("mkfifo", dead.toString()));
    start("statvent", "port=0", "pipe-dir=" + pipes);
    URI service = URI.create(line("statvent listening on (\\S+)"));

    send(HttpRequest.newBuilder(service.resolve("/stats")));

    assertThat(dead).doesNotExist();
    askToStop();
    awaitEnd();
  }

  private void start(String service, String... flags) throws IOException {
    unit = Unit.of(service);
    Path properties = dir.resolve("etc/zibrato/" + service + ".properties");
    Files.createDirectories(properties.getParent());
    Files.writeString(
        properties,
        Files.readString(Services.properties(service)) + '\n' + String.join("\n", flags) + '\n');
    for (String folder : unit.made()) Files.createDirectories(Path.of(here(service, folder)));
    List<String> writable =
        unit.writable().stream()
            .map(folder -> here(service, folder))
            .filter(folder -> Files.isDirectory(Path.of(folder)))
            .toList();
    List<String> command =
        unit.words("ExecStart").stream().map(word -> here(service, word)).toList();
    said = dir.resolve(service + ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(strict(writable, command))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder.environment().keySet().removeIf(name -> name.matches("(ZIBRATO|LIBRATO)_.*"));
    for (String each : unit.words("Environment")) {
      String[] pair = each.split("=", 2);
      builder.environment().put(pair[0], here(service, pair[1]));
    }
    process = builder.start();
  }

  private static List<String> strict(List<String> writable, List<String> command) {
    return Stream.of(NAMESPACE, List.of("sh", "-c", STRICT, "sh"), writable, List.of("--"), command)
        .flatMap(List::stream)
        .toList();
  }

  /** The unit's places, in the test's folder. */
  private String here(String service, String word) {
    String jar = "/usr/share/zibrato/zibrato-" + service + ".jar";
    if (word.equals("/usr/bin/java"))
      return Path.of(System.getProperty("java.home"), "bin/java") + "";
    if (word.equals(jar)) return Services.jar(service).toString();
    return word.replaceFirst("(^|=)(?=/(etc|var|tmp)/|/var/lib$)", "$1" + dir);
  }

  /** What the pattern's group is in a line that it says. */
  private String line(String pattern) {
    Pattern compiled = Pattern.compile(pattern);
    List<String> found = new ArrayList<>();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              String text = Files.readString(said);
              Matcher matcher = compiled.matcher(text);
              if (!process.isAlive()) throw new IllegalStateException("it ended: " + text);
              assertThat(matcher.find()).as(text).isTrue();
              found.add(matcher.group(1));
            });
    return found.get(0);
  }

  private void askToStop() {
    if (unit.asksAllToStop()) process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }

  private void awaitEnd() throws Exception {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(said)).isZero();
    assertThat(Files.readString(said)).doesNotContain("ERROR", "Exception");
  }

  private JsonObject json(URI page) throws Exception {
    return JsonParser.parseString(send(HttpRequest.newBuilder(page)).body()).getAsJsonObject();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
  }
}
