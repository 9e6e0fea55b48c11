package io.zibrato.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiIT extends StoreCase {
  private static final long T = 1_700_000_040; // a whole minute

  @Test
  void submit_answersWithAnEmptyBody() throws Exception {
    final HttpResponse<String> response = http.post("{\"gauges\":[{\"name\":\"a\",\"value\":1}]}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(http.json("/healthz"))
        .hasToString("{\"status\":\"ok\",\"metrics\":1,\"measurements\":1}");
  }

  @Test
  void submit_ofAKnownKeyIsStoredOnce() throws Exception {
    for (final String key : List.of("\"k1\"", "\"k1\"", "\"k2\"", "\"k1\"")) {
      assertThat(postWithKey(key, "{\"gauges\":[{\"name\":\"a\",\"value\":1}]}")).isEqualTo(200);
    }
    assertThat(http.json("/healthz").get("measurements").getAsInt()).isEqualTo(2);

    store.close();
    open();
    assertThat(postWithKey("\"k2\"", "{\"gauges\":[{\"name\":\"a\",\"value\":1}]}")).isEqualTo(200);
    assertThat(http.json("/healthz").get("measurements").getAsInt()).isEqualTo(2);
  }

  /** A key is used up by what was stored, not by what was refused. */
  @Test
  void submit_refusedUsesUpNoKey() throws Exception {
    assertThat(postWithKey("k", "{\"gauges\":[{\"name\":\"a\",\"value\":1}]}")).isEqualTo(200);
    assertThat(postWithKey("x", "{\"counters\":[{\"name\":\"a\",\"value\":1}]}")).isEqualTo(400);
    assertThat(postWithKey("x", "{\"gauges\":[{\"name\":\"a\",\"value\":1}]}")).isEqualTo(200);
    assertThat(postWithKey("k".repeat(256), "{\"gauges\":[{\"name\":\"a\",\"value\":1}]}"))
        .isEqualTo(400);
    assertThat(http.json("/healthz").get("measurements").getAsInt()).isEqualTo(2);
  }

  private int postWithKey(String key, String json) throws Exception {
    return http.send("POST", "/v1/metrics", "application/json", json, "Idempotency-Key", key)
        .statusCode();
  }

  @Test
  void submit_arraysHashesAndForms() throws Exception {
    post("{'gauges':[{'name':'a','value':1}],'counters':[{'name':'c','value':5}]}");
    post("{'gauges':{'a':{'value':2},'x':{'name':'a','value':3}},'counters':{'c':{'value':6}}}");
    assertThat(
            http.form(
                    "measure_time="
                        + T
                        + "&source=web&gauges[0][name]=a&gauges[0][value]=4.5"
                        + "&counters[0][name]=c&counters[0][value]=7&counters[0][source]=own")
                .statusCode())
        .isEqualTo(200);

    assertThat(http.json("/healthz").get("measurements").getAsInt()).isEqualTo(7);
    assertThat(series("a?start_time=" + T + "&end_time=" + T, "web")).hasSize(1);
    assertThat(series("c?start_time=" + T + "&end_time=" + T, "own").get(0).get("value"))
        .hasToString("7");
  }

  @Test
  void submit_oneBadMeasurementRefusesAll() throws Exception {
    final HttpResponse<String> response =
        http.post(json("{'gauges':[{'name':'good','value':1},{'value':2}]}"));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
    assertThat(response.body())
        .contains("{\"errors\":{\"params\":{\"name\":[\"is not present\"]}}");
    assertThat(http.get("/v1/metrics/good").statusCode()).isEqualTo(404);
    assertThat(http.json("/healthz").get("measurements").getAsInt()).isZero();
  }

  @Test
  void submit_otherTypeThanTheMetricHas() throws Exception {
    post("{'counters':[{'name':'c','value':1}]}");

    final HttpResponse<String> response =
        http.post(json("{'gauges':[{'name':'new','value':1},{'name':'C','value':1}]}"));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .contains("\"type\":[\"'c' is a counter, but was submitted as different type\"]");
    assertThat(http.get("/v1/metrics/new").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "3",
        "null",
        "{}{}",
        "{} x",
        "{\"gauges\":[{\"name\":\"a\",\"value\":NaN}]}",
        "{'gauges':[]}",
        "{\"gauges\":[{\"name\":\"a\",\"value\":Infinity}]}",
        "{\"a\":1,}"
      })
  void submit_notJson(String body) throws Exception {
    final HttpResponse<String> response = http.post(body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).startsWith("{\"errors\":{\"request\":[\"");
  }

  @Test
  void submit_deeplyNested() throws Exception {
    assertThat(http.post("{\"a\":" + "[".repeat(100_000)).statusCode()).isEqualTo(400);
  }

  @Test
  void submit_wrongContentType() throws Exception {
    final String body = "{\"gauges\":[{\"name\":\"a\",\"value\":1}]}";

    assertThat(http.send("POST", "/v1/metrics", "text/plain", body).statusCode()).isEqualTo(415);
    assertThat(http.send("POST", "/v1/metrics", null, body).statusCode()).isEqualTo(415);
    assertThat(
            http.send("POST", "/v1/metrics", "application/json", body, "Content-Encoding", "br")
                .statusCode())
        .isEqualTo(415);
    assertThat(
            http.send("POST", "/v1/metrics", "Application/JSON; charset=utf-8", body).statusCode())
        .isEqualTo(200);
  }

  @Test
  void submit_oversizedBody() throws Exception {
    final HttpResponse<String> response = http.post(" ".repeat((4 << 20) + 1));

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body()).contains("{\"errors\":{\"request\":[\"The body is larger than");
  }

  @Test
  void submit_propertiesFillWhatNobodySaid() throws Exception {
    post("{'gauges':[{'name':'a','value':1,'description':'first','attributes':{'x':1}}]}");
    post(
        "{'gauges':[{'name':'a','value':1,'description':'second','display_name':'A','period':60,"
            + "'attributes':{'x':2,'y':3}}]}");

    assertThat(http.json("/v1/metrics/a"))
        .hasToString(
            "{\"name\":\"a\",\"display_name\":\"A\",\"type\":\"gauge\",\"description\":\"first\","
                + "\"period\":60,\"attributes\":{\"x\":1,\"y\":3}}");
  }

  @Test
  void submit_concurrently_losesNothing() throws Exception {
    final ExecutorService clients = Executors.newFixedThreadPool(8);
    try {
      final List<Callable<Integer>> calls =
          IntStream.range(0, 200)
              .<Callable<Integer>>mapToObj(
                  i ->
                      () ->
                          http.post(
                                  json(
                                      "{'measure_time':"
                                          + T
                                          + ",'gauges':[{'name':'n"
                                          + i % 5
                                          + "','value':"
                                          + i
                                          + ",'source':'s"
                                          + i % 3
                                          + "'}]}"))
                              .statusCode())
              .collect(Collectors.toList());
      for (final Future<Integer> answer : clients.invokeAll(calls)) {
        assertThat(answer.get()).isEqualTo(200);
      }
    } finally {
      clients.shutdownNow();
    }

    long sum = 0;
    for (int i = 0; i < 5; i++) {
      sum += sum(http.json("/v1/metrics/n" + i + "?resolution=1&start_time=" + T));
    }
    assertThat(sum).isEqualTo(199 * 200 / 2);
  }

  @Test
  void show_unassignedSourceAndCase() throws Exception {
    post("{'measure_time':" + T + ",'gauges':[{'name':'Load.Avg','value':0.5}]}");

    final JsonObject metric = http.json("/v1/metrics/load.AVG?resolution=1&count=1");

    assertThat(metric.get("name")).hasToString("\"Load.Avg\"");
    assertThat(metric.getAsJsonObject("measurements"))
        .hasToString(
            "{\"unassigned\":[{\"measure_time\":"
                + T
                + ",\"value\":0.5,\"count\":1,\"sum\":0.5,\"min\":0.5,\"max\":0.5,\"sum_squares\":0.25}]}");
  }

  @Test
  void show_sameSecondAndSourceAddUp() throws Exception {
    post("{'measure_time':" + T + ",'gauges':[{'name':'a','count':2,'sum':10,'min':4,'max':6}]}");
    post(
        "{'measure_time':"
            + T
            + ",'gauges':[{'name':'a','value':2},{'name':'a','count':1,'sum':9,'max':9}]}");

    assertThat(series("a?resolution=1&count=5", "unassigned").get(0))
        .hasToString(
            "{\"measure_time\":" + T + ",\"value\":5.25,\"count\":4,\"sum\":21,\"max\":9}");
  }

  @Test
  void show_bucketsBeginAtWholeResolutions() throws Exception {
    for (int second = 0; second < 150; second += 10) {
      post(
          "{'gauges':[{'name':'a','value':1,'measure_time':"
              + (T + second)
              + "}],'counters':[{'name':'c','value':"
              + second
              + ",'measure_time':"
              + (T + second)
              + "}]}");
    }

    final List<JsonObject> gauge = series("a?resolution=60&start_time=" + (T + 61), "unassigned");
    assertThat(gauge)
        .extracting(p -> p.get("measure_time").getAsLong())
        .containsExactly(T + 60, T + 120);
    assertThat(gauge).extracting(p -> p.get("sum").toString()).containsExactly("6", "3");
    assertThat(series("a?resolution=60&start_time=" + T + "&end_time=" + (T + 61), "unassigned"))
        .extracting(p -> p.get("sum").toString())
        .containsExactly("6", "6");
    assertThat(series("c?resolution=60&start_time=" + T, "unassigned"))
        .extracting(p -> p.get("value").toString())
        .containsExactly("50", "110", "140");
  }

  @Test
  void show_countFromEitherEnd() throws Exception {
    for (int i = 0; i < 6; i++) {
      post("{'gauges':[{'name':'a','value':" + i + ",'measure_time':" + (T + 60 * i) + "}]}");
    }

    assertThat(values("a?resolution=60&count=2")).containsExactly("4", "5");
    assertThat(values("a?resolution=60&count=2&end_time=" + (T + 130))).containsExactly("1", "2");
    assertThat(values("a?resolution=60&count=2&start_time=" + (T + 60))).containsExactly("1", "2");
    assertThat(values("a?resolution=60&start_time=" + (T + 60) + "&end_time=" + (T + 180)))
        .containsExactly("1", "2", "3");
    assertThat(values("a?resolution=60&count=9&start_time=" + T + "&end_time=" + (T + 60)))
        .containsExactly("0", "1");
  }

  @Test
  void show_sources() throws Exception {
    for (final String source : List.of("server1.x", "server2.x", "db1")) {
      post(
          "{'measure_time':" + T + ",'gauges':[{'name':'a','value':1,'source':'" + source + "'}]}");
    }

    assertThat(sources("a?count=1")).containsExactly("db1", "server1.x", "server2.x");
    assertThat(sources("a?count=1&source=DB1")).containsExactly("db1");
    assertThat(sources("a?count=1&source=server*")).containsExactly("server1.x", "server2.x");
    assertThat(sources("a?count=1&sources%5B%5D=db1&sources%5B%5D=server2.x"))
        .containsExactly("db1", "server2.x");
    assertThat(sources("a?count=1&source=none")).isEmpty();
  }

  @Test
  void show_wholeNumbersStayExact() throws Exception {
    post(
        "{'measure_time':"
            + T
            + ",'gauges':[{'name':'a','count':3,'sum':9007199254740993},"
            + "{'name':'a','count':1,'sum':12345.0},{'name':'b','value':1.2345e7}]}");

    assertThat(http.get("/v1/metrics/a?resolution=1&count=1").body())
        .contains("\"sum\":9007199254753338}");
    assertThat(http.get("/v1/metrics/b?resolution=1&count=1").body())
        .contains("\"value\":12345000,\"count\":1,\"sum\":12345000,");
  }

  @Test
  void show_pagesByNextTime() throws Exception {
    final int seconds = 100_000 + 500;
    for (int from = 0; from < seconds; from += 5000) {
      post(
          IntStream.range(from, Math.min(seconds, from + 5000))
              .mapToObj(i -> "{'name':'a','value':" + i + ",'measure_time':" + (T + i) + "}")
              .collect(Collectors.joining(",", "{'gauges':[", "]}")));
    }

    final JsonObject first = http.json("/v1/metrics/a?resolution=1&start_time=" + T);
    final long next = first.getAsJsonObject("query").get("next_time").getAsLong();
    final JsonObject second = http.json("/v1/metrics/a?resolution=1&start_time=" + next);

    assertThat(next).isEqualTo(T + 100_000);
    assertThat(second.has("query")).isFalse();
    assertThat(sum(first) + sum(second)).isEqualTo((seconds - 1L) * seconds / 2);
    assertThat(http.json("/v1/metrics/a?resolution=60&start_time=" + T).has("query")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resolution=0&count=1",
        "resolution=x&count=1",
        "count=0",
        "count=100001",
        "count=1.5",
        "start_time=-1",
        "start_time=1e3x",
        "end_time=5"
      })
  void show_badInterval(String query) throws Exception {
    post("{'gauges':[{'name':'a','value':1}]}");

    final HttpResponse<String> response = http.get("/v1/metrics/a?" + query);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).startsWith("{\"errors\":{\"params\":{");
  }

  @Test
  void list_pagesSortsAndFilters() throws Exception {
    post(
        IntStream.range(0, 120)
            .mapToObj(i -> "'m." + i + "':{'value':1}")
            .collect(Collectors.joining(",", "{'gauges':{'Other_x':{'value':1},", "}}")));

    assertThat(http.json("/v1/metrics").getAsJsonObject("query"))
        .hasToString("{\"found\":121,\"length\":100,\"offset\":0,\"total\":121}");
    assertThat(http.json("/v1/metrics?offset=120").getAsJsonArray("metrics")).hasSize(1);
    assertThat(names("?length=2")).containsExactly("m.0", "m.1");
    assertThat(names("?length=2&sort=desc")).containsExactly("Other_x", "m.99");
    assertThat(names("?name=OTHER")).containsExactly("Other_x");
    assertThat(names("?name=r_x")).containsExactly("Other_x");
    assertThat(names("?name=m_1")).isEmpty();
    assertThat(names("?name=m.*9&length=3")).containsExactly("m.109", "m.119", "m.19");
    assertThat(http.json("/v1/metrics?name=m.11").getAsJsonObject("query"))
        .hasToString("{\"found\":11,\"length\":11,\"offset\":0,\"total\":121}");
    for (final String bad :
        List.of("length=101", "length=0", "offset=-1", "sort=up", "orderby=x")) {
      assertThat(http.get("/v1/metrics?" + bad).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void update_createsAndChanges() throws Exception {
    assertThat(put("a", "{'description':'x'}").statusCode()).isEqualTo(404);
    final HttpResponse<String> created = put("a", "{'type':'gauge','period':60}");
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(created.headers().firstValue("Location")).contains("/v1/metrics/a");
    assertThat(created.body()).contains("\"name\":\"a\"", "\"type\":\"gauge\"", "\"period\":60");
    assertThat(put("a", "{'display_name':'A','attributes':{'u':'ms'}}").statusCode())
        .isEqualTo(204);
    assertThat(put("A", "{'attributes':{'v':null}}").statusCode()).isEqualTo(204);

    assertThat(http.json("/v1/metrics/a"))
        .hasToString(
            "{\"name\":\"a\",\"display_name\":\"A\",\"type\":\"gauge\",\"description\":null,"
                + "\"period\":60,\"attributes\":{\"u\":\"ms\",\"v\":null}}");
    assertThat(put("a", "{'type':'counter'}").statusCode()).isEqualTo(400);
    assertThat(put("a", "{'type':'x'}").statusCode()).isEqualTo(400);
    assertThat(put("b%20c", "{'type':'gauge'}").statusCode()).isEqualTo(400);
  }

  @Test
  void delete_takesTheMeasurementsAlong() throws Exception {
    post("{'gauges':[{'name':'a','value':1},{'name':'a','value':2},{'name':'b','value':3}]}");

    assertThat(http.send("DELETE", "/v1/metrics/a", null, null).statusCode()).isEqualTo(204);
    assertThat(http.send("DELETE", "/v1/metrics/a", null, null).statusCode()).isEqualTo(404);
    assertThat(http.json("/healthz"))
        .hasToString("{\"status\":\"ok\",\"metrics\":1,\"measurements\":1}");
    post("{'counters':[{'name':'a','value':7}]}");
    assertThat(values("a?count=5")).containsExactly("7");
    assertThat(
            http.send("DELETE", "/v1/metrics", "application/json", json("{'names':['a','b','c']}"))
                .statusCode())
        .isEqualTo(204);
    assertThat(http.json("/healthz"))
        .hasToString("{\"status\":\"ok\",\"metrics\":0,\"measurements\":0}");
  }

  @Test
  void routes_unknownAndWrongMethod() throws Exception {
    assertThat(http.get("/v1/nothing").statusCode()).isEqualTo(404);
    assertThat(http.get("/v1/nothing").body())
        .contains("{\"errors\":{\"request\":[\"Not Found\"]}");
    assertThat(http.get("/v1/metrics/a/b").statusCode()).isEqualTo(404);
    final HttpResponse<String> patch = http.send("PATCH", "/v1/metrics/a", null, null);
    assertThat(patch.statusCode()).isEqualTo(405);
    assertThat(patch.headers().firstValue("Allow")).contains("DELETE, GET, PUT");
  }

  @Test
  void guard_keepsOtherSitesOff() throws Exception {
    final String form = "gauges[0][name]=a&gauges[0][value]=1";
    final String type = "application/x-www-form-urlencoded";

    assertThat(
            http.send("POST", "/v1/metrics", type, form, "Origin", "http://evil.example")
                .statusCode())
        .isEqualTo(403);
    assertThat(http.send("POST", "/v1/metrics", type, form, "Origin", "null").statusCode())
        .isEqualTo(403);
    assertThat(
            http.send("POST", "/v1/metrics", type, form, "Origin", store.uri().toString())
                .statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:1, 200",
    "127.0.0.1, 200",
    "store.localhost, 200",
    "[::1]:7827, 200",
    "evil.example, 403",
    "evil.example:7827, 403",
    "127.0.0.1.evil.example, 403",
    "localhost.evil.example, 403"
  })
  void guard_answersToLocalNamesOnly(String host, int status) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), store.port())) {
      socket
          .getOutputStream()
          .write(
              ("GET /v1/metrics HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));

      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 " + status + " ");
    }
  }

  @Test
  void head_hasNoBody() throws Exception {
    final HttpResponse<String> response = http.send("HEAD", "/v1/metrics", null, null);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void reopened_hasWhatItHad() throws Exception {
    post("{'measure_time':" + T + ",'gauges':[{'name':'a','value':1}]}");
    store.close();
    open();
    post("{'measure_time':" + T + ",'gauges':[{'name':'a','value':2}]}");

    assertThat(series("a?count=1", "unassigned").get(0).get("sum")).hasToString("3");
    assertThat(http.json("/healthz").get("measurements").getAsInt()).isEqualTo(2);
  }

  @Test
  void close_twice() throws Exception {
    store.close();
    store.close();
  }

  private void post(String body) throws Exception {
    final HttpResponse<String> response = http.post(json(body));
    assertThat(response.body()).isEmpty();
    assertThat(response.statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> put(String name, String body) throws Exception {
    return http.send("PUT", "/v1/metrics/" + name, "application/json", json(body));
  }

  private List<JsonObject> series(String query, String source) throws Exception {
    final JsonArray points =
        http.json("/v1/metrics/" + query).getAsJsonObject("measurements").getAsJsonArray(source);
    final List<JsonObject> series = new ArrayList<>();
    points.forEach(point -> series.add(point.getAsJsonObject()));
    return series;
  }

  private List<String> values(String query) throws Exception {
    return series(query, "unassigned").stream().map(p -> p.get("value").toString()).toList();
  }

  private List<String> sources(String query) throws Exception {
    return List.copyOf(
        new ArrayList<>(
            http.json("/v1/metrics/" + query).getAsJsonObject("measurements").keySet()));
  }

  private List<String> names(String query) throws Exception {
    final List<String> names = new ArrayList<>();
    for (final JsonElement metric : http.json("/v1/metrics" + query).getAsJsonArray("metrics")) {
      names.add(metric.getAsJsonObject().get("name").getAsString());
    }
    return names;
  }

  private static long sum(JsonObject metric) {
    long sum = 0;
    for (final String source : metric.getAsJsonObject("measurements").keySet()) {
      for (final JsonElement point :
          metric.getAsJsonObject("measurements").getAsJsonArray(source)) {
        sum += point.getAsJsonObject().get("sum").getAsLong();
      }
    }
    return sum;
  }
}
