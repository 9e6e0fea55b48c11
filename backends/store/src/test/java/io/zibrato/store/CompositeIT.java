package io.zibrato.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompositeIT extends StoreCase {
  private static final long T = 1_700_000_040; // a whole minute

  private void gauge(String name, String source, double... values) throws Exception {
    submit("gauges", name, source, values);
  }

  private void counter(String name, String source, double... values) throws Exception {
    submit("counters", name, source, values);
  }

  /** A value each minute from T on. */
  private void submit(String kind, String name, String source, double... values) throws Exception {
    final List<String> all = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      all.add(
          "{\"name\":\"%s\",%s\"measure_time\":%d,\"value\":%s}"
              .formatted(
                  name,
                  source == null ? "" : "\"source\":\"" + source + "\",",
                  T + 60L * i,
                  values[i]));
    }
    final String body = "{\"" + kind + "\":[" + String.join(",", all) + "]}";
    assertThat(http.post(body).statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> put(String name, String json) throws Exception {
    return http.send("PUT", "/v1/metrics/" + name, "application/json", json);
  }

  private static String definition(String composite) {
    final JsonObject json = new JsonObject();
    json.addProperty("type", "composite");
    json.addProperty("composite", composite);
    return json.toString();
  }

  private static String query(String compose) {
    return "?compose="
        + URLEncoder.encode(compose, StandardCharsets.UTF_8)
        + "&start_time="
        + T
        + "&end_time="
        + (T + 3600)
        + "&resolution=60";
  }

  private JsonObject compose(String compose) throws Exception {
    return http.json("/v1/metrics" + query(compose));
  }

  private String values(String compose) throws Exception {
    final StringBuilder all = new StringBuilder();
    for (final JsonElement line : compose(compose).getAsJsonArray("measurements")) {
      all.append(line.getAsJsonObject().getAsJsonObject("source").get("name").getAsString());
      for (final JsonElement point : line.getAsJsonObject().getAsJsonArray("series")) {
        final JsonObject at = point.getAsJsonObject();
        all.append(' ').append(at.get("measure_time").getAsLong() - T);
        all.append('=').append(at.get("value"));
      }
      all.append('\n');
    }
    return all.toString();
  }

  @Test
  void compose_answersBySource() throws Exception {
    counter("cpu.0.idle", "boatman-stg_19", 5, 8);
    counter("cpu.1.idle", "other", 5, 8);
    put("cpu.0.idle", "{\"period\":60,\"description\":\"idle\"}");

    assertThat(compose("derive(s(\"cpu.*.idle\",\"boatman*19\"))"))
        .isEqualTo(
            JsonParser.parseString(
                """
                {"compose": "derive(s(\\"cpu.*.idle\\",\\"boatman*19\\"))",
                 "measurements": [{
                   "metric": {"name": "cpu.0.idle", "display_name": null, "type": "counter",
                     "description": "idle", "period": 60, "attributes": {}},
                   "period": 60,
                   "query": {"metric": "cpu.*.idle", "source": "boatman*19"},
                   "series": [{"measure_time": 1700000100, "value": 3}],
                   "source": {"display_name": null, "name": "boatman-stg_19"}}],
                 "resolution": 60}
                """));
  }

  @Test
  void compose_answersByTags() throws Exception {
    gauge("reads", "h", 430, 738.5);
    final String expected =
        """
        [{"tags": {"source": "h"},
          "measurements": [{"time": 1700000040, "value": 430}, {"time": 1700000100, "value": 738.5}],
          "metric": {"name": "reads", "display_name": null, "type": "gauge", "description": null,
            "period": null, "attributes": {}},
          "period": 60}]
        """;
    final String query = query("s(\"reads\",{\"source\":\"h\"})");

    for (final String path : List.of("/v1/measurements", "/v1/measurements/")) {
      final HttpResponse<String> response = http.get(path + query);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Type"))
          .hasValue("application/json;charset=utf-8");
      assertThat(JsonParser.parseString(response.body()))
          .isEqualTo(JsonParser.parseString(expected));
    }
    assertThat(http.get("/v1/measurements" + query("sum(s(\"reads\",\"*\"))")).body())
        .startsWith("[{\"tags\":{},\"measurements\":[{\"time\":1700000040,\"value\":430}");
  }

  @Test
  void compose_takesTags() throws Exception {
    final List<String> all = new ArrayList<>();
    for (final String tags : List.of("us-east b", "us-east c", "us-west b", "eu-west e")) {
      final String[] tag = tags.split(" ");
      for (int i = 0; i < 2; i++) {
        all.add(
            "{\"name\":\"hits\",\"value\":%d,\"time\":%d,\"tags\":{\"region\":\"%s\",\"az\":\"%s\"}}"
                .formatted(i + 1, T + 60 * i, tag[0], tag[1]));
      }
    }
    final String body = "{\"measurements\":[" + String.join(",", all) + "]}";
    assertThat(http.send("POST", "/v1/measurements", "application/json", body).statusCode())
        .isEqualTo(202);

    assertThat(tagged("sum(s(\"hits\",{\"region\":\"us-*\"}))")).isEqualTo("{} 3 6\n");
    assertThat(tagged("s(\"hits\",{\"az\":\"B\",\"region\":\"*-west\"})"))
        .isEqualTo("{\"az\":\"b\",\"region\":\"us-west\"} 1 2\n");
    assertThat(tagged("group_by(\"region\", sum(s(\"hits\",{})))"))
        .isEqualTo(
            "{\"region\":\"eu-west\"} 1 2\n{\"region\":\"us-east\"} 2 4\n"
                + "{\"region\":\"us-west\"} 1 2\n");
    assertThat(tagged("map({az:\"*\"}, max(s(\"hits\",{\"az\":\"&\"})))"))
        .isEqualTo("{\"az\":\"b\"} 1 2\n{\"az\":\"c\"} 1 2\n{\"az\":\"e\"} 1 2\n");
    put("by-region", definition("group_by(\"region\", sum(s(\"hits\",{})))"));
    final JsonObject kept =
        http.json(
            "/v1/measurements/by-region?resolution=60&start_time="
                + T
                + "&end_time="
                + (T + 99)
                + "&tags%5Bregion%5D=us-east");
    assertThat(kept.getAsJsonArray("series").toString())
        .isEqualTo(
            "[{\"tags\":{\"region\":\"us-east\"},\"measurements\":["
                + "{\"time\":1700000040,\"value\":2},{\"time\":1700000100,\"value\":4}]}]");
  }

  private String tagged(String compose) throws Exception {
    final StringBuilder all = new StringBuilder();
    for (final JsonElement line :
        JsonParser.parseString(http.get("/v1/measurements" + query(compose)).body())
            .getAsJsonArray()) {
      all.append(line.getAsJsonObject().get("tags"));
      for (final JsonElement point : line.getAsJsonObject().getAsJsonArray("measurements")) {
        all.append(' ').append(point.getAsJsonObject().get("value"));
      }
      all.append('\n');
    }
    return all.toString();
  }

  @Test
  void compose_namesWhatIsOfSeveralSources() throws Exception {
    gauge("a", "web-1", 1);
    gauge("a", "web-2", 2);
    gauge("b", null, 3);

    assertThat(values("s(\"*\",\"*\")")).isEqualTo("web-1 0=1\nweb-2 0=2\nunassigned 0=3\n");
    assertThat(values("sum(s(\"a\",\"*\"))")).isEqualTo("all 0=3\n");
    assertThat(values("sum(s(\"a\",\"web-1\"))")).isEqualTo("web-1 0=1\n");
    final JsonObject mixed =
        compose("sum([s(\"a\",\"*\"),s(\"b\",\"*\")])")
            .getAsJsonArray("measurements")
            .get(0)
            .getAsJsonObject();
    assertThat(mixed.get("metric").isJsonNull()).isTrue();
    assertThat(mixed.get("query").isJsonNull()).isTrue();
  }

  @Test
  void compose_summarisesByPeriodAndFunction() throws Exception {
    gauge("a", "x", 1, 2, 3, 4, 5, 6);

    // T is 240 s into its five minutes.
    assertThat(values("s(\"a\",\"*\",{period:\"300\"})")).isEqualTo("x -240=1 60=4\n");
    assertThat(values("s(\"a\",\"*\",{function:\"sum\",period:\"300\"})"))
        .isEqualTo("x -240=1 60=20\n");
    assertThat(values("s(\"a\",\"*\",{function:\"count\",period:\"300\"})"))
        .isEqualTo("x -240=1 60=5\n");
    assertThat(values("s(\"a\",\"*\",{function:\"min\",period:\"300\"})"))
        .isEqualTo("x -240=1 60=2\n");
    assertThat(values("rate(s(\"a\",\"*\",{function:\"max\",period:\"300\"}),{duration:\"600\"})"))
        .isEqualTo("x -240=2 60=12\n");
    assertThat(values("s(\"a\",\"*\",{period:\"1\"})"))
        .isEqualTo("x 0=1 60=2 120=3 180=4 240=5 300=6\n");

    put("a", "{\"period\":300}");
    assertThat(values("s(\"a\",\"*\")")).isEqualTo("x -240=1 60=4\n");
    assertThat(values("rate(s(\"a\",\"*\"),{duration:\"300\"})")).isEqualTo("x -240=1 60=4\n");
  }

  @Test
  void compose_readsShiftedTime() throws Exception {
    gauge("a", "x", 1, 2, 3);

    assertThat(values("timeshift(\"0,1m\", s(\"a\",\"*\"))"))
        .isEqualTo("x 0=1 60=2 120=3\nx 60=1 120=2 180=3\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/metrics?compose=s()&resolution=60 | start_time | is not present",
        "/v1/metrics?compose=s()&start_time=1 | resolution | is not present",
        "/v1/measurements?start_time=1&resolution=60 | compose | is not present",
        "/v1/measurements/?start_time=1&resolution=60 | compose | is not present",
        "/v1/metrics?compose=s()&start_time=x&resolution=1 | start_time | is not an integer",
        "/v1/metrics?compose=s()&start_time=1&resolution=0 | resolution | must be between 1 and",
        "/v1/metrics?compose=s()&start_time=9&end_time=8&resolution=1 | end_time | is before",
        "/v1/metrics?compose=s()&start_time=1&resolution=1 | compose | at character 3 (before ))",
        "/v1/measurements?compose=sum(&start_time=1&resolution=1 | compose | character 5 (its end)",
      })
  void compose_saysWhatItCannotUse(String path, String parameter, String problem) throws Exception {
    final HttpResponse<String> response = http.get(path);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("\"params\":{\"" + parameter + "\":[\"").contains(problem);
  }

  @Test
  void compose_boundsWhatItDoes() throws Exception {
    gauge("a", "x", 1, 2);

    assertThat(refusal("zero_fill(s(\"a\",\"*\"))", "&start_time=0&resolution=1"))
        .contains("fills more than 1000000 points");
    assertThat(
            refusal(
                "zero_fill(s(\"a\",\"*\"))",
                "&resolution=1&end_time=" + T + "&start_time=" + (T - 600_000)))
        .contains("comes to more than");
    assertThat(refusal("(".repeat(2000), "&start_time=0&resolution=1")).contains("character 1 ");
    assertThat(put("c", definition("[".repeat(10_000))).body()).contains("longer than 4096");
    assertThat(put("c", definition("[".repeat(4_000))).body()).contains("deeper than 32");
    assertThat(http.get("/v1/metrics/c").statusCode()).isEqualTo(404);
    assertThat(http.json("/healthz").get("status").getAsString()).isEqualTo("ok");
  }

  private String refusal(String compose, String times) throws Exception {
    final HttpResponse<String> response =
        http.get(
            "/v1/metrics?compose=" + URLEncoder.encode(compose, StandardCharsets.UTF_8) + times);
    assertThat(response.statusCode()).isEqualTo(400);
    return response.body();
  }

  @Test
  void composite_isKeptLikeAnyMetric() throws Exception {
    final HttpResponse<String> created =
        put("Ratio", definition("divide([s(\"a\",\"x\"),s(\"b\",\"x\")])"));

    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(created.headers().firstValue("Location")).hasValue("/v1/metrics/Ratio");
    assertThat(http.json("/v1/metrics/ratio"))
        .hasToString(
            "{\"name\":\"Ratio\",\"display_name\":null,\"type\":\"composite\",\"description\":null,"
                + "\"period\":null,\"attributes\":{},"
                + "\"composite\":\"divide([s(\\\"a\\\",\\\"x\\\"),s(\\\"b\\\",\\\"x\\\")])\"}");

    assertThat(put("ratio", "{\"composite\":\"s(\\\"a\\\",\\\"*\\\")\"}").statusCode())
        .isEqualTo(204);
    assertThat(put("ratio", "{\"type\":\"composite\",\"description\":\"d\"}").statusCode())
        .isEqualTo(204);
    store.close();
    open();
    final JsonObject listed =
        http.json("/v1/metrics?name=rat").getAsJsonArray("metrics").get(0).getAsJsonObject();
    assertThat(listed.get("composite").getAsString()).isEqualTo("s(\"a\",\"*\")");
    assertThat(listed.get("description").getAsString()).isEqualTo("d");

    assertThat(http.send("DELETE", "/v1/metrics/RATIO", null, null).statusCode()).isEqualTo(204);
    assertThat(http.get("/v1/metrics/ratio").statusCode()).isEqualTo(404);
  }

  @Test
  void composite_comesFromAFormToo() throws Exception {
    final String form =
        "type=composite&composite="
            + URLEncoder.encode("sum(s(\"a\",\"*\"))", StandardCharsets.UTF_8);

    assertThat(
            http.send("PUT", "/v1/metrics/total", "application/x-www-form-urlencoded", form)
                .statusCode())
        .isEqualTo(201);
    assertThat(http.json("/v1/metrics/total").get("composite").getAsString())
        .isEqualTo("sum(s(\"a\",\"*\"))");
  }

  @Test
  void composite_isReadLikeAnyMetric() throws Exception {
    gauge("a", "web-1", 1, 2, 3);
    gauge("a", "web-2", 10, 20, 30);
    put("half", definition("scale(s(\"a\",\"*\"),{factor:\"1/2\"})"));
    final String half = "/v1/metrics/half?resolution=60&start_time=" + T;

    assertThat(measurements(half)).isEqualTo("{\"web-1\":[0.5,1,1.5],\"web-2\":[5,10,15]}");
    assertThat(measurements(half + "&end_time=" + (T + 60)))
        .isEqualTo("{\"web-1\":[0.5,1],\"web-2\":[5,10]}");
    assertThat(measurements(half + "&count=1")).isEqualTo("{\"web-1\":[0.5],\"web-2\":[5]}");
    assertThat(measurements(half + "&source=*-2")).isEqualTo("{\"web-2\":[5,10,15]}");
    assertThat(measurements("/v1/metrics/half?resolution=60&count=2&end_time=" + (T + 179)))
        .isEqualTo("{\"web-1\":[1,1.5],\"web-2\":[10,15]}");
    assertThat(http.json(half).get("resolution").getAsInt()).isEqualTo(60);
    assertThat(http.json(half).get("type").getAsString()).isEqualTo("composite");
  }

  /** Also where the metric is measured less often than the resolution, or was long ago. */
  @Test
  void composite_countIsOfTheLastPoints() throws Exception {
    gauge("a", "web-1", 1, 2, 3);
    put("half", definition("scale(s(\"a\",\"*\"),{factor:\"1/2\"})"));
    final String last = "/v1/metrics/half?end_time=" + (T + 90_000) + "&count=";

    assertThat(measurements(last + 2)).isEqualTo("{\"web-1\":[1,1.5]}");
    assertThat(measurements(last + 2 + "&resolution=60")).isEqualTo("{\"web-1\":[1,1.5]}");
    assertThat(measurements(last + 5)).isEqualTo("{\"web-1\":[0.5,1,1.5]}");
    assertThat(measurements("/v1/metrics/half?count=2")).isEqualTo("{\"web-1\":[1,1.5]}");
  }

  @Test
  void composite_namesSeriesApart() throws Exception {
    gauge("a", "x", 1);
    gauge("b", "x", 2);
    put("both", definition("[s(\"*\",\"*\"), sum(s(\"a\",\"*\")), sum(s(\"b\",\"*\"))]"));

    assertThat(measurements("/v1/metrics/both?resolution=60&start_time=" + T))
        .isEqualTo("{\"x\":[1],\"x:2\":[2],\"all\":[1],\"all:2\":[2]}");
  }

  private String measurements(String path) throws Exception {
    final JsonObject shown = new JsonObject();
    http.json(path)
        .getAsJsonObject("measurements")
        .entrySet()
        .forEach(
            entry -> {
              final JsonArray values = new JsonArray();
              entry
                  .getValue()
                  .getAsJsonArray()
                  .forEach(point -> values.add(point.getAsJsonObject().get("value")));
              shown.add(entry.getKey(), values);
            });
    return shown.toString();
  }

  @Test
  void composite_takesNoMeasurements() throws Exception {
    put("c", definition("s(\"a\",\"*\")"));

    for (final String kind : List.of("gauges", "counters")) {
      final HttpResponse<String> response =
          http.post("{\"" + kind + "\":[{\"name\":\"C\",\"value\":1}]}");
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.body()).contains("'c' is a composite, but was submitted as different");
    }
    assertThat(http.post("{\"composites\":[{\"name\":\"d\",\"value\":1}]}").statusCode())
        .isEqualTo(400);
    assertThat(http.json("/healthz").get("measurements").getAsInt()).isZero();
  }

  @Test
  void composite_isNoPartOfAnother() throws Exception {
    gauge("a", "x", 1);
    put("c", definition("s(\"a\",\"*\")"));

    assertThat(put("d", definition("sum(s(\"C\",\"*\"))")).body())
        .contains("'C' is a composite, which cannot be part of another");
    assertThat(put("e", definition("sum(s(\"E\",\"*\"))")).body())
        .contains("'E' is a composite, which cannot be part of another");
    assertThat(put("d", definition("sum(s(\"f\",\"*\"))")).statusCode()).isEqualTo(201);
    assertThat(put("f", definition("s(\"a\",\"*\")")).statusCode()).isEqualTo(201);
    final HttpResponse<String> read = http.get("/v1/metrics/d?count=1");
    assertThat(read.statusCode()).isEqualTo(400);
    assertThat(read.body()).contains("{\"composite\":[\"'f' is a composite, which cannot");
    assertThat(refusal("s(\"c\",\"*\")", "&start_time=1&resolution=60"))
        .contains("{\"compose\":[\"'c' is a composite, which cannot");
    assertThat(values("s(\"*\",\"*\")")).isEqualTo("x 0=1\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "new | {'type':'composite'} | ^'composite':['is not present']^",
        "new | {'type':'gauge','composite':'[]'} | ^is for metrics of the type composite only^",
        "new | {'type':'compound'} | ^must be gauge, counter or composite^",
        "new | {'type':'composite','composite':'sum('} | ^cannot be read at character 5 (its end)^",
        "new | {'type':'composite','composite':['s']} | ^'composite':['is not valid']^",
        "a | {'type':'composite','composite':'[]'} | ^'a' is a gauge^",
        "a | {'composite':'[]'} | ^is for metrics of the type composite only^",
        "c | {'type':'gauge'} | ^'c' is a composite^",
        "c | {'composite':'x'} | ^cannot be read at character 1 ^",
      })
  void composite_refusesWhatItCannotBe(String name, String json, String problem) throws Exception {
    gauge("a", "x", 1);
    put("c", definition("s(\"a\",\"*\")"));

    final HttpResponse<String> response = put(name, json.replace('\'', '"'));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body().replace('"', '\'')).contains(problem);
    assertThat(http.get("/v1/metrics/new").statusCode()).isEqualTo(404);
    assertThat(http.json("/v1/metrics/c").get("composite").getAsString())
        .isEqualTo("s(\"a\",\"*\")");
  }

  /** Each example of the README's table comes to something. */
  @Test
  void readme_examplesAreRun() throws Exception {
    for (final String source : List.of("web-1", "web-2", "db-1")) {
      for (final String metric : List.of("hits", "errors", "jvm.heap", "jvm.stack")) {
        gauge(metric, source, 1, -2, 3, 4);
      }
      counter("bytes", source, 5, 7, 2, 9);
    }
    final List<String> examples = examples();

    assertThat(examples).hasSizeGreaterThanOrEqualTo(24);
    for (final String example : examples) {
      final JsonObject answer = compose(example);
      assertThat(answer.getAsJsonArray("measurements")).as(example).isNotEmpty();
      assertThat(answer.toString()).as(example).contains("\"measure_time\":");
    }
  }

  private static List<String> examples() throws Exception {
    final Pattern example = Pattern.compile("^\\|.*\\| `([^`]+)` \\|$", Pattern.MULTILINE);
    final String readme = Files.readString(Path.of("README.md"));
    final int from = readme.indexOf("| function | comes to | example |");
    return example
        .matcher(readme.substring(from, readme.indexOf("\n\n", from)))
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }
}
