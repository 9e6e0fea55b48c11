package io.zibrato.librato;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LibratoClientTest {
  private static final String METRIC = "{\"name\":\"x\"}";
  private final StubApi api = new StubApi();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void get_hasTheDocumentedHeaders() throws Exception {
    api.answer(200, METRIC);
    try (LibratoClient client = api.client()) {
      client.metrics().get("x");
    }

    StubApi.Seen request = api.only();
    assertThat(request.header("Authorization")).isEqualTo("Basic dXNlcjp0b2tlbg==");
    assertThat(request.header("Accept")).isEqualTo("application/json");
    assertThat(request.header("User-Agent")).startsWith("zibrato-librato-client/").contains("java");
    assertThat(request.headers())
        .doesNotContainKeys("Content-type", "Idempotency-key", "Accept-encoding", "Cookie");
  }

  @Test
  void post_hasTheDocumentedHeaders() throws Exception {
    try (LibratoClient client = api.client()) {
      client.metrics().submit("x", 1);
    }

    StubApi.Seen request = api.only();
    assertThat(request.header("Content-Type")).isEqualTo("application/json");
    assertThat(request.header("Idempotency-Key")).matches("\"[0-9a-f-]{36}\"");
  }

  @Test
  void post_withoutKeys() throws Exception {
    try (LibratoClient client = api.builder().idempotencyKeys(false).build()) {
      client.metrics().submit("x", 1);
    }

    assertThat(api.only().header("Idempotency-Key")).isNull();
  }

  @Test
  void credentials_fromTheEnvironment() throws Exception {
    LibratoClientBuilder builder = LibratoClient.builder().url(api.url());
    builder.environment = Map.of("LIBRATO_USER", "me", "LIBRATO_TOKEN", "secret")::get;
    try (LibratoClient client = builder.build()) {
      client.metrics().submit("x", 1);
      assertThat(client.toString()).contains("me").doesNotContain("secret");
    }

    assertThat(api.only().header("Authorization")).isEqualTo("Basic bWU6c2VjcmV0");
  }

  @Test
  void credentials_none() throws Exception {
    LibratoClientBuilder builder = LibratoClient.builder().url(api.url());
    builder.environment = variable -> null;
    try (LibratoClient client = builder.build()) {
      client.metrics().submit("x", 1);
    }

    assertThat(api.only().header("Authorization")).isNull();
  }

  @Test
  void userAgent_asGiven() throws Exception {
    try (LibratoClient client = api.builder().userAgent("mine/1").build()) {
      client.metrics().submit("x", 1);
    }

    assertThat(api.only().header("User-Agent")).isEqualTo("mine/1");
  }

  @Test
  void url_mayHaveAPath() throws Exception {
    api.answer(200, METRIC);
    try (LibratoClient client = api.builder().url(api.url() + "/librato/").build()) {
      client.metrics().get("x");
    }

    assertThat(api.only().target()).isEqualTo("/librato/v1/metrics/x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://h", "localhost:80", "http://h?q", "http://u:p@h", "http://h:99999"})
  void url_thatCannotBe(String url) {
    assertThatThrownBy(() -> LibratoClient.builder().url(url))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "400, BadRequestException",
    "401, UnauthorizedException",
    "403, ForbiddenException",
    "404, NotFoundException",
    "415, LibratoException",
    "422, LibratoException",
    "302, LibratoException",
  })
  void error_hasItsClass(int status, String name) {
    api.answer(status, "{\"errors\":{\"request\":[\"no\"]}}", Map.of("Location", "/elsewhere"));
    try (LibratoClient client = api.client()) {
      LibratoException e =
          catchThrowableOfType(LibratoException.class, () -> client.metrics().get("x"));

      assertThat(e.getClass().getSimpleName()).isEqualTo(name);
      assertThat(e).hasMessage("[" + status + "] request: no");
      assertThat(e.status()).isEqualTo(status);
      assertThat(e.body()).isEqualTo("{\"errors\":{\"request\":[\"no\"]}}");
    }
    assertThat(api.seen).hasSize(1);
  }

  @Test
  void error_keepsTheBeginningOfTheBody() {
    api.answer(400, "x".repeat(5000));
    try (LibratoClient client = api.client()) {
      LibratoException e =
          catchThrowableOfType(LibratoException.class, () -> client.metrics().get("x"));

      assertThat(e.body()).isEqualTo("x".repeat(1024));
    }
  }

  @Test
  void brokenConnection_isTriedAgainUnderTheSameKey() throws Exception {
    api.breakConnection().answer(503, "").answer(200, "");
    try (LibratoClient client = api.client()) {
      client.metrics().submit("x", 1);
    }

    assertThat(api.texts()).hasSize(3).containsOnly(api.seen.get(0).text());
    assertThat(api.seen.stream().map(each -> each.header("Idempotency-Key")).distinct()).hasSize(1);
    assertThat(api.pauses).hasSize(2);
  }

  @Test
  void rateLimit_waitsAsTheHeaderSays() throws Exception {
    api.answer(429, "", Map.of("Retry-After", "3"));
    try (LibratoClient client = api.client()) {
      client.metrics().submit("x", 1);
    }

    assertThat(api.pauses).containsExactly(3000L);
    assertThat(api.seen).hasSize(2);
  }

  @Test
  void answer_isReadInItsCharset() throws Exception {
    api.answer(200, "{\"name\":\"\u00e9\"}");
    api.answer(200, "{\"name\":\"\u00e9\"}", Map.of("Content-Type", "text/plain; charset=latin1"));
    try (LibratoClient client = api.client()) {
      assertThat(client.metrics().get("x").name()).isEqualTo("\u00e9");
      assertThat(client.metrics().get("x").name()).isEqualTo("\u00c3\u00a9");
    }
  }

  /** A service's answer to a submission is not ours to read, nor to hold. */
  @Test
  void longAnswer_thatNobodyReadsIsFine() throws Exception {
    String blanks = " ".repeat(1 << 20);
    api.answer(200, blanks).answer(201, blanks).answer(422, "too bad" + blanks);
    try (LibratoClient client = api.client()) {
      client.metrics().submit("x", 1);
      client.metrics().update("x", MetricUpdate.of());

      assertThatThrownBy(() -> client.metrics().submit("x", 1)).hasMessage("[422] too bad");
    }
  }

  @Test
  void longAnswer_thatIsReadIsReadWhole() throws Exception {
    String name = "n".repeat(1 << 20);
    api.answer(200, "{\"name\":\"" + name + "\"}");
    try (LibratoClient client = api.client()) {
      assertThat(client.metrics().get("x").name()).isEqualTo(name);
    }
  }

  @Test
  void retryAfter_isToldOfWhateverTheServiceRefuses() throws Exception {
    for (int status : new int[] {302, 408, 429, 503}) {
      api.answer(status, "", Map.of("Retry-After", "7")).answer(status, "");
    }
    try (LibratoClient client = api.builder().retries(0).build()) {
      for (int i = 0; i < 4; i++) {
        assertThat(refusal(client).retryAfterSeconds()).isEqualTo(7);
        assertThat(refusal(client).retryAfterSeconds()).isEqualTo(-1);
      }
    }
  }

  private static LibratoException refusal(LibratoClient client) {
    return catchThrowableOfType(LibratoException.class, () -> client.metrics().submit("x", 1));
  }

  @Test
  void timeout_isALostAnswer() {
    api.hang();
    try (LibratoClient client =
        api.builder().timeout(Duration.ofMillis(200)).idempotencyKeys(false).build()) {
      NoAnswerException e =
          catchThrowableOfType(NoAnswerException.class, () -> client.metrics().submit("x", 1));

      assertThat(e.mayHaveArrived()).isTrue();
    }
  }

  @Test
  void timeout_isOfTheWholeAnswer() throws Exception {
    try (ServerSocket dripping = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread drip = new Thread(() -> drip(dripping));
      drip.setDaemon(true);
      drip.start();
      String url = "http://127.0.0.1:" + dripping.getLocalPort();
      try (LibratoClient client =
          api.builder().url(url).timeout(Duration.ofSeconds(1)).retries(0).build()) {
        assertThatThrownBy(() -> client.metrics().get("x")).isInstanceOf(NoAnswerException.class);
      }
      drip.join();
    }
  }

  /** An answer whose every byte comes in time, and which never ends. */
  private static void drip(ServerSocket server) {
    try (Socket socket = server.accept()) {
      OutputStream out = socket.getOutputStream();
      out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n".getBytes(US_ASCII));
      while (true) {
        out.write(' ');
        out.flush();
        Thread.sleep(50); // the service's pace; no test waits by it
      }
    } catch (IOException e) {
      // the client has gone
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void noService_isNoAnswer() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    try (LibratoClient client =
        api.builder().url("http://127.0.0.1:" + port).idempotencyKeys(false).build()) {
      NoAnswerException e =
          catchThrowableOfType(NoAnswerException.class, () -> client.metrics().submit("x", 1));

      assertThat(e.mayHaveArrived()).isFalse();
      assertThat(api.pauses).hasSize(2);
    }
  }

  /** What listens, and whose queue of connections is full, drops a handshake as a firewall does. */
  @Test
  void connectionNotMadeInTime_isNoAnswerThatNeverArrived() throws Exception {
    List<Socket> filling = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
              () -> {
                while (true) {
                  Socket each = new Socket();
                  filling.add(each);
                  each.connect(full.getLocalSocketAddress(), 500);
                }
              })
          .isInstanceOf(SocketTimeoutException.class);
      String url = "http://127.0.0.1:" + full.getLocalPort();
      try (LibratoClient client =
          api.builder().url(url).timeout(Duration.ofMillis(200)).idempotencyKeys(false).build()) {
        NoAnswerException e =
            catchThrowableOfType(NoAnswerException.class, () -> client.metrics().submit("x", 1));

        assertThat(e.mayHaveArrived()).isFalse();
        assertThat(api.pauses).hasSize(2);
      }
    } finally {
      for (Socket each : filling) each.close();
    }
  }

  @Test
  void acceptedInAnAnswerThatBreaksOff_isNotSentAgain() throws Exception {
    CompletableFuture<Integer> requests;
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      requests = CompletableFuture.supplyAsync(() -> breakOff(server));
      String url = "http://127.0.0.1:" + server.getLocalPort();
      try (LibratoClient client = api.builder().url(url).build();
          Queue queue = client.newQueue()) {
        queue.add("x", 1);
        queue.submit();
        queue.add(Measurement.gauge("y", 1).tag("t", "v"));
        queue.submit();
      }
    }

    assertThat(requests).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(2);
  }

  /** Answers each request with half of an answer; how many there were. */
  private static int breakOff(ServerSocket server) {
    byte[] half = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".getBytes(US_ASCII);
    for (int requests = 0; ; requests++) {
      try (Socket socket = server.accept()) {
        readUntil(socket.getInputStream(), "}]}");
        socket.getOutputStream().write(half);
      } catch (IOException e) {
        return requests;
      }
    }
  }

  private static void readUntil(InputStream in, String end) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(end) < 0) {
      int next = in.read();
      if (next < 0) throw new EOFException(read.toString());
      read.append((char) next);
    }
  }

  @Test
  void threads_shareOneClient() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(20);
    try (LibratoClient client = api.client()) {
      List<Callable<Void>> work =
          Collections.nCopies(
              100,
              () -> {
                client.metrics().submit("x", 1);
                return null;
              });
      for (Future<Void> each : threads.invokeAll(work)) each.get();
    } finally {
      threads.shutdownNow();
    }

    assertThat(api.texts())
        .hasSize(100)
        .containsOnly("POST /v1/metrics {\"gauges\":[{\"name\":\"x\",\"value\":1.0}]}");
  }

  @Test
  void close_endsWhatIsUnderWay() {
    api.hang();
    LibratoClient client = api.client();
    CompletableFuture<Throwable> asking =
        CompletableFuture.supplyAsync(() -> catchThrowable(() -> client.metrics().list()));
    await().until(() -> !api.seen.isEmpty());

    client.close();

    assertThat(asking).succeedsWithin(Duration.ofSeconds(5)).isInstanceOf(NoAnswerException.class);
  }

  @Test
  void close_twice() {
    LibratoClient client = api.client();
    client.close();
    client.close();

    assertThatThrownBy(() -> client.metrics().list()).isInstanceOf(IllegalStateException.class);
  }
}
