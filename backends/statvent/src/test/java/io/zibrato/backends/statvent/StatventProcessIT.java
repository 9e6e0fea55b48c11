package io.zibrato.backends.statvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
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
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real jar. */
@Timeout(120)
class StatventProcessIT {
  private static final int NOBODY = 65534;
  private static final int NAMELESS = 61234;

  @TempDir Path dir;
  private Process process;

  private BufferedReader start(String... args) throws IOException {
    return start(List.of(), Path.of("target", "zibrato-statvent.jar"), args);
  }

  private BufferedReader start(List<String> by, Path jar, String... args) throws IOException {
    List<String> command = new ArrayList<>(by);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(List.of(args));
    process = new ProcessBuilder(command).redirectError(dir.resolve("stderr.txt").toFile()).start();
    return process.inputReader(StandardCharsets.UTF_8);
  }

  private int exitCode() throws InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @AfterEach
  void end() {
    if (process != null) process.destroyForcibly();
  }

  @Test
  void jar_servesUntilItIsAskedToStop() throws Exception {
    try (Writers writers = new Writers(dir.resolve("pipes"))) {
      writers.python("orders=42");
      BufferedReader out =
          start("--port", "0", "--path", "/numbers", "--pipe-dir", dir.resolve("pipes").toString());
      String body = get(uri(out).resolve("/numbers"));

      assertThat(body).startsWith("{\"stats\":{\"orders\":42},\"timestamp\":");
    }
    process.destroy();
    assertThat(exitCode()).isZero();
  }

  private URI uri(BufferedReader out) throws IOException {
    String line = out.readLine();
    assertThat(line)
        .as(Files.readString(dir.resolve("stderr.txt")))
        .startsWith("statvent listening on http://127.0.0.1:");
    return URI.create(line.substring("statvent listening on ".length()));
  }

  private static String get(URI uri) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** By a user who may read everything, the service is started as one who may not. */
  @Test
  void pipesOfAnotherUser_areReadWhereTheyMayBe() throws Exception {
    Path pipes = pipesForAll();
    Path jar = jarForAll();
    Path closed = pipes.resolve("closed.stats");
    new ProcessBuilder("mkfifo", "-m", "000", closed.toString()).start().waitFor();
    try (Writers writers = new Writers(pipes)) {
      Writers.Writer open = writers.python("--ours", "orders=42");
      URI uri =
          uri(
              start(
                  isRoot() ? as(NOBODY) : List.of(),
                  jar,
                  "--port",
                  "0",
                  "--pipe-dir",
                  pipes.toString()));
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThat(get(uri.resolve("/stats")))
                      .startsWith("{\"stats\":{\"orders\":42},\"timestamp\":")
                      .contains("\"closed.stats\":{\"state\":\"unreadable\",\"detail\":"));

      assertThat(get(uri.resolve("/metrics")))
          .contains("statvent_pipe_up{process=\"closed.stats\"} 0\n");
      assertThat(open.process().isAlive()).isTrue();
    }
  }

  /** As in a container that was given a user's id and no more. */
  @Test
  void pipesOfTheDead_areRemovedByAUserWithoutAName() throws Exception {
    assumeTrue(isRoot(), "only root may be anybody");
    Path pipes = pipesForAll();
    Path left = pipes.resolve("999999999.stats"); // beyond all ids of processes
    new ProcessBuilder("mkfifo", left.toString()).start().waitFor();
    for (Path each : List.of(pipes, left)) Files.setAttribute(each, "unix:uid", NAMELESS);

    URI uri = uri(start(as(NAMELESS), jarForAll(), "--port", "0", "--pipe-dir", pipes.toString()));

    assertThat(get(uri.resolve("/stats"))).contains("\"999999999\":{\"state\":\"removed\"}");
    assertThat(left).doesNotExist();
  }

  private static boolean isRoot() throws IOException {
    return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
  }

  private static List<String> as(int user) {
    return List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups");
  }

  private Path pipesForAll() throws IOException {
    Path pipes = Files.createDirectory(dir.resolve("pipes"));
    for (Path each : List.of(dir, pipes)) {
      Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return pipes;
  }

  private Path jarForAll() throws IOException {
    return Files.copy(
        Path.of("target", "zibrato-statvent.jar"), dir.resolve("zibrato-statvent.jar"));
  }

  @Test
  void portInUse_isSaid() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      start("--port", String.valueOf(taken.getLocalPort()));

      assertThat(exitCode()).isEqualTo(1);
      assertThat(dir.resolve("stderr.txt")).content().contains("port " + taken.getLocalPort());
    }
  }

  @Test
  void version_isTold() throws Exception {
    assertThat(start("--version").readLine()).isEqualTo("zibrato-statvent 1.0.0-SNAPSHOT");
    assertThat(exitCode()).isZero();
  }
}
