package io.zibrato.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a request may be, which paths there may be, and the form of what the server refuses. */
class RequestLimitsIT extends StoreCase {
  private static final int TIMEOUT_MILLIS = 20_000;
  private static final String JSON = "application/json";

  @Test
  void compose_mayBeAsLongAsACompositeMay() throws Exception {
    final String reads = "s(\"aa*\",\"*\"),".repeat(300);
    final String composite = "[" + reads.substring(0, reads.length() - 1) + "]";
    assertThat(composite).hasSizeBetween(3800, 4096);

    final HttpResponse<String> response =
        http.get(
            "/v1/metrics?start_time=1700000000&resolution=60&compose="
                + URLEncoder.encode(composite, StandardCharsets.UTF_8));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  /** The whole answer, head and body, to a request that no client would send. */
  private String answer(String target) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), store.port())) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      final String request =
          "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/metrics/%zz", "/v1/metrics/a%2", "/v1/%00"})
  void path_thatIsNoneIsRefusedInTheFormOfTheApi(String path) throws Exception {
    final String answer = answer(path);

    assertThat(answer).startsWith("HTTP/1.1 400 ").contains(JSON);
    assertThat(errors(answer).getAsJsonArray("request")).hasSize(1);
  }

  @Test
  void address_thatIsTooLongIsRefusedInTheFormOfTheApi() throws Exception {
    final String answer = answer("/v1/metrics?name=" + "x".repeat(33_000));

    assertThat(answer).startsWith("HTTP/1.1 414 ").contains(JSON);
    assertThat(errors(answer).getAsJsonArray("request")).hasSize(1);
  }

  private static JsonObject errors(String answer) {
    final String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
    return JsonParser.parseString(body).getAsJsonObject().getAsJsonObject("errors");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%2Fb", "a%2Fb%5Cc%20d%3Fe", "%2Fetc%2F..%2F"})
  void source_ofANameWithASlashIsReadAndDeleted(String source) throws Exception {
    final String name = URLDecoder.decode(source, StandardCharsets.UTF_8);
    final JsonObject tags = new JsonObject();
    tags.addProperty("source", name);
    final HttpResponse<String> posted =
        http.send(
            "POST",
            "/v1/measurements",
            JSON,
            "{\"measurements\":[{\"name\":\"m\",\"value\":1,\"tags\":" + tags + "}]}");
    assertThat(posted.statusCode()).as(posted.body()).isLessThan(300);

    final String path = "/v1/sources/" + source;
    assertThat(http.json(path).get("name").getAsString()).isEqualTo(name);
    assertThat(http.send("DELETE", path, null, null).statusCode()).isEqualTo(204);
    assertThat(http.get(path).statusCode()).isEqualTo(404);
    assertThat(http.get("/v1/metrics%2Fm").statusCode()).isEqualTo(404);
  }

  @Test
  void chart_hasCompositesThatCanBeEvaluated() throws Exception {
    final HttpResponse<String> made = http.send("POST", "/v1/spaces", JSON, "{\"name\":\"a\"}");
    final long id = JsonParser.parseString(made.body()).getAsJsonObject().get("id").getAsLong();

    assertThat(chart(id, 4096)).isEqualTo(201);
    assertThat(chart(id, 4097)).isEqualTo(400);
  }

  private int chart(long space, int length) throws Exception {
    return http.send(
            "POST",
            "/v1/spaces/" + space + "/charts",
            JSON,
            "{\"name\":\"c\",\"streams\":[{\"composite\":\"" + "x".repeat(length) + "\"}]}")
        .statusCode();
  }
}
