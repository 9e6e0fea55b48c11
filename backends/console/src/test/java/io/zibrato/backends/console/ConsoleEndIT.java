package io.zibrato.backends.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.zibrato.backends.testing.EndToEnd;
import io.zibrato.backends.testing.Tools;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the console ends, and what it says beside its lines: a process whose output nobody reads. */
class ConsoleEndIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Pattern HEALTH =
      Pattern.compile("health at (http://127\\.0\\.0\\.1:\\d+/health)");

  @TempDir Path dir;
  private Path temporary;
  private Path said;
  private EndToEnd run;
  private Process console;

  @BeforeEach
  void begin() throws Exception {
    temporary = Files.createDirectory(dir.resolve("tmp"));
    said = dir.resolve("err.txt");
    run = new EndToEnd(dir, "console");
  }

  @AfterEach
  void stop() {
    if (console != null) console.destroyForcibly();
    run.close();
  }

  private void start(List<String> before, String... flags) throws Exception {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-Djava.io.tmpdir=" + temporary));
    command.addAll(List.of("-jar", Path.of("target/zibrato-console.jar").toString()));
    command.addAll(List.of("--port", run.workerPort(), "--json", "--health-port", "0"));
    command.addAll(List.of(flags));
    console = new ProcessBuilder(command).redirectError(said.toFile()).start();
    awaitSaid("connected to tcp://");
    assertThat(temporary).isNotEmptyDirectory();
  }

  private void awaitSaid(String text) {
    await().atMost(PATIENCE).until(() -> Files.readString(said), all -> all.contains(text));
  }

  private void assertEndsWell() throws Exception {
    assertThat(console.waitFor(20, TimeUnit.SECONDS)).as("it ended").isTrue();
    assertThat(console.exitValue()).as(Files.readString(said)).isZero();
    assertThat(temporary).isEmptyDirectory();
  }

  private JsonObject health() throws IOException, InterruptedException {
    awaitSaid("health at ");
    Matcher matcher = HEALTH.matcher(Files.readString(said));
    assertThat(matcher.find()).isTrue();
    HttpRequest request = HttpRequest.newBuilder(URI.create(matcher.group(1))).build();
    HttpResponse.BodyHandler<String> text = HttpResponse.BodyHandlers.ofString();
    return JsonParser.parseString(HttpClient.newHttpClient().send(request, text).body())
        .getAsJsonObject();
  }

  @Test
  void term_endsItThoughNobodyReads() throws Exception {
    start(List.of(), "--flush", "0.01");
    run.startApplications(1);
    run.go();
    await().atMost(PATIENCE).until(() -> health().get("held").getAsLong() > 100);
    run.rest();

    console.toHandle().destroy(); // a Process would close its pipe, too

    assertEndsWell();
  }

  @Test
  void hangup_endsIt() throws Exception {
    start(List.of("env", "--default-signal=HUP")); // the build may run under nohup itself

    Tools.output(dir, List.of("kill", "-HUP", String.valueOf(console.pid())));

    assertEndsWell();
  }

  @Test
  void hangup_isNotHeardUnderNohup() throws Exception {
    start(List.of("nohup"));

    List<String> status = Files.readAllLines(Path.of("/proc/" + console.pid() + "/status"));
    assertThat(status).anyMatch(line -> line.matches("SigIgn:\\s+[0-9a-f]*[13579bdf]"));
  }

  @Test
  void messages_areInTheFormOfTheLog() throws Exception {
    start(List.of(), "--log-format", "json");

    assertThat(health().get("status").getAsString()).isEqualTo("ok");
    assertThat(Files.readAllLines(said))
        .hasSizeGreaterThanOrEqualTo(2)
        .allMatch(line -> JsonParser.parseString(line).getAsJsonObject().has("message"));
    console.destroy();
    assertEndsWell();
  }
}
