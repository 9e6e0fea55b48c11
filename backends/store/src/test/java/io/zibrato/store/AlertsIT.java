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

/** What alerts are; what they do is AlertEvaluationIT's. */
class AlertsIT extends StoreCase {

  @Test
  void create_tellsAllOfIt() throws Exception {
    final long service = service("Chat");
    final HttpResponse<String> response =
        send(
            "POST",
            "/v1/alerts",
            "{'name':'production.web.frontend.response_time','description':'Web Response Time',"
                + "'version':2,'conditions':[{'type':'above','metric_name':'web.response_time',"
                + "'source':null,'threshold':200,'summary_function':'max','duration':300,"
                + "'detect_reset':true,'tags':[{'name':'env','grouped':true,'values':['prod*']},"
                + "{'name':'host','values':[]}]},"
                + "{'type':'below','metric_name':'hits','source':'web-*','threshold':1.5},"
                + "{'condition_type':'absent','metric_name':'beat','duration':600}],"
                + "'services':["
                + service
                + "],'attributes':{'runbook_url':'http://myco.com/runbooks','x':[1]},"
                + "'rearm_seconds':1200,'rearm_per_signal':true,'md':true}");

    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    final JsonObject alert = JsonParser.parseString(response.body()).getAsJsonObject();
    final long id = alert.get("id").getAsLong();
    assertThat(response.headers().firstValue("Location")).hasValue("/v1/alerts/" + id);
    assertThat(http.json("/v1/alerts/" + id)).isEqualTo(alert);
    assertThat(http.json("/v1/alerts/Production.web.frontend.response_time")).isEqualTo(alert);
    assertThat(alert.get("created_at")).isEqualTo(alert.get("updated_at"));
    final JsonArray conditions = alert.getAsJsonArray("conditions");
    for (final var condition : conditions) {
      assertThat(condition.getAsJsonObject().remove("id").getAsLong()).isPositive();
    }
    assertThat(conditions)
        .hasToString(
            json(
                "[{'type':'above','metric_name':'web.response_time','source':null,'threshold':200,"
                    + "'summary_function':'max','duration':300,'detect_reset':true,'tags':["
                    + "{'name':'env','grouped':true,'values':['prod*']},"
                    + "{'name':'host','grouped':false,'values':[]}]},"
                    + "{'type':'below','metric_name':'hits','source':'web-*','threshold':1.5},"
                    + "{'type':'absent','metric_name':'beat','source':null,'duration':600}]"));
    for (final String member : List.of("id", "conditions", "created_at", "updated_at")) {
      alert.remove(member);
    }
    assertThat(alert)
        .hasToString(
            json(
                "{'name':'production.web.frontend.response_time',"
                    + "'description':'Web Response Time','services':[{'id':"
                    + service
                    + ",'type':'slack','settings':{},'title':'Chat','called':false}],"
                    + "'attributes':{'runbook_url':'http://myco.com/runbooks','x':[1]},"
                    + "'active':true,'version':2,'rearm_seconds':1200,'rearm_per_signal':true,"
                    + "'md':true}"));
  }

  @Test
  void create_hasDefaults() throws Exception {
    final JsonObject alert = http.json("/v1/alerts/" + alert("{'name':'a'}"));

    assertThat(alert.get("active").getAsBoolean()).isTrue();
    assertThat(alert.get("rearm_seconds").getAsLong()).isEqualTo(600);
    assertThat(alert.get("rearm_per_signal").getAsBoolean()).isFalse();
    assertThat(alert.getAsJsonArray("conditions")).isEmpty();
    assertThat(alert.getAsJsonArray("services")).isEmpty();
    assertThat(alert.getAsJsonObject("attributes").size()).isZero();
    assertThat(alert.get("description").isJsonNull()).isTrue();
  }

