package io.zibrato.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real jar evaluates at real minutes: this takes about two of them. */
class AlertProcessIT {
  private static final Duration ROUND = Duration.ofSeconds(100);

  @TempDir Path dir;

  @Test
  void kill_tellsNothingTwice() throws Exception {
    try (HookServer hook = new HookServer(0)) {
      final String status;
      final JsonObject before;
      try (StoreProcess store = start()) {
        final Http http = new Http(store.listening());
        final long service =
            post(
                http,
                "/v1/services",
                "{'type':'webhook','title':'t','settings':{'url':'" + hook.url("/") + "'}}");
        final long alert =
            post(
                http,
                "/v1/alerts",
                "{'name':'a','rearm_seconds':3600,'conditions':[{'type':'above',"
                    + "'metric_name':'m','threshold':10}],'services':["
                    + service
                    + "]}");
        status = "/v1/alerts/" + alert + "/status";
        http.post(json("{'gauges':[{'name':'m','value':11}]}"));
        await().atMost(ROUND).until(() -> delivered(http.json(status)));
        assertThat(hook.posts()).hasSize(1);
        before = http.json(status);

        store.process.destroyForcibly();
        assertThat(store.exitCode()).isNotZero();
      }
      try (StoreProcess store = start()) {
        final Http http = new Http(store.listening());
        final long restarted = Instant.now().getEpochSecond();
        await()
            .atMost(ROUND)
            .until(() -> http.json(status).get("evaluated_at").getAsLong() >= restarted);

        final JsonObject after = http.json(status);
        after.remove("evaluated_at");
        before.remove("evaluated_at");
        assertThat(after).isEqualTo(before);
        assertThat(after.get("state").getAsString()).isEqualTo("triggered");
        assertThat(hook.posts()).hasSize(1);
      }
    }
  }

  private static boolean delivered(JsonObject status) {
    return status.getAsJsonArray("notices").size() == 1
        && status
            .getAsJsonArray("notices")
            .get(0)
            .getAsJsonObject()
            .get("status")
            .getAsString()
            .equals("delivered");
  }

  private StoreProcess start() throws Exception {
    return new StoreProcess(dir, "--port", "0", "--data", dir.resolve("data").toString());
  }

  private static long post(Http http, String path, String json) throws Exception {
    final HttpResponse<String> response = http.send("POST", path, "application/json", json(json));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return JsonParser.parseString(response.body()).getAsJsonObject().get("id").getAsLong();
  }

  private static String json(String quotes) {
    return quotes.replace('\'', '"');
  }
}
