package io.zibrato.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreProcessIT {
  @TempDir Path dir;

  @Test
  void term_exitsWithZeroAndKeepsTheData() throws Exception {
    try (StoreProcess store = start()) {
      final Http http = new Http(store.listening());
      assertThat(http.post("{\"gauges\":[{\"name\":\"a\",\"value\":1}]}").statusCode())
          .isEqualTo(200);

      store.process.destroy();

      assertThat(store.process.waitFor(5, TimeUnit.SECONDS)).isTrue();
      assertThat(store.exitCode()).isZero();
      assertThat(store.stderr()).isEmpty();
    }
    try (StoreProcess store = start()) {
      assertThat(new Http(store.listening()).json("/healthz").get("measurements").getAsInt())
          .isEqualTo(1);
    }
  }

  /** After a hundred nothing is packed yet, after more than a thousand some is. */
  @ParameterizedTest
  @ValueSource(ints = {100, 2500})
  void kill_loosesNothingThatWasAnswered(int requests) throws Exception {
    final AtomicInteger answered = new AtomicInteger();
    try (StoreProcess store = keeping()) {
      final URI uri = store.listening();
      final List<CompletableFuture<Void>> clients = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        clients.add(CompletableFuture.runAsync(() -> submitUntilKilled(uri, answered)));
      }
      Awaitility.await().until(() -> answered.get() >= requests);

      store.process.destroyForcibly();

      assertThat(store.exitCode()).isNotZero();
      clients.forEach(CompletableFuture::join);
    }
    try (StoreProcess store = keeping()) {
      final Http http = new Http(store.listening());
      final int stored = http.json("/healthz").get("measurements").getAsInt();
      // One request of each client may have been stored without its answer getting through.
      assertThat(stored).isBetween(answered.get(), answered.get() + 3);
      for (final int resolution : new int[] {1, 60, 900, 3600}) {
        assertThat(
                http.json("/v1/metrics/a?resolution=" + resolution + "&count=1")
                    .getAsJsonObject("measurements")
                    .getAsJsonArray("unassigned")
                    .get(0)
                    .getAsJsonObject()
                    .get("sum")
                    .getAsInt())
            .isEqualTo(stored);
      }
    }
  }

  private static void submitUntilKilled(URI uri, AtomicInteger answered) {
    final Http http = new Http(uri);
    final String body = "{\"measure_time\":1700000040,\"gauges\":[{\"name\":\"a\",\"value\":1}]}";
    try {
      while (http.post(body).statusCode() == 200) {
        answered.incrementAndGet();
      }
    } catch (Exception e) {
      // The store was killed.
    }
  }

  @Test
  void port_inUse() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        StoreProcess store =
            new StoreProcess(
                dir,
                "--port",
                "" + taken.getLocalPort(),
                "--data",
                dir.resolve("data").toString())) {
      assertThat(store.exitCode()).isEqualTo(1);
      assertThat(store.stderr()).contains("port " + taken.getLocalPort()).doesNotContain("\tat ");
    }
  }

  @Test
  void data_inUse() throws Exception {
    try (StoreProcess first = start()) {
      first.listening();
      try (StoreProcess second = start()) {
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.stderr())
            .isEqualTo(
                "zibrato-store: --data "
                    + dir.resolve("data")
                    + " is in use by another store"
                    + System.lineSeparator());
      }
    }
  }

  @Test
  void data_notWritable() throws Exception {
    final Path file = Files.createFile(dir.resolve("file"));
    try (StoreProcess store =
        new StoreProcess(dir, "--port", "0", "--data", file.resolve("data").toString())) {
      assertThat(store.exitCode()).isEqualTo(1);
      assertThat(store.stderr()).contains("--data " + file.resolve("data"));
    }
  }

  @Test
  void data_byDefaultUnderTheStateHome() throws Exception {
    try (StoreProcess store = new StoreProcess(dir, "--port", "0")) {
      store.listening();
      assertThat(dir.resolve("zibrato/store/store.db")).exists();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--port 70000 | --port | 70000",
        "--port many | --port | many",
        "--host 0.0.0.0 | --host | 0.0.0.0",
        "--host no.such.host.invalid | --host | no.such.host.invalid",
        "--username me | --username | me",
        "--apitoken-file /no/such | --apitoken-file | /no/such",
        "--prot 1 | --prot | --prot",
        "--keep-raw 0d | --keep-raw | 0d",
        "--keep-3600s 5m | --keep-3600s | 5m",
      })
  void usage_exitsWithTwo(String line, String flag, String value) throws Exception {
    try (StoreProcess store = new StoreProcess(dir, line.split(" "))) {
      assertThat(store.exitCode()).isEqualTo(2);
      assertThat(store.stderr()).contains(flag).contains(value);
      assertThat(store.process.getInputStream().readAllBytes()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"--help, --apitoken-file", "--version, zibrato-store 1."})
  void help_exitsWithZero(String flag, String said) throws Exception {
    try (StoreProcess store = new StoreProcess(dir, flag)) {
      assertThat(store.exitCode()).isZero();
      assertThat(new String(store.process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains(said);
    }
  }

  /** Also what is as old as the measurements of these tests. */
  private StoreProcess keeping() throws Exception {
    return new StoreProcess(
        dir,
        "--port",
        "0",
        "--data",
        dir.resolve("data").toString(),
        "--keep-raw",
        "forever",
        "--keep-60s",
        "forever",
        "--keep-900s",
        "forever");
  }

  private StoreProcess start() throws Exception {
    return new StoreProcess(dir, "--port", "0", "--data", dir.resolve("data").toString());
  }
}