  @Test
  void create_byForm() throws Exception {
    final long service = service("s");
    final HttpResponse<String> response =
        http.send(
            "POST",
            "/v1/alerts",
            FORM,
            "name=a&active=false&rearm_seconds=60&services[]="
                + service
                + "&attributes[runbook_url]=http://r&conditions[0][type]=above"
                + "&conditions[0][metric_name]=m&conditions[0][threshold]=2.5"
                + "&conditions[0][tags][0][name]=env&conditions[0][tags][0][values][]=prod"
                + "&conditions[0][tags][0][grouped]=true");

    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    final JsonObject alert = JsonParser.parseString(response.body()).getAsJsonObject();
    assertThat(alert.get("active").getAsBoolean()).isFalse();
    final JsonObject condition = alert.getAsJsonArray("conditions").get(0).getAsJsonObject();
    assertThat(condition.get("threshold")).hasToString("2.5");
    assertThat(condition.get("tags"))
        .hasToString(json("[{'name':'env','grouped':true,'values':['prod']}]"));
    assertThat(alert.getAsJsonArray("services")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | name",
        "{'name':'two words'} | name",
        "{'name':5} | name",
        "{'name':'a','version':1} | version",
        "{'name':'a','description':[]} | description",
        "{'name':'a','active':'maybe'} | active",
        "{'name':'a','rearm_seconds':90} | rearm_seconds",
        "{'name':'a','rearm_seconds':-60} | rearm_seconds",
        "{'name':'a','rearm_seconds':'often'} | rearm_seconds",
        "{'name':'a','rearm_per_signal':1} | rearm_per_signal",
        "{'name':'a','attributes':[]} | attributes",
        "{'name':'a','attributes':{'runbook_url':{}}} | attributes[runbook_url]",
        "{'name':'a','services':7} | services",
        "{'name':'a','services':['x']} | services",
        "{'name':'a','services':[99]} | services",
        "{'name':'a','conditions':'c'} | conditions",
        "{'name':'a','conditions':[5]} | conditions[0]",
        "{'name':'a','conditions':[{'metric_name':'m','threshold':1}]} | conditions[0][type]",
        "{'name':'a','conditions':[{'type':'near','metric_name':'m'}]} | conditions[0][type]",
        "{'name':'a','conditions':[{'type':'above','threshold':1}]} | conditions[0][metric_name]",
        "{'name':'a','conditions':[{'type':'above','metric_name':'m m','threshold':1}]} |"
            + " conditions[0][metric_name]",
        "{'name':'a','conditions':[{'type':'above','metric_name':'m'}]} |"
            + " conditions[0][threshold]",
        "{'name':'a','conditions':[{'type':'below','metric_name':'m','threshold':'low'}]} |"
            + " conditions[0][threshold]",
        "{'name':'a','conditions':[{'type':'absent','metric_name':'m'}]} |"
            + " conditions[0][duration]",
        "{'name':'a','conditions':[{'type':'absent','metric_name':'m','duration':59}]} |"
            + " conditions[0][duration]",
        "{'name':'a','conditions':[{'type':'absent','metric_name':'m','duration':0}]} |"
            + " conditions[0][duration]",
        "{'name':'a','conditions':[{'type':'above','metric_name':'m','threshold':1,"
            + "'duration':3601}]} | conditions[0][duration]",
        "{'name':'a','conditions':[{'type':'above','metric_name':'m','threshold':1,"
            + "'summary_function':'median'}]} | conditions[0][summary_function]",
        "{'name':'a','conditions':[{'type':'above','metric_name':'m','threshold':1,"
            + "'source':'a b'}]} | conditions[0][source]",
        "{'name':'a','conditions':[{'type':'above','metric_name':'m','threshold':1,"
            + "'detect_reset':'x'}]} | conditions[0][detect_reset]",
        "{'name':'a','conditions':[{'type':'above','metric_name':'m','threshold':1,"
            + "'tags':[{'values':['x']}]}]} | conditions[0][tags][0][name]",
        "{'name':'a','conditions':[{'type':'above','metric_name':'m','threshold':1,"
            + "'tags':[{'name':'n','values':[[]]}]}]} | conditions[0][tags][0][values]",
        "{'name':'a','conditions':[{'type':'above','metric_name':'hits','threshold':1,"
            + "'summary_function':'average'}]} | conditions[0][summary_function]",
        "{'name':'a','conditions':[{'type':'above','metric_name':'level','threshold':1,"
            + "'summary_function':'absolute_value'}]} | conditions[0][summary_function]",
      })
  void create_refuses(String body, String member) throws Exception {
    http.post(
        json("{'counters':[{'name':'hits','value':1}],'gauges':[{'name':'level','value':1}]}"));
    final HttpResponse<String> response = send("POST", "/v1/alerts", body);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(
            JsonParser.parseString(response.body())
                .getAsJsonObject()
                .getAsJsonObject("errors")
                .getAsJsonObject("params")
                .keySet())
        .containsExactly(member);
    assertThat(http.json("/v1/alerts").getAsJsonArray("alerts")).isEmpty();
  }

