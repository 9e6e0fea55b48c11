package io.zibrato.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Summaries of measurements, many metrics at once, sources, and packed bodies. */
class MetricsIT extends StoreCase {
  private static final long T = 1_700_000_040; // a whole minute

  @Test
  void summarizeSources_addsAllBesideTheOthers() throws Exception {
    gauges();

    assertThat(measurements("a?resolution=60&start_time=" + T + "&summarize_sources=true"))
        .isEqualTo(
            json(
                "{'all':["
                    + record(0, "'value':3,'count':3,'sum':9,'min':1,'max':6,'sum_squares':41")
                    + ",'summarized':2},"
                    + record(60, "'value':4,'count':1,'sum':4,'min':4,'max':4,'sum_squares':16")
                    + ",'summarized':1}],'s1':["
                    + record(0, "'value':1.5,'count':2,'sum':3,'min':1,'max':2,'sum_squares':5")
                    + "},"
                    + record(60, "'value':4,'count':1,'sum':4,'min':4,'max':4,'sum_squares':16")
                    + "}],'s2':["
                    + record(0, "'value':6,'count':1,'sum':6,'min':6,'max':6,'sum_squares':36")
                    + "}]}"));
    assertThat(keys("a?count=9&resolution=60&summarize_sources=true&breakout_sources=false"))
        .containsExactly("all");
  }

  @Test
  void summarizeTime_isOneRecordOfEachSource() throws Exception {
    gauges();

    assertThat(measurements("a?resolution=60&start_time=" + T + "&summarize_time=true"))
        .isEqualTo(
            json(
                "{'s1':["
                    + record(
                        0,
                        "'value':2.3333333333333335,'count':3,'sum':7,'min':1,'max':4,"
                            + "'sum_squares':21")
                    + ",'rollups':2}],'s2':["
                    + record(0, "'value':6,'count':1,'sum':6,'min':6,'max':6,'sum_squares':36")
                    + ",'rollups':1}]}"));
    assertThat(
            measurements(
                "a?resolution=60&count=5&summarize_time=1&summarize_sources=1&breakout_sources=0"))
        .isEqualTo(
            json(
                "{'all':["
                    + record(0, "'value':3.25,'count':4,'sum':13,'min':1,'max':6,'sum_squares':57")
                    + ",'summarized':2,'rollups':3}]}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sum | 'value':7.5,'count':3,'sum':9,'min':7,'max':8,'sum_squares':41",
        "min | 'value':1.5,'count':3,'sum':3,'min':1,'max':2,'sum_squares':5",
        "max | 'value':6,'count':3,'sum':6,'min':6,'max':6,'sum_squares':36",
        "mean | 'value':3.75,'count':3,'sum':4.5,'min':3.5,'max':4,'sum_squares':20.5",
        "count | 'value':2,'count':3,'sum':2,'min':2,'max':2,'sum_squares':2",
      })
  void groupBy_appliesToEachStatistic(String function, String record) throws Exception {
    gauges();

    assertThat(measurements("a?resolution=60&start_time=" + T + "&count=1&group_by=" + function))
        .isEqualTo(json("{'all':[" + record(0, record) + ",'summarized':2}]}"));
  }

  private void gauges() throws Exception {
    post(
        "{'measure_time':"
            + T
            + ",'gauges':[{'name':'a','value':1,'source':'s1'},{'name':'a','value':2,'source':'s1'},"
            + "{'name':'a','value':6,'source':'s2'},{'name':'a','value':4,'source':'s1',"
            + "'measure_time':"
            + (T + 60)
            + "}]}");
  }

  @Test
  void counter_tellsHowMuchItWentUp() throws Exception {
    counter();

    assertThat(measurements("c?resolution=60&start_time=" + (T + 60)))
        .isEqualTo(
            json(
                "{'s':["
                    + record(
                        60, "'value':25,'count':1,'sum':25,'min':25,'max':25,'sum_squares':625")
                    + ",'delta':15,'rate':0.25},"
                    + record(120, "'value':5,'count':1,'sum':5,'min':5,'max':5,'sum_squares':25")
                    + ",'delta':5,'rate':0.08333333333333333}]}"));
    assertThat(measurements("c?resolution=60&start_time=" + T + "&count=1"))
        .doesNotContain("delta");
  }

  @Test
  void counter_isSummarizedByWhatItWentUp() throws Exception {
    counter();

    assertThat(measurements("c?resolution=60&start_time=" + T + "&summarize_time=true"))
        .isEqualTo(
            json(
                "{'s':["
                    + record(60, "'value':10,'count':2,'sum':20,'min':5,'max':15,'sum_squares':250")
                    + ",'rollups':2}]}"));
    assertThat(keys("c?resolution=60&start_time=" + T + "&summarize_sources=true"))
        .containsExactly("all", "s");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 60, 3600, 86_400})
  void counter_wentUpSinceItWasLastSeen(int resolution) throws Exception {
    final long later = T + 10 * 86_400;
    counter();
    post("{'source':'s','counters':[{'name':'c','value':8,'measure_time':" + later + "}]}");

    final String query = "c?resolution=" + resolution + "&start_time=" + later;
    assertThat(measurements(query)).contains(json(",'delta':3,"));
    assertThat(measurements(query + "&summarize_time=true")).contains(json("'value':3,'count':1"));
  }

