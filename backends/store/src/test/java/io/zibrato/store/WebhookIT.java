package io.zibrato.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import io.zibrato.store.resources.alerts.Rounds;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What webhooks are told, by a clock moved by hand. */
class WebhookIT extends StoreCase {
  private static final long T = 1_700_000_040; // a whole minute

  private final HandClock clock = new HandClock(T);
  private final Rounds rounds = new Rounds(clock);
  private HookServer hook;

  @Override
  Store open(StoreOptions options) throws Exception {
    if (hook == null) {
      hook = new HookServer(0);
    }
    return Store.open(options, clock, rounds::start);
  }

  @AfterEach
  void closeHook() throws Exception {
    hook.close();
  }

  @Test
  void webhook_isToldOfTheTriggerAndTheClearing() throws Exception {
    final long service =
        service("http://me%40x:pass%20word@127.0.0.1:" + hook.port() + "/hook?a=b");
    final long id =
        alert(
            "'attributes':{'runbook_url':'http://r'},'conditions':[{'type':'above',"
                + "'metric_name':'m','threshold':10,'duration':60}]",
            service);
    final long condition =
        http.json("/v1/alerts/" + id)
            .getAsJsonArray("conditions")
            .get(0)
            .getAsJsonObject()
            .get("id")
            .getAsLong();
    gauge(10, 11);
    gauge(70, 12);
    at(120);

    await().until(() -> hook.posts().size() == 1);
    final HookServer.Posted post = hook.posts().get(0);
    assertThat(post.method()).isEqualTo("POST");
    assertThat(post.target()).isEqualTo("/hook?a=b");
    assertThat(post.contentType()).startsWith("application/x-www-form-urlencoded");
    assertThat(post.authorization()).isEqualTo("Basic bWVAeDpwYXNzIHdvcmQ=");
    final JsonObject payload = post.payload();
    final String incident = payload.remove("incident_key").getAsString();
    assertThat(incident).hasSize(36);
    assertThat(payload)
        .hasToString(
            json(
                "{'alert':{'id':"
                    + id
                    + ",'name':'a','runbook_url':'http://r','version':2},'account':null,"
                    + "'trigger_time':"
                    + (T + 120)
                    + ",'conditions':[{'id':"
                    + condition
                    + ",'type':'above','threshold':10,'duration':60}],'violations':{'s':["
                    + "{'metric':'m','value':12,'recorded_at':"
                    + (T + 70)
                    + ",'condition_violated':"
                    + condition
                    + ",'count':2,'begin':"
                    + (T + 10)
                    + ",'end':"
                    + (T + 70)
                    + "}]}}"));

    gauge(130, 1);
    at(180);
    await().until(() -> hook.posts().size() == 2);
    assertThat(hook.posts().get(1).payload())
        .hasToString(
            json(
                "{'alert':{'id':"
                    + id
                    + ",'name':'a','runbook_url':'http://r','version':2},'incident_key':'"
                    + incident
                    + "','account':null,'trigger_time':"
                    + (T + 180)
                    + ",'clear':'normal'}"));
    await().until(() -> outcome(id).equals("delivered HTTP 200 1"));
    assertThat(http.json("/v1/services/" + service).getAsJsonObject("last_notice").toString())
        .contains(json("'kind':'clear'"), json("'status':'delivered'"));
  }

  @Test
  void otherServices_areNotCalled() throws Exception {
    final long mail =
        id(
            send(
                "/v1/services",
                "{'type':'slack','title':'t','settings':{'url':'" + hook.url("/slack") + "'}}"));
    final long id = above(mail);
    gauge(10, 11);
    at(60);

    assertThat(status(id).get("state").getAsString()).isEqualTo("triggered");
    assertThat(status(id).getAsJsonArray("notices")).isEmpty();
    assertThat(hook.posts()).isEmpty();
  }

  @Test
  void rearm_tellsAgainWhileItLasts_andNotSooner() throws Exception {
    final long id = above(service(hook.url("/")));
    gauge(10, 11);
    at(60);
    await().until(() -> hook.posts().size() == 1);

    gauge(70, 1);
    at(120);
    await().until(() -> hook.posts().size() == 2);
    gauge(130, 11);
    at(180);
    assertThat(status(id).get("state").getAsString()).isEqualTo("triggered");
    gauge(190, 1);
    at(240);
    gauge(250, 11);
    for (int minute = 5; minute < 11; minute++) {
      at(minute * 60);
    }
    assertThat(kinds(id)).containsExactly("alert", "clear");
    at(660);
    await().until(() -> hook.posts().size() == 3);
    at(1200);
    assertThat(kinds(id)).containsExactly("alert", "clear", "alert");
    at(1260);
    await().until(() -> hook.posts().size() == 4);
    assertThat(kinds(id)).containsExactly("alert", "clear", "alert", "alert");
    assertThat(incident(2)).isEqualTo(incident(3)).isNotEqualTo(incident(0));
  }

