package io.zibrato.store.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

/** {@code curl}, as the documentation has it for {@code /v1/metrics}. */
class CurlMetricsIT extends CurlCase {
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
  void update_createsAndChanges() throws Exception {
    Curl.Answer created =
        curl.run(
            """
            curl \\
              -u $LIBRATO_USERNAME:$LIBRATO_TOKEN \\
              -d 'type=gauge&description=Length of app queue&display_name=num. elements' \\
              -X PUT \\
              'https://metrics-api.librato.com/v1/metrics/queue_len'
            """);
    assertThat(created.status()).as(created.toString()).isEqualTo(201);
    assertThat(created.head()).containsIgnoringCase("Location: /v1/metrics/queue_len\r\n");
    assertThat(created.json().get("name").getAsString()).isEqualTo("queue_len");
    assertThat(created.json().get("description").getAsString()).isEqualTo("Length of app queue");
    assertThat(created.json().get("type").getAsString()).isEqualTo("gauge");

    Curl.Answer changed =
        curl.run(
            """
            curl \\
              -u $LIBRATO_USERNAME:$LIBRATO_TOKEN \\
              -d 'display_name=Length of the queue&attributes[display_min]=0' \\
              -X PUT \\
              'https://metrics-api.librato.com/v1/metrics/queue_len'
            """);
    assertThat(changed.status()).as(changed.toString()).isEqualTo(204);
    assertThat(changed.body()).isEmpty();
    JsonObject metric = store.get("/v1/metrics/queue_len");
    assertThat(metric.get("display_name").getAsString()).isEqualTo("Length of the queue");
    assertThat(metric.getAsJsonObject("attributes").get("display_min").getAsInt()).isZero();
  }

  @Test
  void update_ofManyByNamesAndByAPattern() throws Exception {
    submitJson(
        "{\"gauges\": [{\"name\": \"cpu\", \"value\": 1}, {\"name\": \"reqs\", \"value\": 1},"
            + " {\"name\": \"web.time\", \"value\": 1}, {\"name\": \"db.time\", \"value\": 1}]}");

    Curl.Answer named =
        curl.run(
            """
            curl \\
              -u $LIBRATO_USERNAME:$LIBRATO_TOKEN \\
              -d 'names%5B%5D=cpu&names%5B%5D=reqs&period=60&display_min=0' \\
              -X PUT \\
              'https://metrics-api.librato.com/v1/metrics'
            """);
    Curl.Answer matching =
        curl.run(
            """
            curl \\
              -u $LIBRATO_USERNAME:$LIBRATO_TOKEN \\
              -d 'names=*.time&display_units_short=ms' \\
              -X PUT \\
              'https://metrics-api.librato.com/v1/metrics'
            """);

    assertThat(named.status()).as(named.toString()).isEqualTo(204);
    assertThat(matching.status()).as(matching.toString()).isEqualTo(204);
    for (String name : new String[] {"cpu", "reqs"}) {
      JsonObject metric = store.get("/v1/metrics/" + name);
      assertThat(metric.get("period").getAsInt()).isEqualTo(60);
      assertThat(metric.getAsJsonObject("attributes").get("display_min").getAsInt()).isZero();
    }
    for (String name : new String[] {"web.time", "db.time"}) {
      JsonObject metric = store.get("/v1/metrics/" + name);
      assertThat(metric.get("period").isJsonNull()).isTrue();
      assertThat(metric.getAsJsonObject("attributes").get("display_units_short").getAsString())
          .isEqualTo("ms");
    }
  }

  @Test
  void delete_byNameByNamesAndByAPattern() throws Exception {
    submitJson(
        "{\"gauges\": {\"cpu\": {\"value\": 1}, \"servers\": {\"value\": 1}, \"reqs\": {\"value\":"
            + " 1}, \"cpu.us.90\": {\"value\": 1}, \"cpu.90\": {\"value\": 1}, \"cpu.99\":"
            + " {\"value\": 1}, \"temp\": {\"value\": 1}}}");

    Curl.Answer names =
        curl.run(
            """
            curl \\
              -u $LIBRATO_USERNAME:$LIBRATO_TOKEN \\
              -d 'names%5B%5D=cpu&names%5B%5D=servers&names%5B%5D=reqs' \\
              -X DELETE \\
              'https://metrics-api.librato.com/v1/metrics'
            """);
    assertThat(names.status()).as(names.toString()).isEqualTo(204);
    assertThat(store.metrics()).containsExactly("cpu.90", "cpu.99", "cpu.us.90", "temp");
    Curl.Answer pattern =
        curl.run(
            """
            curl \\
              -u $LIBRATO_USERNAME:$LIBRATO_TOKEN \\
              -d 'names=cpu*.90' \\
              -X DELETE \\
              'https://metrics-api.librato.com/v1/metrics'
            """);
    assertThat(pattern.status()).as(pattern.toString()).isEqualTo(204);
    assertThat(store.metrics()).containsExactly("cpu.99", "temp");
    Curl.Answer one =
        curl.run(
            """
            curl \\
              -u $LIBRATO_USERNAME:$LIBRATO_TOKEN \\
              -X DELETE \\
              'https://metrics-api.librato.com/v1/metrics/temp'
            """);
    assertThat(one.status()).isEqualTo(204);
    assertThat(store.metrics()).containsExactly("cpu.99");
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

  @Test
  void compose() throws Exception {
    submitJson(
        """
        {"measure_time": 1432931040, "counters": [
          {"name": "collectd.cpu.0.idle", "value": 100, "source": "boatman-stg_45"},
          {"name": "collectd.cpu.0.idle", "value": 160, "source": "boatman-stg_45",
           "measure_time": 1432931100},
          {"name": "collectd.cpu.1.idle", "value": 7, "source": "boatman-stg_45"},
          {"name": "collectd.cpu.1.idle", "value": 10, "source": "boatman-stg_45",
           "measure_time": 1432931100},
          {"name": "collectd.cpu.0.idle", "value": 100, "source": "other"}]}
        """);

    Curl.Answer answer =
        curl.run(
            """
            curl \\
              -u $LIBRATO_USERNAME:$LIBRATO_TOKEN \\
              -X GET \\
              'https://metrics-api.librato.com/v1/metrics?compose=derive(s(%22collectd.cpu.*.idle%22,%20%22boatman*45%22))&start_time=1432931007&end_time=1432931160&resolution=60'
            """);

    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.json().get("resolution").getAsInt()).isEqualTo(60);
    assertThat(answer.json().get("compose").getAsString())
        .isEqualTo("derive(s(\"collectd.cpu.*.idle\", \"boatman*45\"))");
    assertThat(answer.json().getAsJsonArray("measurements")).hasSize(2);
    JsonObject first = answer.json().getAsJsonArray("measurements").get(0).getAsJsonObject();
    assertThat(first.getAsJsonObject("metric").get("name").getAsString())
        .isEqualTo("collectd.cpu.0.idle");
    assertThat(first.getAsJsonObject("source").get("name").getAsString())
        .isEqualTo("boatman-stg_45");
    assertThat(first.getAsJsonArray("series"))
        .containsExactly(object("{\"measure_time\":1432931100,\"value\":60.0}"));
  }
}
