package io.zibrato.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.zibrato.store.resources.alerts.Rounds;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A notice that is delivered just when its thread has read that it is pending. */
class WebhookOnceIT {
  private static final long T = 1_700_000_040; // a whole minute

  @TempDir Path dir;

  /** Stops the thread that looks for notices where it asks when one is due, once. */
  private static final class StoppingClock extends Clock {
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile long seconds = T;
    private volatile boolean armed;
    private volatile boolean stopped;

    @Override
    public Instant instant() {
      if (armed && Thread.currentThread().getName().equals("store-webhooks")) {
        armed = false;
        stopped = true;
        try {
          released.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return Instant.ofEpochSecond(seconds);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @Test
  @Timeout(60)
  void notice_isPostedOnce_whoeverReadsItMeanwhile() throws Exception {
    final StoppingClock clock = new StoppingClock();
    final Rounds rounds = new Rounds(clock);
    try (HookServer hangs = new HookServer(0);
        HookServer other = new HookServer(0);
        Store store =
            Store.open(
                new StoreOptions(InetAddress.getLoopbackAddress(), 0, dir, Optional.empty()),
                clock,
                rounds::start)) {
      final Http http = new Http(store.uri());
      hangs.answer(0);
      final long first = alert(http, "first", "a", hangs);
      alert(http, "second", "b", other);
      trigger(http, "a", clock, rounds, 60);
      await().until(() -> hangs.posts().size() == 1);

      clock.armed = true;
      trigger(http, "b", clock, rounds, 120);
      await().until(() -> clock.stopped);
      hangs.answer(200);
      hangs.release();
      await().until(() -> delivered(http, first));
      await().until(WebhookOnceIT::noneIsPosting);
      clock.released.countDown();

      await().until(() -> other.posts().size() == 1);
      await().until(WebhookOnceIT::noneIsPosting);
      http.send("POST", "/v1/alerts/" + first + "/clear", null, null);
      await().until(() -> hangs.posts().stream().anyMatch(HookServer.Posted::clears));
      assertThat(hangs.posts()).extracting(HookServer.Posted::clears).containsExactly(false, true);
    }
  }

  private static boolean noneIsPosting() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("store-webhook-[0-9]+"))
        .allMatch(thread -> thread.getState() == Thread.State.WAITING);
  }

  private static boolean delivered(Http http, long alert) throws Exception {
    final JsonObject notice =
        http.json("/v1/alerts/" + alert + "/status")
            .getAsJsonArray("notices")
            .get(0)
            .getAsJsonObject();
    return notice.get("status").getAsString().equals("delivered");
  }

  private static void trigger(
      Http http, String metric, StoppingClock clock, Rounds rounds, long seconds) throws Exception {
    http.post(
        json(
            "{'gauges':[{'name':'"
                + metric
                + "','value':11,'measure_time':"
                + (T + seconds - 10)
                + "}]}"));
    clock.seconds = T + seconds;
    rounds.evaluate();
    rounds.call();
  }

  private static long alert(Http http, String name, String metric, HookServer hook)
      throws Exception {
    final long service =
        id(
            http.send(
                "POST",
                "/v1/services",
                "application/json",
                json("{'type':'webhook','title':'t','settings':{'url':'" + hook.url("/") + "'}}")));
    return id(
        http.send(
            "POST",
            "/v1/alerts",
            "application/json",
            json(
                "{'name':'"
                    + name
                    + "','conditions':[{'type':'above','metric_name':'"
                    + metric
                    + "','threshold':10}],'services':["
                    + service
                    + "]}")));
  }

  private static long id(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return JsonParser.parseString(response.body()).getAsJsonObject().get("id").getAsLong();
  }

  private static String json(String quotes) {
    return quotes.replace('\'', '"');
  }
}
