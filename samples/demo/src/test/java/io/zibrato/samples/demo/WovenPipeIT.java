package io.zibrato.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Woven samples tell their numbers to {@code cat}. */
@Timeout(120)
class WovenPipeIT {
  @TempDir Path dir;
  private Process sample;

  private Path start(String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("ZIBRATO_STATVENT", "true");
    builder.environment().put("ZIBRATO_STATVENT_PIPE_DIR", dir.toString());
    sample = builder.start();
    return dir.resolve(sample.pid() + ".stats");
  }

  @AfterEach
  void end() {
    if (sample != null) sample.destroyForcibly();
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String cat(Path pipe) throws IOException, InterruptedException {
    Process cat = new ProcessBuilder("cat", pipe.toString()).redirectErrorStream(true).start();
    String text = new String(cat.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    cat.waitFor();
    return text;
  }

  @Test
  void cat_printsLiveNumbersOfTheShop() throws Exception {
    String jar = Tools.HOME.resolve("samples/compile-time-weaving/target/shop.jar").toString();
    Path pipe = start(java(), "-jar", jar);
    String line = sample.inputReader(StandardCharsets.UTF_8).readLine();
    URI orders = URI.create(line.substring("shop listening on ".length()) + "/orders");
    assertThat(pipe).doesNotExist();

    order(orders);
    await().until(() -> Files.exists(pipe));
    await()
        .untilAsserted(
            () ->
                assertThat(cat(pipe)).contains("shop.order: 1\n", "shop.request.count: 1\n"));
    order(orders);
    await()
        .untilAsserted(
            () ->
                assertThat(cat(pipe))
                    .contains("shop.order: 2\n", "shop.request.count: 2\n")
                    .contains("shop.basket.size: 1.000000\n")
                    .containsPattern("shop.request.median_ms: [0-9]+\\.[0-9]{6}\n"));

    sample.getOutputStream().close();
    assertThat(sample.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(pipe).doesNotExist();
  }

  private static void order(URI uri) throws Exception {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(uri)
                    .POST(HttpRequest.BodyPublishers.ofString("1\n3 2\n"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isIn(200, 402);
  }

  @Test
  void cat_printsLiveNumbersOfWhatTheAgentWove() throws Exception {
    Path weave = Tools.HOME.resolve("samples/load-time-weaving/weave.properties");
    Path agent = Tools.HOME.resolve("aspects/target/zibrato-agent.jar");
    String jar = Tools.HOME.resolve("samples/load-time-weaving/target/documents.jar").toString();
    List<String> command =
        List.of(java(), "-javaagent:" + agent + "=config=" + weave, "-jar", jar);
    Path pipe = start(command.toArray(String[]::new));

    await().atMost(30, TimeUnit.SECONDS).until(() -> Files.exists(pipe));
    await()
        .untilAsserted(
            () ->
                assertThat(cat(pipe))
                    .startsWith("#zibrato listing: 1\n")
                    .containsPattern("json\\.parse\\.count: [1-9]"));
  }
}
