package io.zibrato.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpacesIT extends StoreCase {

  /** Each attribute that the API documents, and one that it does not. */
  private static final String FULL =
      "{'name':'CPU Usage','type':'stacked','min':0,'max':99.5,'label':'percent',"
          + "'related_space':7,'use_log_yaxis':true,'use_last_value':false,"
          + "'thresholds':[{'value':80}],'unknown':{'a':[1,null,'x']},'streams':["
          + "{'metric':'cpu.idle','source':'us-west-*-app','group_function':'breakout',"
          + "'summary_function':'max','color':'#52D74C','name':'idle','units_short':'%',"
          + "'units_long':'percent','min':0,'max':100,'transform_function':'x/p*(1.5+2)',"
          + "'period':60,'position':2,'split_axis':false,'gap_detection':true},"
          + "{'metric':'cpu.user','type':'counter','tags':[{'name':'env','grouped':true,"
          + "'values':['prod','*']}]},"
          + "{'composite':'s(^a^,^%^)','downsample_function':'sum'}]}";

  @Test
  void create_byFormAndByJson() throws Exception {
    final HttpResponse<String> response =
        http.send("POST", "/v1/spaces", FORM, "name=CPUs&tags=true");

    assertThat(response.statusCode()).isEqualTo(201);
    final long id = id(response);
    assertThat(response.headers().firstValue("Location")).hasValue("/v1/spaces/" + id);
    assertThat(response.body()).isEqualTo(json("{'id':" + id + ",'name':'CPUs','tags':true}"));
    assertThat(send("POST", "/v1/spaces", "{'name':'Other'}").body())
        .isEqualTo(json("{'id':" + (id + 1) + ",'name':'Other'}"));
    // python-librato says the truth with a capital letter
    assertThat(send("POST", "/v1/spaces", "{'name':'Third','tags':'True'}").statusCode())
        .isEqualTo(201);
    assertThat(send("POST", "/v1/spaces", "{'name':'cpus'}").statusCode()).isEqualTo(422);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | name",
        "{'name':''} | name",
        "{'name':7} | name",
        "{'name':{}} | name",
        "{'name':'x','tags':'yes'} | tags",
        "{'name':'x','tags':1} | tags",
      })
  void create_refuses(String body, String member) throws Exception {
    final HttpResponse<String> response = send("POST", "/v1/spaces", body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(params(response).keySet()).containsExactly(member);
  }

  @Test
  void list_pagesAndFinds() throws Exception {
    final long ops = space("staging_ops");
    space("prod_ops");
    space("web");

    assertThat(http.json("/v1/spaces?name=OPS&sort=desc&length=1"))
        .hasToString(
            json(
                "{'query':{'found':2,'length':1,'offset':0,'total':3},'spaces':[{'id':"
                    + ops
                    + ",'name':'staging_ops'}]}"));
    assertThat(http.get("/v1/spaces?orderby=id").statusCode()).isEqualTo(400);
  }

  @Test
  void space_isRenamedAndDeletedWithItsCharts() throws Exception {
    final long id = space("CPUs");
    space("taken");
    final long chart = chart(id, "{'name':'a'}");
    final long second = chart(id, "{'name':'b'}");

    assertThat(http.json("/v1/spaces/" + id))
        .hasToString(
            json(
                "{'id':"
                    + id
                    + ",'name':'CPUs','charts':[{'id':"
                    + chart
                    + "},{'id':"
                    + second
                    + "}]}"));
    assertThat(http.send("PUT", "/v1/spaces/" + id, FORM, "name=MEMORY").statusCode())
        .isEqualTo(204);
    assertThat(http.json("/v1/spaces/" + id).get("name").getAsString()).isEqualTo("MEMORY");
    assertThat(send("PUT", "/v1/spaces/" + id, "{'name':'Memory'}").statusCode()).isEqualTo(204);
    assertThat(send("PUT", "/v1/spaces/" + id, "{'name':'Taken'}").statusCode()).isEqualTo(422);
    assertThat(send("PUT", "/v1/spaces/" + id, "{'name':''}").statusCode()).isEqualTo(400);
    assertThat(send("PUT", "/v1/spaces/99", "{'name':'x'}").statusCode()).isEqualTo(404);

    assertThat(delete("/v1/spaces/" + id)).isEqualTo(204);
    assertThat(delete("/v1/spaces/" + id)).isEqualTo(404);
    assertThat(http.get("/v1/spaces/" + id + "/charts").statusCode()).isEqualTo(404);
    assertThat(http.get("/v1/spaces/" + id + "/charts/" + chart).statusCode()).isEqualTo(404);
    assertThat(space("MEMORY")).isGreaterThan(id);
  }

  @Test
  void chart_isGivenBackAsItWasSaid() throws Exception {
    final long space = space("s");
    final HttpResponse<String> response = send("POST", "/v1/spaces/" + space + "/charts", FULL);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    final String path = "/v1/spaces/" + space + "/charts/" + id(response);
    assertThat(response.headers().firstValue("Location")).hasValue(path);
    final JsonObject chart = http.json(path);
    assertThat(chart).isEqualTo(JsonParser.parseString(response.body()));
    assertThat(types(chart)).containsExactly("gauge", "counter", "composite");
    assertThat(withoutIds(chart))
        .isEqualTo(withoutIds(JsonParser.parseString(json(FULL)).getAsJsonObject()));
  }

  private static List<String> types(JsonObject chart) {
    return chart.getAsJsonArray("streams").asList().stream()
        .map(stream -> stream.getAsJsonObject().get("type").getAsString())
        .toList();
  }

  /** Without what the store adds: ids, and the types of streams. */
  private static JsonObject withoutIds(JsonObject chart) {
    final JsonObject bare = chart.deepCopy();
    bare.remove("id");
    for (final var stream : bare.getAsJsonArray("streams")) {
      stream.getAsJsonObject().remove("id");
      stream.getAsJsonObject().remove("type");
    }
    return bare;
  }

  @Test
  void chart_hasDefaults() throws Exception {
    final long space = space("s");
    http.post(json("{'counters':[{'name':'hits','value':1}]}"));
    final long id = chart(space, "{'name':'c','streams':[{'metric':'HITS'}]}");

    final JsonArray charts =
        JsonParser.parseString(http.get("/v1/spaces/" + space + "/charts").body()).getAsJsonArray();
    assertThat(charts).hasSize(1);
    final JsonObject chart = charts.get(0).getAsJsonObject();
    final long stream =
        chart.getAsJsonArray("streams").get(0).getAsJsonObject().get("id").getAsLong();
    assertThat(chart)
        .isEqualTo(
            JsonParser.parseString(
                "{'id':"
                    + id
                    + ",'name':'c','type':'line','streams':[{'id':"
                    + stream
                    + ",'metric':'HITS','type':'counter'}],'thresholds':null}"));
  }

  @Test
  void chart_byForm() throws Exception {
    final long space = space("s");
    final HttpResponse<String> response =
        http.send(
            "POST",
            "/v1/spaces/" + space + "/charts",
            FORM,
            "name=Temperature&type=line&min=0&use_last_value=true&streams[0][metric]=server_temp"
                + "&streams[0][source]=app1&streams[1][metric]=t&streams[1][max]=1.5"
                + "&streams[1][tags][0][name]=env&streams[1][tags][0][values][]=prod");

    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    final JsonObject chart = JsonParser.parseString(response.body()).getAsJsonObject();
    assertThat(chart.get("min")).hasToString("0");
    assertThat(chart.get("use_last_value")).hasToString("true");
    final JsonObject second = chart.getAsJsonArray("streams").get(1).getAsJsonObject();
    assertThat(second.get("max")).hasToString("1.5");
    assertThat(second.get("tags")).hasToString(json("[{'name':'env','values':['prod']}]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type':'pie'} | type",
        "{'name':5} | name",
        "{'min':'low'} | min",
        "{'related_space':'x'} | related_space",
        "{'use_log_yaxis':'maybe'} | use_log_yaxis",
        "{'label':[]} | label",
        "{'streams':{'a':1}} | streams",
        "{'streams':['a']} | streams[0]",
        "{'streams':[{}]} | streams[0][metric]",
        "{'streams':[{'metric':'a','composite':'b'}]} | streams[0][metric]",
        "{'streams':[{'composite':'b','source':'c'}]} | streams[0][composite]",
        "{'streams':[{'composite':'b','group_function':'sum'}]} | streams[0][composite]",
        "{'streams':[{'metric':'a b'}]} | streams[0][metric]",
        "{'streams':[{'metric':'a','source':'b c'}]} | streams[0][source]",
        "{'streams':[{'metric':'a','group_function':'median'}]} | streams[0][group_function]",
        "{'streams':[{'metric':'a','summary_function':1}]} | streams[0][summary_function]",
        "{'streams':[{'metric':'a','color':'red'}]} | streams[0][color]",
        "{'streams':[{'metric':'a','transform_function':'alert()'}]} |"
            + " streams[0][transform_function]",
        "{'streams':[{'metric':'a','period':0}]} | streams[0][period]",
        "{'streams':[{'metric':'a','max':{}}]} | streams[0][max]",
        "{'streams':[{'metric':'a','type':'thing'}]} | streams[0][type]",
        "{'streams':[{'metric':'a','tags':'x'}]} | streams[0][tags]",
        "{'streams':[{'metric':'a','tags':[{'values':['x']}]}]} | streams[0][tags][0][name]",
        "{'streams':[{'metric':'a','tags':[{'name':'n','values':[{}]}]}]} |"
            + " streams[0][tags][0][values]",
        "{'streams':[{'metric':'a','id':'x'}]} | streams[0][id]",
      })
  void chart_refuses(String body, String member) throws Exception {
    final long space = space("s");
    final HttpResponse<String> response = send("POST", "/v1/spaces/" + space + "/charts", body);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(params(response).keySet()).containsExactly(member);
    assertThat(http.json("/v1/spaces/" + space).getAsJsonArray("charts")).isEmpty();
  }

  @Test
  void chart_isChangedMemberByMember() throws Exception {
    final long space = space("s");
    final long id =
        chart(space, "{'name':'c','min':1,'label':'l','streams':[{'metric':'a'},{'metric':'b'}]}");
    final String path = "/v1/spaces/" + space + "/charts/" + id;
    final JsonArray streams = http.json(path).getAsJsonArray("streams");
    final long second = streams.get(1).getAsJsonObject().get("id").getAsLong();

    final HttpResponse<String> renamed =
        send("PUT", path, "{'type':'stacked','name':'Temperature','min':null}");
    assertThat(renamed.statusCode()).isEqualTo(200);
    final JsonObject chart = http.json(path);
    assertThat(chart).isEqualTo(JsonParser.parseString(renamed.body()));
    assertThat(chart.get("name").getAsString()).isEqualTo("Temperature");
    assertThat(chart.get("type").getAsString()).isEqualTo("stacked");
    assertThat(chart.has("min")).isFalse();
    assertThat(chart.get("label").getAsString()).isEqualTo("l");
    assertThat(chart.get("streams")).isEqualTo(streams);

    send("PUT", path, "{'streams':[{'metric':'c'},{'id':" + second + ",'metric':'b'}]}");
    final JsonArray replaced = http.json(path).getAsJsonArray("streams");
    assertThat(replaced).hasSize(2);
    assertThat(replaced.get(0).getAsJsonObject().get("id").getAsLong()).isGreaterThan(second);
    assertThat(replaced.get(1).getAsJsonObject().get("id").getAsLong()).isEqualTo(second);
    send("PUT", path, "{'streams':[]}");
    assertThat(http.json(path).getAsJsonArray("streams")).isEmpty();
    assertThat(send("PUT", path, "{'type':'pie'}").statusCode()).isEqualTo(400);

    assertThat(delete(path)).isEqualTo(204);
    assertThat(delete(path)).isEqualTo(404);
    assertThat(send("PUT", path, "{'name':'x'}").statusCode()).isEqualTo(404);
  }

  @Test
  void chart_belongsToItsSpace() throws Exception {
    final long id = chart(space("s"), "{'name':'c'}");
    final long other = space("other");

    assertThat(http.get("/v1/spaces/" + other + "/charts/" + id).statusCode()).isEqualTo(404);
    assertThat(delete("/v1/spaces/" + other + "/charts/" + id)).isEqualTo(404);
    assertThat(send("POST", "/v1/spaces/99/charts", "{}").statusCode()).isEqualTo(404);
    assertThat(http.get("/v1/spaces/x/charts").statusCode()).isEqualTo(404);
  }

  @Test
  void chart_ofLargeSizeIsRefused() throws Exception {
    final long space = space("s");
    final String body = "{'x':'" + "y".repeat(262_144) + "'}";

    assertThat(send("POST", "/v1/spaces/" + space + "/charts", body).statusCode()).isEqualTo(400);
  }

  @Test
  void charts_areStillThereAfterARestart() throws Exception {
    final long space = space("s");
    final long id = chart(space, "{'name':'c','streams':[{'metric':'a'}]}");
    final String path = "/v1/spaces/" + space + "/charts/" + id;
    final JsonObject before = http.json(path);
    store.close();
    open();

    assertThat(http.json(path)).isEqualTo(before);
  }

  private long space(String name) throws Exception {
    return id(send("POST", "/v1/spaces", "{'name':'" + name + "'}"));
  }

  private long chart(long space, String chart) throws Exception {
    return id(send("POST", "/v1/spaces/" + space + "/charts", chart));
  }

  private static JsonObject params(HttpResponse<String> response) {
    return JsonParser.parseString(response.body())
        .getAsJsonObject()
        .getAsJsonObject("errors")
        .getAsJsonObject("params");
  }
}
