package io.zibrato.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnotationsIT extends StoreCase {
  private static final long T = 1_234_567_890;

  @Test
  void post_makesTheStreamAndTellsTheEvent() throws Exception {
    final HttpResponse<String> response =
        send(
            "POST",
            "/v1/annotations/app-deploys",
            "{'title':'My Annotation','source':'foo3.bar.com','description':'Joe deployed v29',"
                + "'start_time':1234567890,'end_time':1234567899,'links':["
                + "{'rel':'github','label':'Gem','href':'https://github.com/x'},"
                + "{'rel':'ci','href':'http://ci.acme.com/job/34'}]}");

    assertThat(response.statusCode()).isEqualTo(201);
    final JsonObject event = JsonParser.parseString(response.body()).getAsJsonObject();
    final long id = event.remove("id").getAsLong();
    assertThat(response.headers().firstValue("Location"))
        .hasValue("/v1/annotations/app-deploys/" + id);
    assertThat(event)
        .hasToString(
            json(
                "{'title':'My Annotation','description':'Joe deployed v29',"
                    + "'start_time':1234567890,'end_time':1234567899,'source':'foo3.bar.com',"
                    + "'links':[{'rel':'github','label':'Gem','href':'https://github.com/x'},"
                    + "{'rel':'ci','label':null,'href':'http://ci.acme.com/job/34'}]}"));
    final JsonObject shown = http.json("/v1/annotations/APP-deploys/" + id);
    shown.remove("id");
    assertThat(shown).isEqualTo(event);
  }

  /** As the API's documentation has it with curl. */
  @Test
  void post_aForm() throws Exception {
    final long before = Instant.now().getEpochSecond();
    final HttpResponse<String> response =
        http.send(
            "POST",
            "/v1/annotations/api-deploys",
            FORM,
            "title=My Annotation&description=Joe deployed v29 to metrics"
                + "&links[0][label]=Metrics Gem&links[0][rel]=github"
                + "&links[0][href]=https://github.com/librato/librato-metrics");

    assertThat(response.statusCode()).isEqualTo(201);
    final JsonObject event = JsonParser.parseString(response.body()).getAsJsonObject();
    assertThat(event.get("start_time").getAsLong())
        .isBetween(before, Instant.now().getEpochSecond());
    assertThat(event.get("end_time").isJsonNull()).isTrue();
    assertThat(event.get("source").isJsonNull()).isTrue();
    assertThat(event.getAsJsonArray("links").get(0).getAsJsonObject().get("label").getAsString())
        .isEqualTo("Metrics Gem");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | title",
        "{'title':''} | title",
        "{'title':5} | title",
        "{'title':['x']} | title",
        "{'title':'x','source':'a b'} | source",
        "{'title':'x','description':true} | description",
        "{'title':'x','start_time':'soon'} | start_time",
        "{'title':'x','start_time':1.5} | start_time",
        "{'title':'x','start_time':-1} | start_time",
        "{'title':'x','start_time':1234567890123} | start_time",
        "{'title':'x','start_time':10,'end_time':9} | end_time",
        "{'title':'x','end_time':5} | end_time",
        "{'title':'x','links':'y'} | links",
        "{'title':'x','links':['y']} | links[0]",
        "{'title':'x','links':[{'rel':'a'}]} | links[0][href]",
        "{'title':'x','links':[{'href':'http://a'}]} | links[0][rel]",
        "{'title':'x','links':[{'rel':'a','href':'javascript:alert(1)'}]} | links[0][href]",
        "{'title':'x','links':[{'rel':'a','href':'http://a'},{'rel':'a','href':'http://b'}]} |"
            + " links[1][rel]",
      })
  void post_refuses(String body, String member) throws Exception {
    final HttpResponse<String> response = send("POST", "/v1/annotations/a", body);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(params(response).keySet()).containsExactly(member);
    assertThat(http.get("/v1/annotations/a").statusCode()).isEqualTo(404);
  }

  @Test
  void post_longTextsAndNamesAreRefused() throws Exception {
    final String title = "{'title':'" + "x".repeat(1025) + "'}";

    assertThat(send("POST", "/v1/annotations/a", title).statusCode()).isEqualTo(400);
    assertThat(send("POST", "/v1/annotations/a%20b", "{'title':'x'}").statusCode()).isEqualTo(400);
    assertThat(send("POST", "/v1/annotations/" + "a".repeat(256), "{'title':'x'}").statusCode())
        .isEqualTo(400);
    assertThat(send("POST", "/v1/annotations/" + "a".repeat(255), "{'title':'x'}").statusCode())
        .isEqualTo(201);
  }

  @Test
  void streams_arePagedAndFoundByName() throws Exception {
    for (final String name : List.of("c-app", "a-app", "b-api")) {
      post(name, "{'title':'x'}");
    }

    assertThat(http.json("/v1/annotations?name=APP"))
        .hasToString(
            json(
                "{'query':{'found':2,'length':2,'offset':0,'total':3},'annotations':["
                    + "{'name':'a-app','display_name':null},"
                    + "{'name':'c-app','display_name':null}]}"));
    assertThat(names("?sort=desc&length=2")).containsExactly("c-app", "b-api");
    assertThat(names("?offset=1&orderby=name")).containsExactly("b-api", "c-app");
    assertThat(names("?name=b*")).containsExactly("b-api");
    assertThat(http.get("/v1/annotations?orderby=id").statusCode()).isEqualTo(400);
    assertThat(http.get("/v1/annotations?length=101").statusCode()).isEqualTo(400);
  }

  @Test
  void stream_isRenamedAndDeletedWithItsEvents() throws Exception {
    final long id = post("a", "{'title':'x'}");

    assertThat(http.send("PUT", "/v1/annotations/A", FORM, "display_name=Deploys to API").body())
        .isEmpty();
    assertThat(http.json("/v1/annotations/a"))
        .hasToString("{\"name\":\"a\",\"display_name\":\"Deploys to API\"}");
    assertThat(send("PUT", "/v1/annotations/a", "{'display_name':[]}").statusCode()).isEqualTo(400);
    assertThat(send("PUT", "/v1/annotations/b", "{'display_name':'B'}").statusCode())
        .isEqualTo(404);

    assertThat(delete("/v1/annotations/a")).isEqualTo(204);
    assertThat(delete("/v1/annotations/a")).isEqualTo(404);
    post("a", "{'title':'new'}");
    assertThat(http.get("/v1/annotations/a/" + id).statusCode()).isEqualTo(404);
    assertThat(titles("a?count=10", "unassigned")).containsExactly("new");
  }

  @Test
  void events_ofAnIntervalInOrderBySource() throws Exception {
    post("a", "{'title':'late','source':'db2.acme','start_time':" + (T + 20) + "}");
    post("a", "{'title':'early','source':'db1.acme','start_time':" + T + "}");
    post("a", "{'title':'middle','source':'DB1.acme','start_time':" + (T + 10) + "}");
    post("a", "{'title':'none','start_time':" + (T + 10) + "}");

    final JsonObject stream = http.json("/v1/annotations/a?start_time=" + T);
    assertThat(stream.getAsJsonArray("events")).hasSize(1);
    assertThat(stream.getAsJsonArray("events").get(0).getAsJsonObject().keySet())
        .containsExactlyInAnyOrder("db1.acme", "db2.acme", "unassigned");
    assertThat(titles("a?start_time=" + T, "db1.acme")).containsExactly("early", "middle");
    final String interval = "a?start_time=" + (T + 1) + "&end_time=" + (T + 19);
    assertThat(titles(interval, "DB1.acme")).containsExactly("middle");
    assertThat(titles(interval, "db2.acme")).isEmpty();
    assertThat(titles("a?start_time=1&sources%5B%5D=db*&sources[]=zz", "unassigned")).isEmpty();
    assertThat(titles("a?start_time=1&sources[]=DB2.acme", "db2.acme")).containsExactly("late");
    assertThat(titles("a?start_time=1&sources[]=unassigned", "unassigned")).containsExactly("none");
    assertThat(titles("a?start_time=1&sources[]=db*", "db2.acme")).containsExactly("late");
    assertThat(titles("a?start_time=1&count=1", "db1.acme")).containsExactly("early");
    assertThat(titles("a?count=1", "db2.acme")).containsExactly("late");
    assertThat(titles("a?count=2&end_time=" + (T + 9), "db1.acme")).containsExactly("early");
    assertThat(http.json("/v1/annotations/a?start_time=" + (T + 100)).getAsJsonArray("events"))
        .isEmpty();
    assertThat(http.json("/v1/annotations/a").has("events")).isFalse();
    assertThat(http.get("/v1/annotations/a?end_time=5").statusCode()).isEqualTo(400);
  }

  @Test
  void events_pageByNextTime() throws Exception {
    for (int i = 0; i < 999; i++) {
      post("a", "{'title':'" + i + "','start_time':" + (T + i) + "}");
    }
    post("a", "{'title':'second','start_time':" + (T + 2000) + "}");
    post("a", "{'title':'same second','start_time':" + (T + 2000) + "}");

    final JsonObject first = http.json("/v1/annotations/a?start_time=" + T);
    assertThat(first.getAsJsonObject("query")).hasToString("{\"next_time\":" + (T + 2000) + "}");
    assertThat(titles("a?start_time=" + T, "unassigned")).hasSize(999);
    assertThat(titles("a?start_time=" + (T + 2000), "unassigned"))
        .containsExactly("second", "same second");
    assertThat(titles("a?count=1", "unassigned")).containsExactly("same second");
  }

  @Test
  void events_ofOneSecondAreNotCut() throws Exception {
    post("a", "{'title':'before','start_time':" + (T - 1) + "}");
    for (int i = 0; i < 1002; i++) {
      post("a", "{'title':'" + i + "','start_time':" + T + "}");
    }
    post("a", "{'title':'after','start_time':" + (T + 1) + "}");

    final String first = "a?start_time=" + (T - 1);
    assertThat(titles(first, "unassigned")).containsExactly("before");
    assertThat(http.json("/v1/annotations/" + first).get("query"))
        .hasToString("{\"next_time\":" + T + "}");
    final String second = "a?start_time=" + T;
    assertThat(titles(second, "unassigned")).hasSize(1002).endsWith("1001");
    assertThat(http.json("/v1/annotations/" + second).get("query"))
        .hasToString("{\"next_time\":" + (T + 1) + "}");
    assertThat(titles("a?start_time=" + (T + 1), "unassigned")).containsExactly("after");
    assertThat(titles(second + "&count=5", "unassigned")).hasSize(5);
  }

  @Test
  void event_isChangedAndDeleted() throws Exception {
    final long id = post("a", "{'title':'x','start_time':" + T + ",'description':'d'}");
    final String path = "/v1/annotations/a/" + id;

    assertThat(http.send("PUT", path, FORM, "end_time=" + (T + 5)).statusCode()).isEqualTo(204);
    assertThat(send("PUT", path, "{'title':'y','source':'s'}").statusCode()).isEqualTo(204);
    final JsonObject event = http.json(path);
    assertThat(event.get("title").getAsString()).isEqualTo("y");
    assertThat(event.get("description").getAsString()).isEqualTo("d");
    assertThat(event.get("source").getAsString()).isEqualTo("s");
    assertThat(event.get("end_time").getAsLong()).isEqualTo(T + 5);
    assertThat(send("PUT", path, "{'end_time':" + (T - 1) + "}").statusCode()).isEqualTo(400);
    assertThat(send("PUT", path, "{'start_time':" + (T + 6) + "}").statusCode()).isEqualTo(400);
    assertThat(send("PUT", path, "{'title':''}").statusCode()).isEqualTo(400);
    post("b", "{'title':'x'}");
    assertThat(http.get("/v1/annotations/b/" + id).statusCode()).isEqualTo(404);
    assertThat(http.get("/v1/annotations/a/x").statusCode()).isEqualTo(404);

    assertThat(delete(path)).isEqualTo(204);
    assertThat(delete(path)).isEqualTo(404);
    assertThat(send("PUT", path, "{'title':'z'}").statusCode()).isEqualTo(404);
    assertThat(post("a", "{'title':'x'}")).isGreaterThan(id);
  }

  @Test
  void links_areAddedAndRemoved() throws Exception {
    final String path = "/v1/annotations/a/" + post("a", "{'title':'x'}") + "/links";

    final HttpResponse<String> response =
        http.send("POST", path, FORM, "rel=github&label=Github Commit&href=https://github.com/a");
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.headers().firstValue("Location")).hasValue(path + "/github");
    assertThat(response.body())
        .isEqualTo(json("{'rel':'github','label':'Github Commit','href':'https://github.com/a'}"));
    assertThat(send("POST", path, "{'rel':'github','href':'http://b'}").statusCode())
        .isEqualTo(422);
    assertThat(send("POST", path, "{'rel':'other'}").statusCode()).isEqualTo(400);
    assertThat(send("POST", path, "{'rel':'a/b','href':'http://b'}").statusCode()).isEqualTo(400);

    assertThat(delete(path + "/github")).isEqualTo(204);
    assertThat(delete(path + "/github")).isEqualTo(404);
    assertThat(http.json(path.replace("/links", "")).getAsJsonArray("links")).isEmpty();
  }

  @Test
  void events_areStillThereAfterARestart() throws Exception {
    final long id = post("a", "{'title':'Grüße \\uD83D\\uDE00'}");
    store.close();
    open();

    assertThat(http.json("/v1/annotations/a/" + id).get("title").getAsString())
        .isEqualTo("Grüße \uD83D\uDE00");
  }

  private long post(String stream, String event) throws Exception {
    final HttpResponse<String> response = send("POST", "/v1/annotations/" + stream, event);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return JsonParser.parseString(response.body()).getAsJsonObject().get("id").getAsLong();
  }

  private List<String> names(String query) throws Exception {
    return texts(http.json("/v1/annotations" + query).getAsJsonArray("annotations"), "name");
  }

  private List<String> titles(String streamAndQuery, String source) throws Exception {
    final JsonObject stream = http.json("/v1/annotations/" + streamAndQuery);
    if (stream.getAsJsonArray("events").isEmpty()) {
      return List.of();
    }
    final JsonObject bySource = stream.getAsJsonArray("events").get(0).getAsJsonObject();
    return bySource.has(source) ? texts(bySource.getAsJsonArray(source), "title") : List.of();
  }

  private static List<String> texts(Iterable<JsonElement> array, String member) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(each -> each.getAsJsonObject().get(member).getAsString())
        .toList();
  }

  private static JsonObject params(HttpResponse<String> response) {
    return JsonParser.parseString(response.body())
        .getAsJsonObject()
        .getAsJsonObject("errors")
        .getAsJsonObject("params");
  }
}
