package io.zibrato.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServicesIT extends StoreCase {

  /** As the API's documentation has it with curl. */
  @Test
  void create_byForm_andSaysThatItIsNotCalled() throws Exception {
    final HttpResponse<String> response =
        http.send(
            "POST",
            "/v1/services",
            FORM,
            "title=Notify Ops Room&type=campfire&settings%5Btoken%5D=1234567890ABCDEF"
                + "&settings%5Broom%5D=Ops&settings%5Bsubdomain%5D=acme");

    assertThat(response.statusCode()).isEqualTo(201);
    final long id = id(response);
    assertThat(response.headers().firstValue("Location")).hasValue("/v1/services/" + id);
    assertThat(response.body())
        .isEqualTo(
            json(
                "{'id':"
                    + id
                    + ",'type':'campfire','settings':{'token':'1234567890ABCDEF','room':'Ops',"
                    + "'subdomain':'acme'},'title':'Notify Ops Room','called':false}"));
    assertThat(http.json("/v1/services/" + id)).isEqualTo(JsonParser.parseString(response.body()));
  }

  @Test
  void create_aWebhook_whichIsCalled() throws Exception {
    final long id =
        create("{'type':'webhook','title':'w','settings':{'url':'https://u:p@h.example:1/x?y'}}");

    final JsonObject service = http.json("/v1/services/" + id);
    assertThat(service.get("called").getAsBoolean()).isTrue();
    assertThat(service.get("last_notice").isJsonNull()).isTrue();
  }

  @Test
  void settings_areKeptAsTheyAre() throws Exception {
    final String settings = "{'a':[1,2.5,null,true,{'b':'c'}],'d':'\\u0000'}";
    final long id = create("{'type':'slack','title':'s','settings':" + settings + "}");

    assertThat(http.json("/v1/services/" + id).get("settings"))
        .isEqualTo(JsonParser.parseString(json(settings)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'title':'t'} | type",
        "{'type':'mail'} | title",
        "{'type':'mail','title':''} | title",
        "{'type':'','title':'t'} | type",
        "{'type':'two words','title':'t'} | type",
        "{'type':'mail','title':5} | title",
        "{'type':'mail','title':'t','settings':'x'} | settings",
        "{'type':'mail','title':'t','settings':[]} | settings",
        "{'type':'webhook','title':'t'} | settings[url]",
        "{'type':'webhook','title':'t','settings':{'url':5}} | settings[url]",
        "{'type':'webhook','title':'t','settings':{'url':'h.example'}} | settings[url]",
        "{'type':'webhook','title':'t','settings':{'url':'file:///etc/passwd'}} | settings[url]",
        "{'type':'webhook','title':'t','settings':{'url':'http://a b/'}} | settings[url]",
      })
  void create_refuses(String body, String member) throws Exception {
    final HttpResponse<String> response = send("POST", "/v1/services", body);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(
            JsonParser.parseString(response.body())
                .getAsJsonObject()
                .getAsJsonObject("errors")
                .getAsJsonObject("params")
                .keySet())
        .contains(member);
    assertThat(http.json("/v1/services").getAsJsonArray("services")).isEmpty();
  }

  @Test
  void list_pages() throws Exception {
    final long b = create("{'type':'mail','title':'b'}");
    final long a = create("{'type':'mail','title':'a'}");

    final JsonObject page = http.json("/v1/services?length=1");
    assertThat(page.get("query")).hasToString(json("{'found':2,'length':1,'offset':0,'total':2}"));
    assertThat(first(page)).isEqualTo(a);
    assertThat(first(http.json("/v1/services?offset=1"))).isEqualTo(b);
    assertThat(first(http.json("/v1/services?sort=desc"))).isEqualTo(b);
    assertThat(first(http.json("/v1/services?orderby=updated_at"))).isEqualTo(b);
    assertThat(http.get("/v1/services?orderby=id").statusCode()).isEqualTo(400);
  }

  private static long first(JsonObject page) {
    return page.getAsJsonArray("services").get(0).getAsJsonObject().get("id").getAsLong();
  }

  @Test
  void service_isChangedAndDeleted() throws Exception {
    final long id = create("{'type':'mail','title':'t','settings':{'addresses':'a@b'}}");
    final String path = "/v1/services/" + id;

    assertThat(http.send("PUT", path, FORM, "title=Notify Ops Chatroom").statusCode())
        .isEqualTo(204);
    assertThat(http.json(path).get("title").getAsString()).isEqualTo("Notify Ops Chatroom");
    assertThat(http.json(path).get("settings")).hasToString(json("{'addresses':'a@b'}"));
    assertThat(send("PUT", path, "{'type':'webhook'}").statusCode()).isEqualTo(400);
    assertThat(send("PUT", path, "{'title':''}").statusCode()).isEqualTo(400);
    assertThat(
            send("PUT", path, "{'type':'webhook','settings':{'url':'http://localhost:1/'}}")
                .statusCode())
        .isEqualTo(204);
    assertThat(http.json(path).get("called").getAsBoolean()).isTrue();

    assertThat(http.send("DELETE", path, null, null).statusCode()).isEqualTo(204);
    assertThat(http.send("DELETE", path, null, null).statusCode()).isEqualTo(404);
    assertThat(http.get(path).statusCode()).isEqualTo(404);
    assertThat(send("PUT", path, "{'title':'x'}").statusCode()).isEqualTo(404);
    assertThat(create("{'type':'mail','title':'t'}")).isGreaterThan(id);
  }

  @Test
  void service_isStillThereAfterARestart() throws Exception {
    final String path = "/v1/services/" + create("{'type':'mail','title':'t'}");
    final JsonObject before = http.json(path);
    store.close();
    open();

    assertThat(http.json(path)).isEqualTo(before);
  }

  private long create(String service) throws Exception {
    return id(send("POST", "/v1/services", service));
  }
}
