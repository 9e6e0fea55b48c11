package io.zibrato.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page beside clients that are slow, or speak no HTTP. */
class HealthServerTest {
  private static final int PATIENCE_MILLIS = 60_000;

  static {
    // The JDK reads it once. Longer than by default: they must not be cut off before the answer.
    System.setProperty("sun.net.httpserver.maxReqTime", "15");
  }

  private final List<Socket> clients = new ArrayList<>();
  private HealthServer server;

  @BeforeEach
  void open() throws Exception {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = HealthServer.open("localhost", address, Map.of("/health", () -> true), () -> "{}");
  }

  @AfterEach
  void close() throws Exception {
    for (Socket client : clients) client.close();
    server.close();
  }

  /** Each has to wait for nobody: those that came before are still there when it is answered. */
  @ParameterizedTest
  @ValueSource(strings = {"", "G", "GET /health HTTP/1.1\r\nHost: a\r\n"})
  void slowClients_keepNobodyWaiting(String begun) throws Exception {
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 20; i++) slow.add(send(begun));

    assertThat(probe()).isEqualTo(200);

    for (Socket each : slow) assertThat(isOpen(each)).isTrue();
  }

  @Test
  void slowClients_areCutOff() throws Exception {
    assertThat(send("GET /hea").getInputStream().read()).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello\r\n\r\n",
        "GET\r\n\r\n",
        "\0\1\2\3\r\n\r\n",
        "GET http://[health HTTP/1.1\r\n\r\n",
        "GET /%zz HTTP/1.1\r\n\r\n",
        "GET /health HTTP/1.1\r\nno header\r\n\r\n",
        "GET /health HTTP/1.1\r\nContent-Length: -5\r\n\r\n"
      })
  void garbage_isRefused(String garbage) throws Exception {
    InputStream answer = send(garbage).getInputStream();

    assertThat(new String(answer.readAllBytes(), StandardCharsets.US_ASCII))
        .startsWith("HTTP/1.1 400 ");
    assertThat(probe()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET mailto:health HTTP/1.1\r\n\r\n", "\r\n\r\n\r\n"})
  void garbage_costsItsConnectionAlone(String garbage) throws Exception {
    send(garbage);

    assertThat(probe()).isEqualTo(200);
  }

  /** As much as comes, and not only what fits into the sockets' buffers. */
  @Test
  void request_withoutAnEndIsCutOff() throws Exception {
    Socket endless = send("GET /");
    byte[] more = new byte[1 << 16];
    Arrays.fill(more, (byte) 'a');

    assertThat(isCutOff(endless, more, 1L << 30)).isTrue();
    assertThat(probe()).isEqualTo(200);
  }

  private static boolean isCutOff(Socket client, byte[] more, long most) {
    try {
      OutputStream out = client.getOutputStream();
      for (long sent = 0; sent < most; sent += more.length) out.write(more);
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static boolean isOpen(Socket client) throws IOException {
    client.setSoTimeout(1);
    try {
      return client.getInputStream().read() >= 0;
    } catch (SocketTimeoutException e) {
      return true;
    }
  }

  private Socket send(String text) throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port());
    clients.add(client);
    client.setSoTimeout(PATIENCE_MILLIS);
    client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    return client;
  }

  private int probe() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/health"))
            .timeout(Duration.ofMillis(PATIENCE_MILLIS))
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