  @Test
  void name_isUnique() throws Exception {
    alert("{'name':'a'}");
    final long other = alert("{'name':'b'}");

    assertThat(send("POST", "/v1/alerts", "{'name':'A'}").statusCode()).isEqualTo(422);
    assertThat(send("PUT", "/v1/alerts/" + other, "{'name':'a'}").statusCode()).isEqualTo(422);
    assertThat(send("PUT", "/v1/alerts/" + other, "{'name':'B'}").statusCode()).isEqualTo(204);
  }

  @Test
  void list_pagesAndFinds() throws Exception {
    alert("{'name':'production.b'}");
    alert("{'name':'production.a'}");
    alert("{'name':'staging.a'}");

    final JsonObject page = http.json("/v1/alerts?name=PRODUCTION&orderby=name&length=1&version=2");
    assertThat(page.get("query")).hasToString(json("{'found':2,'length':1,'offset':0,'total':3}"));
    assertThat(page.getAsJsonArray("alerts").get(0).getAsJsonObject().get("name").getAsString())
        .isEqualTo("production.a");
    assertThat(http.json("/v1/alerts?orderby=updated_at").getAsJsonArray("alerts")).hasSize(3);
    assertThat(http.get("/v1/alerts?version=1").statusCode()).isEqualTo(400);
    assertThat(http.get("/v1/alerts?orderby=id").statusCode()).isEqualTo(400);
  }

  @Test
  void update_keepsWhatItDoesNotSay_butConditions() throws Exception {
    final long service = service("s");
    final long id =
        alert(
            "{'name':'a','description':'d','services':["
                + service
                + "],'attributes':{'runbook_url':'http://r'},'rearm_seconds':60,'conditions':["
                + "{'type':'above','metric_name':'m','threshold':1},"
                + "{'type':'above','metric_name':'n','threshold':2}]}");
    final String path = "/v1/alerts/" + id;
    final JsonArray conditions = http.json(path).getAsJsonArray("conditions");
    final long second = conditions.get(1).getAsJsonObject().get("id").getAsLong();

    assertThat(
            send(
                    "PUT",
                    path,
                    "{'id':"
                        + id
                        + ",'name':'b','active':false,'conditions':[{'type':'absent',"
                        + "'metric_name':'o','duration':60},{'id':"
                        + second
                        + ",'type':'above','metric_name':'n','threshold':3}]}")
                .statusCode())
        .isEqualTo(204);
    final JsonObject alert = http.json(path);
    assertThat(alert.get("name").getAsString()).isEqualTo("b");
    assertThat(alert.get("description").getAsString()).isEqualTo("d");
    assertThat(alert.get("active").getAsBoolean()).isFalse();
    assertThat(alert.get("rearm_seconds").getAsLong()).isEqualTo(60);
    assertThat(alert.get("attributes")).hasToString(json("{'runbook_url':'http://r'}"));
    assertThat(alert.getAsJsonArray("services")).hasSize(1);
    final JsonArray changed = alert.getAsJsonArray("conditions");
    assertThat(changed.get(0).getAsJsonObject().get("id").getAsLong()).isGreaterThan(second);
    assertThat(changed.get(1).getAsJsonObject().get("id").getAsLong()).isEqualTo(second);
    assertThat(changed.get(1).getAsJsonObject().get("threshold")).hasToString("3");

    assertThat(send("PUT", path, "{'attributes':{},'rearm_seconds':null}").statusCode())
        .isEqualTo(204);
    assertThat(http.json(path).getAsJsonArray("conditions")).isEmpty();
    assertThat(http.json(path).get("attributes")).hasToString("{}");
    assertThat(http.json(path).get("rearm_seconds").getAsLong()).isEqualTo(600);
    assertThat(send("PUT", path, "{'services':[99]}").statusCode()).isEqualTo(400);
    assertThat(http.json(path).getAsJsonArray("services")).hasSize(1);
    assertThat(send("PUT", "/v1/alerts/99", "{'name':'x'}").statusCode()).isEqualTo(404);
  }

  /** What was read can be sent as it is, and leaves the alert as it was. */
  @Test
  void update_withWhatWasRead() throws Exception {
    final long service = service("s");
    final String path =
        "/v1/alerts/"
            + alert(
                "{'name':'a','services':['"
                    + service
                    + "'],'conditions':[{'type':'above','metric_name':'m','threshold':1.5},"
                    + "{'type':'above','metric_name':'m','threshold':1.5}]}");
    final JsonObject before = http.json(path);

    assertThat(http.send("PUT", path, "application/json", before.toString()).statusCode())
        .isEqualTo(204);

    final JsonObject after = http.json(path);
    before.remove("updated_at");
    after.remove("updated_at");
    assertThat(after).isEqualTo(before);
    final JsonArray twice = before.getAsJsonArray("conditions");
    twice.add(twice.get(0));
    assertThat(http.send("PUT", path, "application/json", before.toString()).statusCode())
        .isEqualTo(204);
    assertThat(http.json(path).getAsJsonArray("conditions")).hasSize(3);
  }