  @Test
  void counter_ofSeveralTagSetsIsWhereAllOfThemStand() throws Exception {
    counter();
    tagged(30, 100);
    tagged(90, 110);
    tagged(120, 160);

    final JsonArray points =
        http.json("/v1/metrics/c?resolution=60&start_time=" + T)
            .getAsJsonObject("measurements")
            .getAsJsonArray("s");
    assertThat(points).extracting(each -> member(each, "value")).containsExactly(110, 135, 165);
    assertThat(points).extracting(each -> member(each, "delta")).containsExactly(null, 25, 55);
    assertThat(points).extracting(each -> member(each, "count")).containsExactly(2, 2, 2);
    assertThat(measurements("c?resolution=60&start_time=" + (T + 60) + "&count=1"))
        .contains(json("'value':135,"))
        .contains(json("'delta':25,"));
  }

  private static Integer member(JsonElement point, String name) {
    final JsonElement value = point.getAsJsonObject().get(name);
    return value == null ? null : value.getAsInt();
  }

  private void tagged(int second, int value) throws Exception {
    final String body =
        "{'tags':{'source':'s','host':'h'},'measurements':[{'name':'c','value':%d,'time':%d}]}";
    final String text = json(body.formatted(value, T + second));
    assertThat(http.send("POST", "/v1/measurements", "application/json", text).statusCode())
        .isEqualTo(202);
  }

  private void counter() throws Exception {
    post(
        "{'source':'s','counters':[{'name':'c','value':10,'measure_time':"
            + T
            + "},{'name':'c','value':25,'measure_time':"
            + (T + 60)
            + "},{'name':'c','value':5,'measure_time':"
            + (T + 120)
            + "}]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "summarize_time=x",
        "summarize_sources=2",
        "breakout_sources=no",
        "group_by=median",
        "group_by=sum&summarize_sources=false"
      })
  void summary_thatCannotBe(String query) throws Exception {
    gauges();

    assertThat(http.get("/v1/metrics/a?count=1&" + query).statusCode()).isEqualTo(400);
  }

  @Test
  void updateMany_byNamesOrPattern() throws Exception {
    post(
        "{'gauges':{'cpu':{'value':1},'reqs':{'value':1},'a.time':{'value':1},'b.time':{'value':1}}}");

    assertThat(
            http.send(
                    "PUT",
                    "/v1/metrics",
                    FORM,
                    "names=cpu&names=reqs&names=none&period=60&display_min=0")
                .statusCode())
        .isEqualTo(204);
    assertThat(
            http.send(
                    "PUT",
                    "/v1/metrics",
                    "application/json",
                    json("{'names':'*.TIME','attributes':{'display_units_short':'ms'}}"))
                .statusCode())
        .isEqualTo(204);

    assertThat(http.json("/v1/metrics/cpu").toString())
        .contains(json("'period':60,'attributes':{'display_min':'0'}"));
    assertThat(http.json("/v1/metrics/reqs").get("period")).hasToString("60");
    assertThat(http.json("/v1/metrics/a.time").get("attributes"))
        .hasToString(json("{'display_units_short':'ms'}"));
    assertThat(http.json("/v1/metrics/b.time").get("attributes"))
        .hasToString(json("{'display_units_short':'ms'}"));
    assertThat(http.get("/v1/metrics/none").statusCode()).isEqualTo(404);
  }

