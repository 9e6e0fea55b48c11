package io.zibrato.store.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code curl}, as the documentation has it for {@code /v1/metrics}. */
class CurlMetricsIT {
  @TempDir private Path dir;
  private RealStore store;
  private Curl curl;

  @BeforeAll
  static void tools() {
    Tool.require("curl");
  }

  @BeforeEach
  void start() throws Exception {
    store = RealStore.start(dir);
    curl = new Curl(dir, store.url());
  }

  @AfterEach
  void stop() {
    store.close();
  }

  private static JsonObject object(String json) {
    return JsonParser.parseString(json).getAsJsonObject();
  }

  private void submitJson(String json) throws Exception {
    Curl.Answer answer =
        curl.run(
            """
            curl \\
              -u $LIBRATO_USERNAME:$LIBRATO_TOKEN \\
              -H "Content-Type: application/json" \\
              -d '%s' \\
              -X POST \\
              https://metrics-api.librato.com/v1/metrics
            """
                .formatted(json));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void submit_ofAForm() throws Exception {
    Curl.Answer answer =
        curl.run(
            """
            curl \\
              -u $LIBRATO_USERNAME:$LIBRATO_TOKEN \\
              -d 'measure_time=1234567950' \\
              -d 'source=blah.com' \\
              -d 'counters[0][name]=conn_servers' \\
              -d 'counters[0][value]=5' \\
              -d 'counters[1][name]=write_fails' \\
              -d 'counters[1][value]=3' \\
              -d 'gauges[0][name]=cpu_temp' \\
              -d 'gauges[0][value]=88.4' \\
              -d 'gauges[0][source]=cpu0_blah.com' \\
              -d 'gauges[0][measure_time]=1234567949' \\
              -X POST \\
              https://metrics-api.librato.com/v1/metrics
            """);

    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(store.metrics()).containsExactly("conn_servers", "cpu_temp", "write_fails");
    assertThat(store.bySource("conn_servers", "blah.com")).containsOnlyKeys(1234567950L);
    assertThat(store.bySource("conn_servers", "blah.com", "value")).containsExactly(5.0);
    assertThat(store.bySource("write_fails", "blah.com", "value")).containsExactly(3.0);
    assertThat(store.bySource("cpu_temp", "cpu0_blah.com")).containsOnlyKeys(1234567949L);
    assertThat(store.bySource("cpu_temp", "cpu0_blah.com", "value")).containsExactly(88.4);
    assertThat(store.get("/v1/metrics/write_fails").get("type").getAsString()).isEqualTo("counter");
  }

  @Test
  void submit_inAllFormatsOfJson() throws Exception {
    submitJson("{\"gauges\": {\"login-delay\": {\"value\": 3.5, \"source\": \"foo.bar.com\"}}}");
    submitJson(
        """
        {
          "gauges": {
            "0": {"name": "login-delay", "value": 3.5, "source": "foo1.bar.com"},
            "1": {"name": "login-delay", "value": 2.6, "source": "foo2.bar.com"}
          }
        }
        """);
    submitJson(
        """
        {
          "gauges": [
            {"name": "login-delay", "value": 4.5, "source": "foo3.bar.com"},
            {"name": "login-delay", "count": 2, "sum": 5, "min": 1, "max": 4,
             "sum_squares": 17, "source": "foo4.bar.com"}
          ]
        }
        """);

    assertThat(store.bySource("login-delay", "foo.bar.com", "value")).containsExactly(3.5);
    assertThat(store.bySource("login-delay", "foo1.bar.com", "value")).containsExactly(3.5);
    assertThat(store.bySource("login-delay", "foo2.bar.com", "value")).containsExactly(2.6);
    assertThat(store.bySource("login-delay", "foo3.bar.com", "value")).containsExactly(4.5);
    assertThat(store.bySource("login-delay", "foo4.bar.com", "sum_squares")).containsExactly(17.0);
  }

  @Test
  void retrieve() throws Exception {
    submitJson(
        """
        {"gauges": [
          {"name": "cpu_temp", "value": 84.5, "source": "server1.acme.com",
           "measure_time": 1234567890},
          {"name": "cpu_temp", "value": 94.5, "source": "server2.acme.com",
           "measure_time": 1234567890},
          {"name": "cpu_temp", "value": 86.5, "source": "server1.acme.com",
           "measure_time": 1234567950},
          {"name": "cpu_temp", "value": 1, "source": "other", "measure_time": 1234567950},
          {"name": "app_requests", "value": 2}
        ]}
        """);

    Curl.Answer all =
        curl.run(
            """
            curl \\
              -u $LIBRATO_USERNAME:$LIBRATO_TOKEN \\
              -X GET \\
              'https://metrics-api.librato.com/v1/metrics'
            """);
    assertThat(all.json().getAsJsonObject("query"))
        .isEqualTo(object("{\"found\":2,\"length\":2,\"offset\":0,\"total\":2}"));
    Curl.Answer named =
        curl.run(
            """
            curl -u $LIBRATO_USERNAME:$LIBRATO_TOKEN \\
              -X GET 'https://metrics-api.librato.com/v1/metrics?name=request'
            """);
    assertThat(named.json().getAsJsonObject("query"))
        .isEqualTo(object("{\"found\":1,\"length\":1,\"offset\":0,\"total\":2}"));
    Curl.Answer one =
        curl.run(
            """
            curl -u $LIBRATO_USERNAME:$LIBRATO_TOKEN \\
              -X GET 'https://metrics-api.librato.com/v1/metrics/cpu_temp'
            """);
    assertThat(one.json().get("type").getAsString()).isEqualTo("gauge");
    assertThat(one.json().has("measurements")).isFalse();
    Curl.Answer last =
        curl.run(
            """
            curl -u $LIBRATO_USERNAME:$LIBRATO_TOKEN \\
              -X GET \\
              'https://metrics-api.librato.com/v1/metrics/cpu_temp?count=4&resolution=60'
            """);
    assertThat(last.json().get("resolution").getAsInt()).isEqualTo(60);
    assertThat(last.json().getAsJsonObject("measurements").keySet())
        .containsExactlyInAnyOrder("other", "server1.acme.com", "server2.acme.com");
    Curl.Answer pattern =
        curl.run(
            """
            curl -u $LIBRATO_USERNAME:$LIBRATO_TOKEN \\
              -X GET \\
              'https://metrics-api.librato.com/v1/metrics/cpu_temp?source=server*&count=4&resolution=60'
            """);
    assertThat(pattern.json().getAsJsonObject("measurements").keySet())
        .containsExactly("server1.acme.com", "server2.acme.com");
    Curl.Answer sources =
        curl.run(
            """
            curl -u $LIBRATO_USERNAME:$LIBRATO_TOKEN \\
              -X GET \\
              'https://metrics-api.librato.com/v1/metrics/cpu_temp?sources%5B%5D=server1.acme.com&sources%5B%5D=server2.acme.com&count=4&resolution=60'
            """);
    assertThat(sources.json().getAsJsonObject("measurements"))
        .isEqualTo(pattern.json().getAsJsonObject("measurements"));
    JsonObject first =
        sources
            .json()
            .getAsJsonObject("measurements")
            .getAsJsonArray("server1.acme.com")
            .get(0)
            .getAsJsonObject();
    assertThat(first.get("measure_time").getAsLong()).isEqualTo(1234567890 / 60 * 60);
    assertThat(first.get("value").getAsDouble()).isEqualTo(84.5);
    assertThat(first.get("count").getAsInt()).isEqualTo(1);
  }

  @Test
  void credentials_inTheAddress() throws Exception {
    String authority = store.url().replace("http://", "http://user%40example.com:75AFDB82@");
    assertThat(curl.run("curl '" + authority + "/v1/metrics'").status()).isEqualTo(200);
    assertThat(curl.run("curl '" + store.url() + "/v1/metrics'").status()).isEqualTo(401);
    assertThat(
            curl.run(
                    "curl -u $LIBRATO_USERNAME:$LIBRATO_TOKEN"
                        + " https://metrics-api.librato.com/v1/metrics",
                    RealStore.USER,
                    "wrong")
                .status())
        .isEqualTo(401);
  }
}
