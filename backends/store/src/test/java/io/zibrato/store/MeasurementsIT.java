package io.zibrato.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasurementsIT extends StoreCase {
  private static final long T = 1_700_000_040; // a whole minute
  private static final String SPAN = "resolution=60&start_time=" + T + "&end_time=" + (T + 600);

  @Test
  void submit_isAcceptedAndShownByTags() throws Exception {
    final HttpResponse<String> answer =
        post(
            "{'tags':{'region':'us-east-1','az':'a'},'time':"
                + T
                + ",'measurements':[{'name':'my.custom.metric','value':65},"
                + "{'name':'my.custom.metric','value':3,'tags':{'az':'b'}}]}");

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body())
        .isEqualTo("{\"measurements\":{\"summary\":{\"total\":2,\"accepted\":2,\"failed\":0}}}");
    assertThat(http.json("/v1/measurements/My.custom.metric?" + SPAN))
        .hasToString(
            json(
                "{'series':[{'tags':{'az':'a','region':'us-east-1'},'measurements':[{'time':"
                    + T
                    + ",'value':65}]},{'tags':{'az':'b','region':'us-east-1'},'measurements':"
                    + "[{'time':"
                    + T
                    + ",'value':3}]}],'links':[],'resolution':60,'name':'my.custom.metric',"
                    + "'period':null,'attributes':{}}"));
    assertThat(http.json("/healthz"))
        .hasToString("{\"status\":\"ok\",\"metrics\":1,\"measurements\":2}");
    assertThat(http.json("/v1/metrics/my.custom.metric").get("type")).hasToString("\"gauge\"");
  }

  @Test
  void submit_oneBadMeasurementRefusesAll() throws Exception {
    final HttpResponse<String> answer =
        post("{'measurements':[{'name':'a','value':1},{'name':'a b','value':1}]}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).startsWith("{\"errors\":{\"params\":{\"name\":[");
    assertThat(http.get("/v1/measurements/a?" + SPAN).statusCode()).isEqualTo(404);
  }

  @Test
  void submit_toACounterIsItsReading() throws Exception {
    http.post(json("{'counters':[{'name':'c','value':5,'measure_time':" + T + "}]}"));
    tagged("c", "{'region':'us'}", T, 9);

    assertThat(series("c?" + SPAN)).containsExactly("{}=5", "{\"region\":\"us\"}=9");
  }

  @Test
  void submit_ofAKnownKeyIsAnsweredTheSameAndStoredOnce() throws Exception {
    final String body = json("{'measurements':[{'name':'a','value':1,'time':" + T + "}]}");
    final List<String> answers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      final HttpResponse<String> answer =
          http.send("POST", "/v1/measurements", "application/json", body, "Idempotency-Key", "k");
      answers.add(answer.statusCode() + " " + answer.body());
    }

    assertThat(answers.get(0)).isEqualTo(answers.get(1)).startsWith("202 {");
    assertThat(http.json("/healthz").get("measurements").getAsInt()).isEqualTo(1);
    assertThat(
            http.send(
                    "POST",
                    "/v1/metrics",
                    "application/json",
                    json("{'gauges':[{'name':'a','value':1}]}"),
                    "Idempotency-Key",
                    "k")
                .statusCode())
        .isEqualTo(422);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/annotations/deploys | {'title':'first'}",
        "/v1/spaces | {'name':'first'}",
        "/v1/services | {'type':'mail','title':'first','settings':{'addresses':'a@example.com'}}",
        "/v1/alerts | {'name':'first','version':2,'conditions':[]}",
        "/v1/metrics | {'gauges':[{'name':'a','value':1}]}",
      })
  void post_ofAKnownKeyIsMadeOnce(String path, String body) throws Exception {
    final List<String> answers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      final HttpResponse<String> answer =
          http.send("POST", path, "application/json", json(body), "Idempotency-Key", "k");
      answers.add(
          answer.statusCode() + answer.headers().firstValue("Location").orElse("") + answer.body());
    }

    assertThat(answers.get(0)).isEqualTo(answers.get(1)).startsWith("20");
  }

  @Test
  void oldApi_showsThemUnderTheirSource() throws Exception {
    tagged("a", "{'source':'Web-1','region':'us'}", T, 1);
    tagged("a", "{'source':'web-1','region':'eu'}", T, 3);
    tagged("a", "{'region':'eu'}", T, 5);
    http.post(json("{'measure_time':" + T + ",'gauges':[{'name':'a','value':7}]}"));
    http.post(
        json("{'measure_time':" + T + ",'source':'WEB-1','gauges':[{'name':'a','value':8}]}"));

    final JsonObject sources =
        http.json("/v1/metrics/a?resolution=60&count=1").getAsJsonObject("measurements");
    assertThat(sources.keySet()).containsExactly("unassigned", "web-1");
    assertThat(sources.getAsJsonArray("web-1").get(0).getAsJsonObject().get("sum"))
        .hasToString("12");
    assertThat(sources.getAsJsonArray("unassigned").get(0).getAsJsonObject().get("sum"))
        .hasToString("12");
  }

  @Test
  void source_isTheTagOfThatName() throws Exception {
    http.post(
        json("{'measure_time':" + T + ",'source':'Web-1','gauges':[{'name':'a','value':8}]}"));
    tagged("a", "{'source':'web-1'}", T, 4);

    assertThat(series("a?" + SPAN)).containsExactly("{\"source\":\"Web-1\"}=6");
    assertThat(series("a?" + SPAN + "&tags%5Bsource%5D=WEB*")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tags[region]=us-* | 1 2 3",
        "tags[region]=us-*&tags[name]=prod | 1 3",
        "tags[region]=us-east&tags[region]=eu | 1 2 4",
        "tags[REGION]=US-EAST | 1 2",
        "tags[region]=!us-* | 4",
        "tags[region]=us-*&tags[region]=!us-west | 1 2",
        "tags[!name] | 4 5",
        "tags=!region | 5",
        "tags[]=!region | 5",
        "tags[none]=* | ''",
        "tags_search=region=us-east* and name=*prod* | 1",
        "tags_search=not region | 5",
      })
  void show_filtersByTags(String query, String values) throws Exception {
    regions();
    final String[] parts = query.split("&");
    final StringBuilder encoded = new StringBuilder();
    for (final String part : parts) {
      final String[] pair = part.split("=", 2);
      encoded
          .append('&')
          .append(URLEncoder.encode(pair[0], StandardCharsets.UTF_8))
          .append('=')
          .append(URLEncoder.encode(pair.length == 1 ? "" : pair[1], StandardCharsets.UTF_8));
    }

    assertThat(
            series("a?" + SPAN + encoded).stream()
                .map(each -> each.substring(each.lastIndexOf('=') + 1))
                .sorted()
                .collect(Collectors.joining(" ")))
        .isEqualTo(values);
  }

  private void regions() throws Exception {
    tagged("a", "{'region':'us-east','name':'prod'}", T, 1);
    tagged("a", "{'region':'us-east','name':'test'}", T, 2);
    tagged("a", "{'region':'us-west','name':'prod'}", T, 3);
    tagged("a", "{'region':'eu'}", T, 4);
    tagged("a", "{}", T, 5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "group_by=region&group_by_function=sum | eu=4 us-east=3 us-west=3",
        "group_by=region&group_by_function=max | eu=4 us-east=2 us-west=3",
        "group_by=region&group_by_function=min | eu=4 us-east=1 us-west=3",
        "group_by=region&group_by_function=mean | eu=4 us-east=1.5 us-west=3",
        "group_by=name,region&group_by_function=sum | prod,us-east=1 prod,us-west=3 test,us-east=2",
        "group_by=*&group_by_function=sum | =15",
      })
  void show_groups(String query, String groups) throws Exception {
    regions();

    final List<String> found = new ArrayList<>();
    for (final JsonElement each :
        http.json("/v1/measurements/a?" + SPAN + "&" + query).getAsJsonArray("series")) {
      final JsonObject series = each.getAsJsonObject();
      found.add(
          series.getAsJsonObject("tags").entrySet().stream()
                  .map(tag -> tag.getValue().getAsString())
                  .collect(Collectors.joining(","))
              + "="
              + value(series));
    }
    assertThat(String.join(" ", found)).isEqualTo(groups);
  }

  @ParameterizedTest
  @CsvSource({
    "sum, 10",
    "count, 4",
    "min, 1",
    "max, 4",
    "mean, 2.5",
    "average, 2.5",
    "stddev, 1.118033988749895"
  })
  void show_summaryFunctions(String function, String value) throws Exception {
    for (int i = 1; i <= 4; i++) {
      tagged("a", "{'t':'x'}", T + i, i);
    }

    assertThat(series("a?" + SPAN + "&summary_function=" + function))
        .containsExactly("{\"t\":\"x\"}=" + value);
  }

  @Test
  void show_summaryFunctionOfTheMetric() throws Exception {
    tagged("a", "{'t':'x'}", T, 2);
    tagged("a", "{'t':'x'}", T, 4);
    http.send(
        "PUT",
        "/v1/metrics/a",
        "application/json",
        json("{'attributes':{'summarize_function':'sum'}}"));

    assertThat(series("a?" + SPAN)).containsExactly("{\"t\":\"x\"}=6");
  }

  @Test
  void show_allAndDerivative() throws Exception {
    post(
        "{'measurements':[{'name':'a','count':2,'sum':10,'min':4,'max':6,'stddev':1,'time':"
            + T
            + "}]}");
    tagged("a", "{}", T + 60, 8);

    assertThat(http.get("/v1/measurements/a?" + SPAN + "&summary_function=all").body())
        .contains(
            json(
                "[{'time':"
                    + T
                    + ",'value':5,'count':2,'sum':10,'min':4,'max':6,'mean':5,'stddev':1},"
                    + "{'time':"
                    + (T + 60)
                    + ",'value':8,'count':1,'sum':8,'min':8,'max':8,'mean':8,'stddev':0}]"));
    assertThat(http.get("/v1/measurements/a?" + SPAN + "&summary_function=derivative").body())
        .contains(json("'measurements':[{'time':" + (T + 60) + ",'value':3}]"));
    final String later = "/v1/measurements/a?resolution=1&summary_function=derivative&start_time=";
    assertThat(http.get(later + (T + 60)).body())
        .contains(json("'measurements':[{'time':" + (T + 60) + ",'value':3}]"));
  }

  @Test
  void show_durationLooksBackFromTheEnd() throws Exception {
    for (int minute = 0; minute < 5; minute++) {
      tagged("a", "{}", T + 60 * minute, minute);
    }

    assertThat(times("a?resolution=60&duration=120&end_time=" + (T + 240)))
        .containsExactly(T + 120, T + 180, T + 240);
    assertThat(times("a?resolution=60&start_time=" + (T + 60) + "&duration=60"))
        .containsExactly(T + 60, T + 120);
    assertThat(times("a?resolution=60&start_time=" + (T + 61))).hasSize(4);
    assertThat(times("a?resolution=60&duration=600")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "start_time=1 | resolution",
        "resolution=60 | start_time",
        "resolution=0&start_time=1 | resolution",
        "resolution=604801&start_time=1 | resolution",
        "resolution=60&start_time=1&end_time=2&duration=1 | duration",
        "resolution=60&duration=0 | duration",
        "resolution=60&duration=60&group_by=a | group_by_function",
        "resolution=60&duration=60&group_by=a&group_by_function=count | group_by_function",
        "resolution=60&duration=60&group_by=a,*&group_by_function=sum | group_by",
        "resolution=60&duration=60&summary_function=median | summary_function",
        "resolution=60&duration=60&summary_function=all&group_by=a&group_by_function=sum | group_by",
        "resolution=60&duration=60&tags_search=( | tags_search",
        "resolution=60&duration=60&tags_search=a&tags%5Ba%5D=b | tags_search",
        "resolution=60&duration=60&tags=a | tags",
      })
  void show_badQuery(String query, String parameter) throws Exception {
    tagged("a", "{}", T, 1);

    final HttpResponse<String> answer = http.get("/v1/measurements/a?" + query);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).startsWith("{\"errors\":{\"params\":{\"" + parameter + "\":[");
  }

  @Test
  void show_pagesByTheLinkToTheNext() throws Exception {
    final int seconds = 60_000;
    for (final String tags : List.of("{'t':'x'}", "{'t':'y'}")) {
      for (int from = 0; from < seconds; from += 5000) {
        post(
            IntStream.range(from, from + 5000)
                .mapToObj(i -> "{'name':'a','value':" + i + ",'time':" + (T + i) + "}")
                .collect(Collectors.joining(",", "{'tags':" + tags + ",'measurements':[", "]}")));
      }
    }

    final String query = "a?resolution=1&duration=99999&tags%5Bt%5D=*&end_time=" + (T + 70_000);
    final JsonObject first = http.json("/v1/measurements/" + query);
    final JsonObject link = first.getAsJsonArray("links").get(0).getAsJsonObject();
    final String href = link.get("href").getAsString();
    final URI next = URI.create(href);
    final JsonObject second = http.json(next.getRawPath() + "?" + next.getRawQuery());

    assertThat(link.get("rel")).hasToString("\"next\"");
    assertThat(href)
        .isEqualTo(
            store.uri()
                + "/v1/measurements/a?start_time="
                + (T + 50_000)
                + "&end_time="
                + (T + 70_000)
                + "&resolution=1&tags%5Bt%5D=*");
    assertThat(second.getAsJsonArray("links")).isEmpty();
    assertThat(sum(first) + sum(second)).isEqualTo(2 * (seconds - 1L) * seconds / 2);
  }

  private static long sum(JsonObject answer) {
    long sum = 0;
    for (final JsonElement series : answer.getAsJsonArray("series")) {
      for (final JsonElement point : series.getAsJsonObject().getAsJsonArray("measurements")) {
        sum += point.getAsJsonObject().get("value").getAsLong();
      }
    }
    return sum;
  }

  @Test
  void reopened_hasWhatItHad() throws Exception {
    tagged("a", "{'t':'x'}", T, 1);
    store.close();
    open();
    tagged("a", "{'t':'x'}", T, 3);

    assertThat(series("a?" + SPAN)).containsExactly("{\"t\":\"x\"}=2");
  }

  private void tagged(String name, String tags, long time, long value) throws Exception {
    final HttpResponse<String> answer =
        post(
            "{'tags':"
                + tags
                + ",'measurements':[{'name':'"
                + name
                + "','value':"
                + value
                + ",'time':"
                + time
                + "}]}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
  }

  private HttpResponse<String> post(String body) throws Exception {
    return http.send("POST", "/v1/measurements", "application/json", json(body));
  }

  /** Each series' tags and first value. */
  private List<String> series(String query) throws Exception {
    final List<String> all = new ArrayList<>();
    for (final JsonElement each : http.json("/v1/measurements/" + query).getAsJsonArray("series")) {
      final JsonObject series = each.getAsJsonObject();
      all.add(series.get("tags") + "=" + value(series));
    }
    return all;
  }

  private static JsonElement value(JsonObject series) {
    return series.getAsJsonArray("measurements").get(0).getAsJsonObject().get("value");
  }

  private List<Long> times(String query) throws Exception {
    final List<Long> times = new ArrayList<>();
    for (final JsonElement each : http.json("/v1/measurements/" + query).getAsJsonArray("series")) {
      each.getAsJsonObject()
          .getAsJsonArray("measurements")
          .forEach(point -> times.add(point.getAsJsonObject().get("time").getAsLong()));
    }
    return times;
  }
}
