package io.zibrato.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonParser;
import io.zibrato.backends.testing.Tools;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's supervisord with our files, but for the places and ports, which are the test's. */
class SupervisorIT {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String SMALL = " -Xmx128m -XX:+UseSerialGC";
  private static final String SUPERVISORD =
      """
      [supervisord]
      logfile=DIR/supervisord.log
      pidfile=DIR/supervisord.pid
      childlogdir=DIR
      nodaemon=true
      [unix_http_server]
      file=DIR/s
      [supervisorctl]
      serverurl=unix://DIR/s
      [rpcinterface:supervisor]
      supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
      [include]
      files = DIR/conf/*.conf
      """;

  @TempDir Path dir;
  private List<String> services;
  private Path taken;
  private Process supervisord;

  @BeforeEach
  void start() throws Exception {
    Path program = Tools.program("supervisord", "Debian's package supervisor");
    services = Services.all();
    taken = dir.resolve("taken.json");
    for (String folder : List.of("conf", "etc", "log", "lib", "lib/zibrato")) {
      Files.createDirectory(dir.resolve(folder));
    }
    int port = twoFreePorts();
    for (String service : services) install(service, port);
    Path config = dir.resolve("supervisord.conf");
    Files.writeString(config, SUPERVISORD.replace("DIR", dir.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(program.toString(), "-c", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("supervisord.out").toFile());
    builder.environment().keySet().removeIf(name -> name.matches("(ZIBRATO|LIBRATO)_.*"));
    supervisord = builder.start();
  }

  @AfterEach
  void stop() throws Exception {
    if (supervisord == null) return;
    supervisord.destroy();
    if (!supervisord.waitFor(90, TimeUnit.SECONDS)) supervisord.destroyForcibly();
  }

  private void install(String service, int port) throws IOException {
    String conf =
        Files.readString(Services.supervisor(service))
            .replace("/usr/bin/java", Path.of(System.getProperty("java.home"), "bin/java") + SMALL)
            .replace(
                "/usr/share/zibrato/zibrato-" + service + ".jar", Services.jar(service).toString())
            .replace("/etc/zibrato", dir.resolve("etc").toString())
            .replace("/var/log/zibrato", dir.resolve("log").toString())
            .replace("/var/lib", dir.resolve("lib").toString())
            .replace("user=zibrato\n", "");
    assertThat(conf).doesNotContain("/usr/share", " /etc/", "/var/", "user=");
    Files.writeString(dir.resolve("conf/zibrato-" + service + ".conf"), conf);
    Path properties = dir.resolve("etc/" + service + ".properties");
    Files.copy(Services.properties(service), properties);
    Map<String, String> others =
        Map.of(
            "broker", "port=" + port,
            "store", "port=0",
            "prometheus", "listen=127.0.0.1:0",
            "statvent", "port=0\npipe-dir=" + dir.resolve("lib"),
            "exec", "flush=0.5\nhealth-port=0\ncommand=exec cat > " + taken);
    String own = others.getOrDefault(service, "");
    if (!List.of("broker", "store", "statvent").contains(service)) {
      own += "\nport=" + (port + 1);
    }
    own += "\nlog-format=json\n";
    Files.writeString(properties, '\n' + own, StandardOpenOption.APPEND);
  }

  private static int twoFreePorts() throws IOException {
    while (true) {
      try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
          ServerSocket two =
              new ServerSocket(one.getLocalPort() + 1, 1, InetAddress.getLoopbackAddress())) {
        return two.getLocalPort() - 1;
      } catch (IOException | IllegalArgumentException e) {
        continue; // the next one is taken, or is none
      }
    }
  }

  @Test
  void services_start_comeBackAndStopWell() throws Exception {
    for (String service : services) awaitState(service, "RUNNING");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(log("exec")).containsOnlyOnce("connected to"));
    awaitHealth();
    String pid = control("pid", "zibrato-exec").trim();

    ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(log("exec").split("connected to")).hasSize(3));
    awaitState("exec", "RUNNING");
    assertThat(control("pid", "zibrato-exec").trim()).isNotEqualTo(pid);
    awaitHealth();
    assertThat(supervisordLog()).contains("zibrato-exec (terminated by SIGKILL; not expected)");

    String stopped = control("stop", "all");

    for (String service : services) {
      assertThat(stopped).contains("zibrato-" + service + ": stopped");
      assertThat(supervisordLog()).contains("stopped: zibrato-" + service + " (exit status 0)");
      assertThat(messages(service)).isNotEmpty();
    }
  }

  /** A flag that cannot be used is given up, and not tried for ever. */
  @Test
  void badFlag_isGivenUp() throws Exception {
    awaitState("exec", "RUNNING");
    control("stop", "zibrato-exec");
    Files.writeString(
        dir.resolve("etc/exec.properties"), "flush=never\n", StandardOpenOption.APPEND);
    control("start", "zibrato-exec");

    awaitState("exec", "FATAL");
    assertThat(messages("exec")).last().asString().contains("--flush").contains("never");
  }

  /** By the page of the worker that was started last. */
  private void awaitHealth() {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              String page =
                  messages("exec").stream()
                      .filter(message -> message.startsWith("health at "))
                      .reduce((earlier, later) -> later)
                      .orElseThrow()
                      .substring("health at ".length());
              HttpResponse<String> answer =
                  HttpClient.newHttpClient()
                      .send(
                          HttpRequest.newBuilder(URI.create(page)).build(),
                          HttpResponse.BodyHandlers.ofString());
              assertThat(answer.statusCode()).isEqualTo(200);
              assertThat(answer.body()).startsWith("{\"status\":\"ok\"");
            });
  }

  private void awaitState(String service, String state) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () ->
                assertThat(control("status", "zibrato-" + service))
                    .as(() -> said(service))
                    .contains(state));
  }

  private String said(String service) {
    try {
      return log(service);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private String log(String service) throws IOException {
    return Files.readString(dir.resolve("log/" + service + ".log"));
  }

  /** Of all that it wrote to both of its outputs, each line of which is a record in JSON. */
  private List<String> messages(String service) throws IOException {
    return log(service)
        .lines()
        .map(line -> JsonParser.parseString(line).getAsJsonObject().get("message").getAsString())
        .toList();
  }

  private String supervisordLog() throws IOException {
    return Files.readString(dir.resolve("supervisord.log"));
  }

  /** What supervisorctl says; its exit code tells of states too. */
  private String control(String... words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("supervisorctl", "-c", dir.resolve("supervisord.conf").toString()));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }
}
