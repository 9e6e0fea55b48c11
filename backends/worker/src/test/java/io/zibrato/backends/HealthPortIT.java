package io.zibrato.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.zibrato.backends.testing.FakeBroker;
import io.zibrato.meter.SeriesType;
import io.zibrato.wire.TextMessage;
import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthPortIT {
  @TempDir private Path state;
  private final FakeBroker broker = new FakeBroker();
  private volatile boolean away;
  private volatile String refusal;
  private volatile CountDownLatch disk = new CountDownLatch(0);
  private volatile boolean stalled;
  private volatile URI page;
  private Closeable worker;

  private final class Service extends Backend {
    @Override
    public void connect() throws IOException {
      if (away) throw new IOException("nobody there");
    }

    @Override
    public Optional<Memory> memory() {
      return Optional.of(new SlowMemory());
    }

    @Override
    public void flush(Snapshot snapshot) throws DeliveryException {
      if (away) throw new RetryException("gone away");
      if (refusal != null) throw new RefusedException(refusal);
    }
  }

  /** Is written within a transaction, and so as long as a disk takes for it. */
  private final class SlowMemory implements Memory {
    @Override
    public void recall(byte[] key, byte[] value) {}

    @Override
    public void closed(Snapshot interval) {}

    @Override
    public void save(Sink sink) throws IOException {
      stalled = true;
      try {
        disk.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    @Override
    public void saved() {}
  }

  @AfterEach
  void stop() throws IOException {
    if (worker != null) worker.close();
    broker.close();
  }

  @Test
  void health_isBadUntilTheServiceIsThere() throws Exception {
    away = true;
    start(0);

    await().until(() -> json().get("last_error").isJsonObject());
    assertThat(json().get("status").getAsString()).isEqualTo("connecting");
    JsonObject error = json().getAsJsonObject("last_error");
    assertThat(error.get("message").getAsString()).isEqualTo("nobody there");
    assertThat(error.get("time").getAsString()).endsWith("Z");
    assertThat(code("GET", "/health")).isEqualTo(503);
    assertThat(code("GET", "/live")).isEqualTo(200);

    away = false;
    await().until(() -> code("GET", "/health") == 200);
    assertThat(json().get("status").getAsString()).isEqualTo("ok");
  }

  @Test
  void health_isBadWhileTheServiceTakesNothing() throws Exception {
    start(0);
    await().until(() -> code("GET", "/health") == 200);
    assertThat(json().get("last_error").isJsonNull()).isTrue();
    away = true;
    send();

    await().until(() -> code("GET", "/health") == 503);
    JsonObject failing = json();
    assertThat(failing.get("status").getAsString()).isEqualTo("failing");
    assertThat(failing.get("held").getAsLong()).isEqualTo(1);
    await().until(() -> json().get("lag_seconds").getAsDouble() > 0.2);
    assertThat(json().get("spool_bytes").getAsLong()).isPositive();
    assertThat(json().getAsJsonObject("last_error").get("message").getAsString())
        .isEqualTo("gone away");
    assertThat(code("GET", "/live")).isEqualTo(200);

    away = false;
    await().until(() -> code("GET", "/health") == 200);
    await().until(() -> json().get("delivered").getAsLong() == 1);
    assertThat(json().get("lag_seconds").getAsDouble()).isZero();
    assertThat(json().getAsJsonObject("last_error").get("message").getAsString())
        .isEqualTo("gone away");
  }

  @Test
  void health_tellsLossesByCause() throws Exception {
    refusal = "not such a name";
    start(0);
    await().until(() -> code("GET", "/health") == 200);
    send();
    broker.send("info|Counter|c|x|1|s".getBytes(StandardCharsets.UTF_8));

    await().until(() -> json().get("refused").getAsLong() == 1);
    await().until(() -> json().getAsJsonObject("lost").has("malformed-message"));
    assertThat(json().getAsJsonObject("last_error").get("message").getAsString())
        .isEqualTo("not such a name");
    assertThat(code("GET", "/health")).isEqualTo(200);
  }

  /** What is asked for does not wait for the disk, which keeps a transaction for as long. */
  @Test
  void pages_areThereWhileTheDiskStalls() throws Exception {
    disk = new CountDownLatch(1);
    start(0, Duration.ofSeconds(2));
    try {
      await().until(() -> stalled);

      await().until(() -> code("GET", "/live") == 503);
      assertThat(code("GET", "/health")).isEqualTo(503);
      assertThat(json().get("status").getAsString()).isEqualTo("stalled");
    } finally {
      disk.countDown();
    }
    await().until(() -> code("GET", "/live") == 200 && code("GET", "/health") == 200);
  }

  @Test
  void pages_areTwo_andReadOnly() throws Exception {
    start(0);

    assertThat(code("GET", "/")).isEqualTo(404);
    assertThat(code("POST", "/health")).isEqualTo(405);
    await().until(() -> code("HEAD", "/health") == 200);
  }

  @Test
  void port_inUseIsSaid() throws Exception {
    try (ServerSocket other = new ServerSocket(0)) {
      assertThatThrownBy(() -> start(other.getLocalPort()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("port " + other.getLocalPort() + " is in use");
    }
  }

  @Test
  void worker_thatIsStoppedHasNoPage() throws Exception {
    start(0);
    assertThat(code("GET", "/live")).isEqualTo(200);
    worker.close();

    assertThatThrownBy(() -> code("GET", "/live")).isInstanceOf(IOException.class);
  }

  private void start(int port) throws IOException {
    start(port, Duration.ofSeconds(30));
  }

  private void start(int port, Duration stall) throws IOException {
    WorkerOptions options =
        new WorkerOptions(
            List.of(broker.endpoint()),
            Set.of("info"),
            Duration.ofMillis(100),
            state,
            1 << 20,
            Duration.ofDays(7),
            Duration.ofSeconds(1),
            "test",
            Optional.empty());
    Worker.Listener nobody =
        new Worker.Listener() {
          @Override
          public void connected(String endpoint) {}

          @Override
          public void failed(String reason) {}
        };
    worker =
        HealthPort.beside(
            Worker.start(options, new Service(), nobody, stall),
            port,
            address -> page = URI.create(address));
    await().until(() -> broker.subscriptions("info") > 0);
  }

  private void send() {
    broker.send(new TextMessage("info", SeriesType.COUNTER, "c", 1, 1, "s").encode());
  }

  private JsonObject json() throws Exception {
    return JsonParser.parseString(ask("GET", "/health").body()).getAsJsonObject();
  }

  private int code(String method, String path) throws Exception {
    return ask(method, path).statusCode();
  }

  private HttpResponse<String> ask(String method, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(page.resolve(path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .timeout(Duration.ofSeconds(30))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }
}