  @Test
  void delete_byIdAndByName() throws Exception {
    final long id =
        alert("{'name':'a','conditions':[{'type':'absent','metric_name':'m'," + "'duration':60}]}");
    alert("{'name':'b'}");

    assertThat(delete("/v1/alerts/" + id)).isEqualTo(204);
    assertThat(delete("/v1/alerts/" + id)).isEqualTo(404);
    assertThat(delete("/v1/alerts/B")).isEqualTo(204);
    assertThat(http.json("/v1/alerts").getAsJsonArray("alerts")).isEmpty();
    assertThat(alert("{'name':'a'}")).isGreaterThan(id);
  }

  @Test
  void services_areAddedAndRemoved() throws Exception {
    final long service = service("s");
    final String path = "/v1/alerts/" + alert("{'name':'a'}");

    final HttpResponse<String> added =
        http.send("POST", path + "/services", FORM, "service=" + service);
    assertThat(added.statusCode()).isEqualTo(201);
    assertThat(added.headers().firstValue("Location")).hasValue(path + "/services/" + service);
    assertThat(send("POST", path + "/services", "{'service':" + service + "}").statusCode())
        .isEqualTo(201);
    assertThat(http.json(path).getAsJsonArray("services")).hasSize(1);
    assertThat(send("POST", path + "/services", "{}").statusCode()).isEqualTo(400);
    assertThat(send("POST", path + "/services", "{'service':99}").statusCode()).isEqualTo(400);
    assertThat(send("POST", "/v1/alerts/99/services", "{'service':1}").statusCode()).isEqualTo(404);

    assertThat(delete(path + "/services/" + service)).isEqualTo(204);
    assertThat(delete(path + "/services/" + service)).isEqualTo(404);
    http.send("POST", path + "/services", FORM, "service=" + service);
    assertThat(delete("/v1/services/" + service)).isEqualTo(204);
    assertThat(http.json(path).getAsJsonArray("services")).isEmpty();
  }

  @Test
  void services_ofAKnownKeyAreAddedOnce() throws Exception {
    final long service = service("s");
    final String path = "/v1/alerts/" + alert("{'name':'a'}") + "/services";
    final String[] keyed = {"Idempotency-Key", "k"};

    final HttpResponse<String> first = http.send("POST", path, FORM, "service=" + service, keyed);
    assertThat(delete(path + "/" + service)).isEqualTo(204);
    final HttpResponse<String> again = http.send("POST", path, FORM, "service=" + service, keyed);

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers().firstValue("Location")).hasValue(path + "/" + service);
    assertThat(delete(path + "/" + service)).as("it was not added again").isEqualTo(404);
  }

  @Test
  void status_beforeAnythingIsEvaluated() throws Exception {
    final long id = alert("{'name':'a'}");

    final JsonObject status = http.json("/v1/alerts/" + id + "/status");
    assertThat(status.get("alert")).hasToString("{\"id\":" + id + "}");
    assertThat(status.get("status").getAsString()).isEqualTo("ok");
    assertThat(status.get("state").getAsString()).isEqualTo("ok");
    assertThat(http.json("/v1/alerts/status")).hasToString(json("{'cleared':[],'firing':[]}"));
    assertThat(http.get("/v1/alerts/99/status").statusCode()).isEqualTo(404);
    assertThat(http.send("POST", "/v1/alerts/" + id + "/clear", null, null).statusCode())
        .isEqualTo(204);
    assertThat(http.send("POST", "/v1/alerts/99/clear", null, null).statusCode()).isEqualTo(404);
  }

  @Test
  void alert_isStillThereAfterARestart() throws Exception {
    final String path =
        "/v1/alerts/"
            + alert(
                "{'name':'a','conditions':[{'type':'absent','metric_name':'m','duration':60}]}");
    final JsonObject before = http.json(path);
    store.close();
    open();

    assertThat(http.json(path)).isEqualTo(before);
  }

  private long service(String title) throws Exception {
    return id(send("POST", "/v1/services", "{'type':'slack','title':'" + title + "'}"));
  }

  private long alert(String alert) throws Exception {
    return id(send("POST", "/v1/alerts", alert));
  }
}
