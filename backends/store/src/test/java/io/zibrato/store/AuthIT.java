package io.zibrato.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.store.http.Credentials;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthIT {
  @TempDir Path dir;
  private Store store;
  private Http http;

  @BeforeEach
  void open() throws Exception {
    final Credentials credentials = new Credentials("me@example.com", "t0:ken");
    store =
        Store.open(
            new StoreOptions(InetAddress.getLoopbackAddress(), 0, dir, Optional.of(credentials)));
    http = new Http(store.uri());
  }

  @AfterEach
  void close() throws Exception {
    store.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/metrics",
        "/v1/metrics/a",
        "/v1/nothing",
        "/",
        "/page/page.js",
        "/page/chart.js",
        "/x"
      })
  void without_isAskedFor(String path) throws Exception {
    final HttpResponse<String> response = http.get(path);

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.body()).contains("{\"errors\":{\"request\":[\"Authorization Required\"]}");
    assertThat(response.headers().firstValue("WWW-Authenticate"))
        .hasValueSatisfying(value -> assertThat(value).startsWith("Basic realm="));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic",
        "Basic !",
        "Bearer x",
        "Basic bWVAZXhhbXBsZS5jb206dDA6a2Vu",
        "me@example.com:t0:ken"
      })
  void withAnything_onlyTheRightOnePasses(String header) throws Exception {
    final int status =
        http.send("GET", "/v1/metrics", null, null, "Authorization", header).statusCode();

    assertThat(status).isEqualTo(header.endsWith("dDA6a2Vu") ? 200 : 401);
  }

  @ParameterizedTest
  @CsvSource({
    "t0:ken:, 200",
    "t0:ken, 401",
    ":t0:ken, 401",
    "t0:ken::, 401",
    "me@example.com:, 401",
    ":, 401"
  })
  void withTheTokenAlone_passes(String userAndPassword, int expected) throws Exception {
    final String header =
        "Basic "
            + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));

    assertThat(http.send("GET", "/v1/metrics", null, null, "Authorization", header).statusCode())
        .isEqualTo(expected);
  }

  @Test
  void withWrongToken_storesNothing() throws Exception {
    final String header =
        "Basic "
            + Base64.getEncoder()
                .encodeToString("me@example.com:wrong".getBytes(StandardCharsets.UTF_8));

    assertThat(
            http.send(
                    "POST",
                    "/v1/metrics",
                    "application/json",
                    "{\"gauges\":[{\"name\":\"a\",\"value\":1}]}",
                    "Authorization",
                    header)
                .statusCode())
        .isEqualTo(401);
    assertThat(http.json("/healthz").get("measurements").getAsInt()).isZero();
  }

  @Test
  void healthz_isOpen() throws Exception {
    assertThat(http.get("/healthz").statusCode()).isEqualTo(200);
  }
}