  @Test
  void deleteMany_byNamesOrPattern() throws Exception {
    post(
        "{'gauges':{'cpu1.90':{'value':1},'cpu2.90':{'value':1},'cpu2.95':{'value':1},"
            + "'a':{'value':1},'b':{'value':1}}}");

    assertThat(http.send("DELETE", "/v1/metrics", FORM, "names=cpu*.90").statusCode())
        .isEqualTo(204);
    assertThat(names()).containsExactly("a", "b", "cpu2.95");
    assertThat(http.send("DELETE", "/v1/metrics", FORM, "names%5B%5D=a&names%5B%5D=*").statusCode())
        .isEqualTo(204);
    assertThat(names()).containsExactly("b", "cpu2.95");
    assertThat(http.json("/healthz").get("measurements").getAsInt()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'names':[]}", "{'names':''}", "{'names':{}}", "{'names':[[]]}"})
  void many_needNames(String body) throws Exception {
    for (final String method : List.of("PUT", "DELETE")) {
      final HttpResponse<String> answer =
          http.send(method, "/v1/metrics", "application/json", json(body));
      assertThat(answer.statusCode()).as(method + body).isEqualTo(400);
      assertThat(answer.body()).contains("\"names\":[");
    }
  }

  @Test
  void sources_areListedNamedAndDeleted() throws Exception {
    post("{'gauges':[{'name':'a','value':1,'source':'foo.bar.com'},{'name':'a','value':2}]}");
    http.send(
        "POST",
        "/v1/measurements",
        "application/json",
        json("{'measurements':[{'name':'a','value':4,'tags':{'source':'web','region':'us'}}]}"));
    final HttpResponse<String> created =
        http.send("PUT", "/v1/sources/i-d32d61af", FORM, "display_name=web-frontend-0");
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(created.headers().firstValue("Location")).contains("/v1/sources/i-d32d61af");
    assertThat(created.body())
        .isEqualTo(json("{'name':'i-d32d61af','display_name':'web-frontend-0'}"));
    assertThat(http.send("PUT", "/v1/sources/FOO.bar.com", FORM, "display_name=Foo").statusCode())
        .isEqualTo(204);

    assertThat(http.json("/v1/sources"))
        .hasToString(
            json(
                "{'query':{'found':3,'length':3,'offset':0,'total':3},'sources':["
                    + "{'name':'foo.bar.com','display_name':'Foo'},"
                    + "{'name':'i-d32d61af','display_name':'web-frontend-0'},"
                    + "{'name':'web','display_name':null}]}"));
    assertThat(http.json("/v1/sources?name=WEB&length=1&sort=desc").toString())
        .startsWith(json("{'query':{'found':2,'length':1,'offset':0,'total':3},'sources':["))
        .contains(json("[{'name':'web','display_name':null}]"));
    assertThat(http.json("/v1/sources/Foo.Bar.com"))
        .hasToString(json("{'name':'foo.bar.com','display_name':'Foo'}"));
    assertThat(http.get("/v1/sources/none").statusCode()).isEqualTo(404);

    assertThat(http.send("DELETE", "/v1/sources/Web", null, null).statusCode()).isEqualTo(204);
    assertThat(http.send("DELETE", "/v1/sources/web", null, null).statusCode()).isEqualTo(404);
    assertThat(keys("a?count=1&resolution=3600")).containsExactly("foo.bar.com", "unassigned");
    assertThat(http.json("/healthz").get("measurements").getAsInt()).isEqualTo(2);
    post("{'gauges':[{'name':'a','value':1,'source':'web'}]}");
    assertThat(http.get("/v1/sources/web").statusCode()).isEqualTo(200);
  }

  @Test
  void sources_thatCannotBe() throws Exception {
    for (final String name : List.of("all", "UNASSIGNED", "a%20b")) {
      assertThat(http.send("PUT", "/v1/sources/" + name, FORM, "display_name=x").statusCode())
          .isEqualTo(400);
    }
    assertThat(
            http.send("PUT", "/v1/sources/a", FORM, "display_name=" + "x".repeat(256)).statusCode())
        .isEqualTo(400);
    assertThat(http.get("/v1/sources?orderby=x").statusCode()).isEqualTo(400);
  }

  @Test
  void gzip_isUnpackedWithinLimits() throws Exception {
    final String body = json("{'gauges':[{'name':'a','value':1}]}");

    assertThat(packed(gzip(body))).isEqualTo(200);
    assertThat(http.json("/healthz").get("measurements").getAsInt()).isEqualTo(1);
    assertThat(packed(body.getBytes(StandardCharsets.UTF_8))).isEqualTo(400);
    final byte[] cut = gzip(body.repeat(100));
    assertThat(packed(Arrays.copyOf(cut, cut.length - 20))).isEqualTo(400);
    assertThat(packed(gzip(" ".repeat((4 << 20) + 1)))).isEqualTo(413);
  }

  private int packed(byte[] body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(store.uri().resolve("/v1/metrics"))
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private static byte[] gzip(String text) throws Exception {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static String record(int second, String rest) {
    return "{'measure_time':" + (T + second) + "," + rest;
  }

  private void post(String body) throws Exception {
    assertThat(http.post(json(body)).statusCode()).isEqualTo(200);
  }

  private String measurements(String query) throws Exception {
    return http.json("/v1/metrics/" + query).getAsJsonObject("measurements").toString();
  }

  private List<String> keys(String query) throws Exception {
    final JsonObject sources = http.json("/v1/metrics/" + query).getAsJsonObject("measurements");
    return List.copyOf(sources.keySet());
  }

  private List<String> names() throws Exception {
    final List<String> names = new ArrayList<>();
    for (final JsonElement metric : http.json("/v1/metrics").getAsJsonArray("metrics")) {
      names.add(metric.getAsJsonObject().get("name").getAsString());
    }
    return names;
  }
}
