package io.zibrato.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which connections take a further request after one that was refused. */
class ConnectionIT {
  private static final int TIMEOUT_MILLIS = 20_000;

  @TempDir Path dir;
  private Store store;
  private Socket socket;
  private BufferedReader in;

  @BeforeEach
  void open() throws Exception {
    store =
        Store.open(new StoreOptions(InetAddress.getLoopbackAddress(), 0, dir, Optional.empty()));
    socket = new Socket(InetAddress.getLoopbackAddress(), store.port());
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
  }

  @AfterEach
  void close() throws Exception {
    socket.close();
    store.close();
  }

  /** Sends what a page of another site would, and returns the head of the answer. */
  private String send(String body) throws Exception {
    final String request =
        "POST /v1/metrics HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\n"
            + body;
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    final StringBuilder head = new StringBuilder();
    String line = in.readLine();
    int length = 0;
    while (line != null && !line.isEmpty()) {
      head.append(line).append('\n');
      if (line.startsWith("Content-Length: ")) {
        length = Integer.parseInt(line.substring("Content-Length: ".length()));
      }
      line = in.readLine();
    }
    for (int i = 0; i < length; i++) {
      in.read();
    }
    return head.toString();
  }

  @Test
  void refusal_beforeTheBodyIsThereSaysThatTheConnectionEnds() throws Exception {
    assertThat(send("")).startsWith("HTTP/1.1 403 ").contains("Connection: close\n");
    assertThat(in.readLine()).isNull();
  }

  @Test
  void refusal_ofAWholeRequestKeepsTheConnection() throws Exception {
    assertThat(send("source=ab")).startsWith("HTTP/1.1 403 ").doesNotContain("Connection: close");
    assertThat(send("source=cd")).startsWith("HTTP/1.1 403 ");
  }
}
