package io.zibrato.backends.statvent;

import static org.assertj.core.api.Assertions.assertThat;

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
  @TempDir Path dir;
  private Process process;

  private BufferedReader start(String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", Path.of("target", "zibrato-statvent.jar").toString()));
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
      String line = out.readLine();
      assertThat(line)
          .as(Files.readString(dir.resolve("stderr.txt")))
          .startsWith("statvent listening on http://127.0.0.1:");

      URI uri = URI.create(line.substring("statvent listening on ".length()) + "/numbers");
      String body =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
              .body();

      assertThat(body).startsWith("{\"stats\":{\"orders\":42},\"timestamp\":");
    }
    process.destroy();
    assertThat(exitCode()).isZero();
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