  @Test
  void rearmPerSignal_tellsOfEachStream() throws Exception {
    final long id =
        alert(
            "'rearm_per_signal':true,'conditions':[{'type':'above','metric_name':'m',"
                + "'threshold':10}]",
            service(hook.url("/")));
    gauge(10, "s1", 11);
    at(60);
    gauge(70, "s2", 11);
    at(120);
    at(180);

    assertThat(kinds(id)).containsExactly("alert", "alert");
  }

  @Test
  void down_isTriedAgainUntilItIsUp_inOrder() throws Exception {
    final long id = above(service(hook.url("/")));
    final int port = hook.port();
    hook.close();
    gauge(10, 11);
    at(60);
    await().until(() -> notice(id, 0).get("attempts").getAsInt() == 1);
    assertThat(notice(id, 0).get("status").getAsString()).isEqualTo("pending");
    assertThat(notice(id, 0).get("outcome").getAsString()).contains("refused");
    gauge(70, 1);
    at(120);
    await().until(() -> notice(id, 1).get("attempts").getAsInt() == 2);

    hook = new HookServer(port);
    hook.answer(503);
    clock.set(T + 145);
    rounds.call();
    await().until(() -> notice(id, 1).get("attempts").getAsInt() == 3);
    assertThat(notice(id, 1).get("outcome").getAsString()).isEqualTo("HTTP 503");
    hook.answer(200);
    clock.set(T + 300);
    rounds.call();

    await().until(() -> outcome(id).equals("delivered HTTP 200 1"));
    assertThat(hook.posts())
        .extracting(HookServer.Posted::clears)
        .containsExactly(false, false, true);
    assertThat(hook.posts().get(0).key()).isEqualTo(hook.posts().get(1).key());
    assertThat(hook.posts().get(1).key()).isNotEqualTo(hook.posts().get(2).key());
  }

  @Test
  void refusal_isNotTriedAgain_norARedirectFollowed() throws Exception {
    final long id = above(service(hook.url("/")));
    hook.answer(404);
    gauge(10, 11);
    at(60);
    await().until(() -> outcome(id).equals("failed HTTP 404 1"));

    hook.answer(302);
    gauge(70, 1);
    at(120);
    await().until(() -> outcome(id).equals("failed HTTP 302 1"));
    assertThat(hook.posts()).hasSize(2);
    assertThat(hook.posts()).extracting(HookServer.Posted::target).containsOnly("/");
  }

  @Test
  void tries_areBounded() throws Exception {
    final long id = above(service(hook.url("/")));
    hook.answer(500);
    gauge(10, 11);
    at(60);
    for (int tries = 1; tries < 8; tries++) {
      final int made = tries;
      await().until(() -> notice(id, 0).get("attempts").getAsInt() == made);
      clock.set(T + 60 + tries * 300L);
      rounds.call();
    }

    await().until(() -> outcome(id).equals("failed HTTP 500 8"));
    assertThat(hook.posts()).hasSize(8);
  }

  @Test
  void hanging_keepsNobodyElseWaiting() throws Exception {
    hook.answer(0);
    final long hangs = above(service(hook.url("/")));
    try (HookServer other = new HookServer(0)) {
      final long quick =
          alert(
              "'conditions':[{'type':'above','metric_name':'m','threshold':10}]",
              "b",
              service(other.url("/")));
      gauge(10, 11);
      at(60);
      await().until(() -> hook.posts().size() == 1);
      await().until(() -> outcome(quick).equals("delivered HTTP 200 1"));
      gauge(70, 1);
      at(120);
      await().until(() -> other.posts().size() == 2);

      assertThat(status(hangs).get("state").getAsString()).isEqualTo("ok");
      await().until(() -> notice(hangs, 1).get("attempts").getAsInt() == 1);
      assertThat(notice(hangs, 1).get("status").getAsString()).isEqualTo("pending");
    }
  }

  @Test
  void linkLocalAddresses_areNotCalled() throws Exception {
    final long id = above(service("http://169.254.169.254/latest/"));
    gauge(10, 11);
    at(60);

    await().until(() -> notice(id, 0).get("attempts").getAsInt() == 1);
    assertThat(notice(id, 0).get("outcome").getAsString()).contains("which is not called");
  }

  @Test
  void restart_tellsNothingTwice() throws Exception {
    final long id = above(service(hook.url("/")));
    gauge(10, 11);
    at(60);
    await().until(() -> outcome(id).equals("delivered HTTP 200 1"));
    store.close();
    open();

    at(120);
    assertThat(status(id).get("state").getAsString()).isEqualTo("triggered");
    assertThat(kinds(id)).containsExactly("alert");
    gauge(130, 1);
    at(180);
    await().until(() -> hook.posts().size() == 2);
    assertThat(hook.posts().get(1).clears()).isTrue();
    assertThat(incident(1)).isEqualTo(incident(0));
  }

  @Test
  void restart_deliversWhatWasPending() throws Exception {
    final long id = above(service(hook.url("/")));
    hook.answer(503);
    gauge(10, 11);
    at(60);
    await().until(() -> notice(id, 0).get("attempts").getAsInt() == 1);
    store.close();
    hook.answer(200);
    clock.set(T + 120);
    open();

    await().until(() -> outcome(id).equals("delivered HTTP 200 2"));
  }

  @Test
  void clearingDeactivatingAndDeleting_tellThatItIsOver() throws Exception {
    final long service = service(hook.url("/"));
    final long cleared = above(service);
    final long deactivated =
        alert("'conditions':[{'type':'above','metric_name':'m','threshold':10}]", "b", service);
    final long deleted =
        alert("'conditions':[{'type':'above','metric_name':'m','threshold':10}]", "c", service);
    gauge(10, 11);
    at(60);
    await().until(() -> hook.posts().size() == 3);

    http.send("POST", "/v1/alerts/" + cleared + "/clear", null, null);
    http.send("PUT", "/v1/alerts/" + deactivated, "application/json", json("{'active':false}"));
    http.send("DELETE", "/v1/alerts/" + deleted, null, null);

    await().until(() -> hook.posts().size() == 6);
    assertThat(hook.posts().subList(3, 6)).allMatch(HookServer.Posted::clears);
    http.send("POST", "/v1/alerts/" + cleared + "/clear", null, null);
    assertThat(kinds(cleared)).containsExactly("alert", "clear");
  }

  private void at(long seconds) throws Exception {
    clock.set(T + seconds);
    rounds.evaluate();
    rounds.call();
  }

  private long above(long service) throws Exception {
    return alert("'conditions':[{'type':'above','metric_name':'m','threshold':10}]", service);
  }

  private long alert(String members, long service) throws Exception {
    return alert(members, "a", service);
  }

  private long alert(String members, String name, long service) throws Exception {
    return id(
        send("/v1/alerts", "{'name':'" + name + "'," + members + ",'services':[" + service + "]}"));
  }

  private long service(String url) throws Exception {
    return id(
        send("/v1/services", "{'type':'webhook','title':'t','settings':{'url':'" + url + "'}}"));
  }

  private void gauge(long seconds, double value) throws Exception {
    gauge(seconds, "s", value);
  }

  private void gauge(long seconds, String source, double value) throws Exception {
    assertThat(
            http.post(
                    json(
                        "{'gauges':[{'name':'m','source':'"
                            + source
                            + "','value':"
                            + value
                            + ",'measure_time':"
                            + (T + seconds)
                            + "}]}"))
                .statusCode())
        .isEqualTo(200);
  }

  private JsonObject status(long id) throws Exception {
    return http.json("/v1/alerts/" + id + "/status");
  }

  /** The notice that is so many before the last. */
  private JsonObject notice(long id, int before) throws Exception {
    return status(id).getAsJsonArray("notices").get(before).getAsJsonObject();
  }

  private String outcome(long id) throws Exception {
    final JsonObject last = notice(id, 0);
    return last.get("status").getAsString()
        + (last.get("outcome").isJsonNull() ? "" : " " + last.get("outcome").getAsString())
        + " "
        + last.get("attempts");
  }

  private List<String> kinds(long id) throws Exception {
    final List<String> kinds =
        new ArrayList<>(
            status(id).getAsJsonArray("notices").asList().stream()
                .map(notice -> notice.getAsJsonObject().get("kind").getAsString())
                .toList());
    Collections.reverse(kinds);
    return kinds;
  }

  private String incident(int post) {
    return hook.posts().get(post).payload().get("incident_key").getAsString();
  }

  private HttpResponse<String> send(String path, String json) throws Exception {
    return http.send("POST", path, "application/json", json(json));
  }
}
