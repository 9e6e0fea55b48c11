package io.zibrato.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.zibrato.store.resources.alerts.Rounds;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Alerts against measurements in a real database, each minute of a clock moved by hand. */
class AlertEvaluationIT extends StoreCase {
  private static final long T = 1_700_000_040; // a whole minute

  private final HandClock clock = new HandClock(T);
  private final Rounds rounds = new Rounds(clock);

  @Override
  Store open(StoreOptions options) throws Exception {
    return Store.open(options, clock, rounds::start);
  }

  @Test
  void above_triggersByOneMeasurementAndClearsByOne() throws Exception {
    final long id = alert("{'type':'above','metric_name':'m','threshold':10}");

    assertThat(at(60, id)).isEqualTo("ok");
    gauge(70, "m", "a", 10);
    assertThat(at(120, id)).isEqualTo("ok");
    gauge(130, "m", "a", 10.5);
    gauge(131, "m", "b", 1);
    assertThat(at(180, id)).isEqualTo("triggered");
    final JsonObject status = status(id);
    assertThat(status.get("status").getAsString()).isEqualTo("triggered");
    assertThat(status.get("since").getAsLong()).isEqualTo(T + 180);
    assertThat(status.get("triggered_at").getAsLong()).isEqualTo(T + 180);
    assertThat(status.get("evaluated_at").getAsLong()).isEqualTo(T + 180);
    assertThat(status.getAsJsonObject("violations").keySet()).containsExactly("a");
    final JsonObject violation =
        status.getAsJsonObject("violations").getAsJsonArray("a").get(0).getAsJsonObject();
    assertThat(violation.get("metric").getAsString()).isEqualTo("m");
    assertThat(violation.get("value").getAsDouble()).isEqualTo(10.5);
    assertThat(violation.get("recorded_at").getAsLong()).isEqualTo(T + 130);
    assertThat(http.json("/v1/alerts/status"))
        .hasToString(
            json("{'cleared':[],'firing':[{'id':" + id + ",'triggered_at':" + (T + 180) + "}]}"));

    assertThat(at(240, id)).as("nothing new").isEqualTo("triggered");
    gauge(250, "m", "a", 9);
    assertThat(at(300, id)).isEqualTo("ok");
    assertThat(status(id).get("violations")).hasToString("{}");
    assertThat(http.json("/v1/alerts/status"))
        .hasToString(
            json("{'cleared':[{'id':" + id + ",'cleared_at':" + (T + 300) + "}],'firing':[]}"));
  }

  @Test
  void above_seesASpikeBetweenTwoRounds_andWhatComesLate() throws Exception {
    final long id = alert("{'type':'above','metric_name':'m','threshold':10}");

    gauge(10, "m", "a", 11);
    gauge(20, "m", "a", 9);
    assertThat(at(60, id)).isEqualTo("triggered");
    assertThat(at(120, id)).isEqualTo("triggered");
    gauge(130, "m", "a", 9);
    assertThat(at(180, id)).isEqualTo("ok");
    clock.set(T + 1700);
    gauge(1600, "m", "a", 1);
    gauge(200, "m", "b", 11);
    assertThat(at(1740, id)).as("a source that comes half an hour late").isEqualTo("triggered");
  }

  @Test
  void above_judgesWhatComesLateIntoAStream() throws Exception {
    final long id = alert("{'type':'above','metric_name':'m','threshold':100}");

    gauge(31, "m", "a", 5);
    assertThat(at(60, id)).isEqualTo("ok");
    gauge(29, "m", "a", 500);
    assertThat(at(120, id)).isEqualTo("triggered");
    assertThat(status(id).getAsJsonObject("violations").getAsJsonArray("a").get(0).toString())
        .contains("\"recorded_at\":" + (T + 29));
    gauge(130, "m", "a", 5);
    assertThat(at(180, id)).isEqualTo("ok");
    assertThat(at(240, id)).as("judged once").isEqualTo("ok");
    gauge(130, "m", "a", 500);
    assertThat(at(300, id)).as("a second sample of that second").isEqualTo("triggered");
    gauge(125, "m", "a", 1);
    assertThat(at(360, id)).as("older than what violates").isEqualTo("triggered");
    gauge(131, "m", "a", 1);
    assertThat(at(420, id)).isEqualTo("ok");
  }

  @Test
  void duration_judgesWhatComesLate() throws Exception {
    final long id = alert("{'type':'above','metric_name':'m','threshold':10,'duration':180}");

    for (final int second : new int[] {10, 70, 130}) {
      gauge(second, "m", "a", 11);
      assertThat(at(second + 50, id)).isEqualTo("ok");
    }
    gauge(190, "m", "a", 11);
    gauge(60, "m", "a", 12);
    assertThat(at(240, id)).isEqualTo("triggered");
    assertThat(status(id).getAsJsonObject("violations").getAsJsonArray("a").get(0).toString())
        .contains("\"count\":5,\"begin\":" + (T + 10));
    gauge(65, "m", "a", 9);
    assertThat(at(300, id)).as("a break").isEqualTo("ok");
    gauge(250, "m", "a", 11);
    assertThat(at(360, id)).isEqualTo("triggered");
  }

  /** What is older than the hour at hand goes on counting. */
  @Test
  void duration_goesOnForHours() throws Exception {
    final long id = alert("{'type':'above','metric_name':'m','threshold':10,'duration':3600}");

    for (int second = 10; second < 7810; second += 600) {
      gauge(second, "m", "a", 11);
      at(second + 50, id);
      if (second > 3000) {
        gauge(second - 100, "m", "a", 12);
      }
    }
    assertThat(at(7800, id)).isEqualTo("triggered");
    gauge(7790, "m", "a", 11);
    assertThat(at(7860, id)).isEqualTo("triggered");
    gauge(7780, "m", "a", 9);
    assertThat(at(7920, id)).isEqualTo("ok");
  }

  @Test
  void counter_thatComesLateIsJudgedWithTheNext() throws Exception {
    final long id = alert("{'type':'above','metric_name':'c','threshold':50}");

    counter(10, 100);
    counter(30, 150);
    assertThat(at(60, id)).isEqualTo("ok");
    counter(20, 20);
    assertThat(at(120, id)).as("from 20 to 150").isEqualTo("triggered");
  }

  @Test
  void measurementsFromBeforeTheAlert_doNotCount() throws Exception {
    gauge(-10, "m", "a", 100);
    final long id = alert("{'type':'above','metric_name':'m','threshold':10}");

    assertThat(at(60, id)).isEqualTo("ok");
    gauge(70, "m", "a", 100);
    assertThat(at(120, id)).isEqualTo("triggered");
  }

  @Test
  void below_withASourcePattern() throws Exception {
    final long id = alert("{'type':'below','metric_name':'m','threshold':5,'source':'WEB-*'}");

    gauge(10, "m", "db-1", 1);
    gauge(10, "m", null, 1);
    gauge(10, "m", "web-1", 5);
    assertThat(at(60, id)).isEqualTo("ok");
    gauge(70, "m", "web-2", 4.9);
    assertThat(at(120, id)).isEqualTo("triggered");
    assertThat(status(id).getAsJsonObject("violations").keySet()).containsExactly("web-2");
  }

  @Test
  void summaryFunctions_ofAggregatedMeasurements() throws Exception {
    final long max = alert("max", condition("above", "max", 8));
    final long min = alert("min", condition("below", "min", 2));
    final long sum = alert("sum", condition("above", "sum", 19));
    final long count = alert("count", condition("above", "count", 4));
    final long average = alert("average", condition("above", "average", 3.9));
    final long over = alert("over", condition("above", "average", 4));
    post(
        "{'gauges':[{'name':'m','measure_time':"
            + (T + 10)
            + ",'count':5,'sum':20,'min':1,'max':9}]}");

    at(60, max);
    for (final long id : new long[] {max, min, sum, count, average}) {
      assertThat(state(id)).as("" + id).isEqualTo("triggered");
    }
    assertThat(state(over)).isEqualTo("ok");
  }

  @Test
  void composite_isJudgedBySource() throws Exception {
    final String share = "scale(s(\"bad\", \"*\"), {factor: \"0.1\"})";
    final JsonObject definition = new JsonObject();
    definition.addProperty("type", "composite");
    definition.addProperty("composite", share);
    assertThat(
            http.send("PUT", "/v1/metrics/share", "application/json", definition.toString())
                .statusCode())
        .isEqualTo(201);
    final long id = alert("{'type':'above','metric_name':'share','threshold':0.5}");

    for (final String source : new String[] {"a", "b"}) {
      gauge(10, "bad", source, 5);
    }
    assertThat(at(60, id)).isEqualTo("ok");
    gauge(70, "bad", "a", 6);
    gauge(70, "bad", "b", 5);
    assertThat(at(120, id)).isEqualTo("triggered");
    assertThat(status(id).getAsJsonObject("violations").keySet()).containsExactly("a");
    gauge(130, "bad", "a", 1);
    assertThat(at(180, id)).isEqualTo("ok");
  }

  private static String condition(String type, String function, double threshold) {
    return "{'type':'"
        + type
        + "','metric_name':'m','summary_function':'"
        + function
        + "','threshold':"
        + threshold
        + "}";
  }

  @Test
  void counter_isJudgedByItsRise_resetsAreDetectedWhereAsked() throws Exception {
    final long rise = alert("rise", "{'type':'above','metric_name':'c','threshold':50}");
    final long fall = alert("fall", "{'type':'below','metric_name':'c','threshold':-1}");
    final long reset =
        alert(
            "reset",
            "{'type':'below','metric_name':'c','threshold':-1,'detect_reset':true,"
                + "'summary_function':'derivative'}");
    final long value =
        alert(
            "value",
            "{'type':'above','metric_name':'c','threshold':1000,"
                + "'summary_function':'absolute_value'}");

    counter(10, 900);
    at(60, rise);
    assertThat(state(rise)).as("the first has no rise").isEqualTo("ok");
    counter(70, 950);
    at(120, rise);
    assertThat(state(rise)).isEqualTo("ok");
    counter(130, 1001);
    at(180, rise);
    assertThat(state(rise)).isEqualTo("triggered");
    assertThat(state(value)).isEqualTo("triggered");
    assertThat(state(fall)).isEqualTo("ok");
    counter(190, 3);
    at(240, rise);
    assertThat(state(rise)).isEqualTo("ok");
    assertThat(state(fall)).isEqualTo("triggered");
    assertThat(state(reset)).isEqualTo("ok");
  }

  @Test
  void duration_needsAllMeasurementsOfIt() throws Exception {
    final long id = alert("{'type':'above','metric_name':'m','threshold':10,'duration':180}");

    for (int minute = 0; minute < 3; minute++) {
      gauge(minute * 60 + 10, "m", "a", 11);
      assertThat(at(minute * 60 + 60, id)).isEqualTo("ok");
    }
    gauge(190, "m", "a", 9);
    assertThat(at(240, id)).isEqualTo("ok");
    for (int minute = 4; minute < 7; minute++) {
      gauge(minute * 60 + 10, "m", "a", 11);
      assertThat(at(minute * 60 + 60, id)).isEqualTo("ok");
    }
    gauge(430, "m", "a", 12);
    assertThat(at(480, id)).isEqualTo("triggered");
    final JsonObject violation =
        status(id).getAsJsonObject("violations").getAsJsonArray("a").get(0).getAsJsonObject();
    assertThat(violation.get("begin").getAsLong()).isEqualTo(T + 250);
    assertThat(violation.get("end").getAsLong()).isEqualTo(T + 430);
    assertThat(violation.get("count").getAsLong()).isEqualTo(4);
    gauge(490, "m", "a", 9);
    assertThat(at(540, id)).isEqualTo("ok");
  }

  @Test
  void absent_ofAStreamThatWasSeen() throws Exception {
    final long id = alert("{'type':'absent','metric_name':'m','duration':300}");

    assertThat(at(600, id)).as("never seen").isEqualTo("ok");
    gauge(610, "m", "a", 1);
    gauge(610, "m", "b", 1);
    assertThat(at(660, id)).isEqualTo("ok");
    gauge(880, "m", "b", 1);
    assertThat(at(900, id)).isEqualTo("ok");
    assertThat(at(960, id)).isEqualTo("triggered");
    assertThat(status(id).getAsJsonObject("violations").keySet()).containsExactly("a");
    gauge(1000, "m", "a", 1);
    assertThat(at(1020, id)).isEqualTo("ok");
    assertThat(at(1320, id)).isEqualTo("triggered");
  }

  @Test
  void absent_isForgottenAfterTenDays() throws Exception {
    final long id = alert("{'type':'absent','metric_name':'m','duration':60}");
    gauge(10, "m", "a", 1);
    at(60, id);
    assertThat(at(120, id)).isEqualTo("triggered");

    assertThat(at(10 * 86_400, id)).isEqualTo("triggered");
    assertThat(at(10 * 86_400 + 60, id)).isEqualTo("ok");
  }

  /** Documented: all conditions have to be met, by whatever streams. */
  @Test
  void conditions_mustAllBeMet() throws Exception {
    final long id =
        alert(
            "{'type':'above','metric_name':'m','threshold':10},"
                + "{'type':'below','metric_name':'n','threshold':0}");

    gauge(10, "m", "a", 11);
    assertThat(at(60, id)).isEqualTo("troubled");
    assertThat(status(id).get("status").getAsString()).isEqualTo("ok");
    gauge(70, "n", "b", -1);
    assertThat(at(120, id)).isEqualTo("triggered");
    assertThat(status(id).getAsJsonObject("violations").keySet())
        .containsExactlyInAnyOrder("a", "b");
    gauge(130, "m", "a", 1);
    assertThat(at(180, id)).isEqualTo("troubled");
    gauge(190, "n", "b", 1);
    assertThat(at(240, id)).isEqualTo("ok");
  }

  @Test
  void grouped_takesStreamsTogetherByMinute() throws Exception {
    final String tags = "'tags':[{'name':'source','grouped':true,'values':['web-*']}]";
    final long sum =
        alert(
            "sum",
            "{'type':'above','metric_name':'m','threshold':10,'summary_function':'sum',"
                + tags
                + "}");
    final long average =
        alert("average", "{'type':'above','metric_name':'m','threshold':5.4," + tags + "}");

    gauge(0, "m", "web-1", 4);
    gauge(20, "m", "web-2", 7);
    gauge(30, "m", "db-1", 100);
    at(60, sum);
    assertThat(state(sum)).isEqualTo("triggered");
    assertThat(state(average)).isEqualTo("triggered");
    assertThat(status(sum).getAsJsonObject("violations").keySet()).containsExactly("source=web-*");
    gauge(60, "m", "web-1", 5);
    at(120, sum);
    assertThat(state(sum)).isEqualTo("ok");
  }

  @Test
  void inactive_isNotEvaluated() throws Exception {
    final long id = alert("{'type':'above','metric_name':'m','threshold':10}");
    put(
        id,
        "{'active':false,'conditions':[" + "{'type':'above','metric_name':'m','threshold':1}]}");
    gauge(10, "m", "a", 11);
    assertThat(at(60, id)).isEqualTo("ok");

    put(id, "{'active':true,'conditions':[" + "{'type':'above','metric_name':'m','threshold':1}]}");
    assertThat(at(120, id)).as("from before it was active again").isEqualTo("ok");
    gauge(130, "m", "a", 11);
    assertThat(at(180, id)).isEqualTo("triggered");
    put(id, "{'active':false}");
    assertThat(state(id)).isEqualTo("ok");
  }

  @Test
  void clear_lastsUntilTheNextMeasurementThatViolates() throws Exception {
    final long above = alert("above", "{'type':'above','metric_name':'m','threshold':10}");
    final long absent = alert("absent", "{'type':'absent','metric_name':'n','duration':60}");
    gauge(10, "m", "a", 11);
    gauge(10, "n", "a", 1);
    at(60, above);
    at(120, above);
    assertThat(state(above)).isEqualTo("triggered");
    assertThat(state(absent)).isEqualTo("triggered");

    clear(above);
    clear(absent);
    assertThat(state(above)).isEqualTo("ok");
    at(180, above);
    at(240, above);
    assertThat(state(above)).isEqualTo("ok");
    assertThat(state(absent)).isEqualTo("ok");
    gauge(250, "m", "a", 11);
    gauge(250, "n", "a", 1);
    at(300, above);
    assertThat(state(above)).isEqualTo("triggered");
    assertThat(state(absent)).isEqualTo("ok");
    at(360, absent);
    assertThat(state(absent)).isEqualTo("triggered");
  }

  @Test
  void changedCondition_beginsAnew() throws Exception {
    final long id = alert("{'type':'above','metric_name':'m','threshold':10}");
    gauge(10, "m", "a", 11);
    assertThat(at(60, id)).isEqualTo("triggered");

    put(id, "{'conditions':[{'type':'above','metric_name':'m','threshold':10.5}]}");
    assertThat(at(120, id)).isEqualTo("ok");
    gauge(130, "m", "a", 11);
    assertThat(at(180, id)).isEqualTo("triggered");
    put(id, "{'conditions':[]}");
    assertThat(at(240, id)).isEqualTo("ok");
    assertThat(http.send("DELETE", "/v1/alerts/" + id, null, null).statusCode()).isEqualTo(204);
    rounds.evaluate();
  }

  @Test
  void restart_goesOnWhereItWas() throws Exception {
    final long above = alert("above", "{'type':'above','metric_name':'m','threshold':10}");
    final long absent = alert("absent", "{'type':'absent','metric_name':'n','duration':60}");
    final long lasting =
        alert("lasting", "{'type':'above','metric_name':'o','threshold':1,'duration':120}");
    gauge(10, "m", "a", 11);
    gauge(10, "n", "a", 1);
    gauge(10, "o", "a", 2);
    at(60, above);
    gauge(70, "o", "a", 2);
    at(120, above);
    store.close();
    clock.set(T + 150);
    open();

    gauge(170, "o", "a", 2);
    at(180, above);
    assertThat(state(above)).isEqualTo("triggered");
    assertThat(status(above).get("since").getAsLong()).isEqualTo(T + 60);
    assertThat(state(absent)).isEqualTo("triggered");
    assertThat(state(lasting)).as("two minutes, of which one before").isEqualTo("triggered");
    gauge(190, "m", "a", 1);
    gauge(190, "n", "a", 1);
    at(240, above);
    assertThat(state(above)).isEqualTo("ok");
    assertThat(state(absent)).isEqualTo("ok");
  }

  @Test
  void restart_judgesNothingTwice() throws Exception {
    final long id = alert("{'type':'above','metric_name':'m','threshold':10}");
    gauge(10, "m", "a", 11);
    assertThat(at(60, id)).isEqualTo("triggered");
    gauge(70, "m", "a", 1);
    assertThat(at(120, id)).isEqualTo("ok");
    store.close();
    open();

    assertThat(at(180, id)).isEqualTo("ok");
    gauge(190, "m", "a", 1);
    assertThat(at(240, id)).isEqualTo("ok");
  }

  /** What nobody could send while the store was down is no silence. */
  @Test
  void restart_isNoSilence() throws Exception {
    final long id = alert("{'type':'absent','metric_name':'m','duration':120}");
    gauge(10, "m", "a", 1);
    at(60, id);
    store.close();
    clock.set(T + 3000);
    open();

    assertThat(at(3060, id)).isEqualTo("ok");
    assertThat(at(3120, id)).isEqualTo("triggered");
  }

  private String at(long seconds, long id) throws Exception {
    clock.set(T + seconds);
    rounds.evaluate();
    return state(id);
  }

  private String state(long id) throws Exception {
    return status(id).get("state").getAsString();
  }

  private JsonObject status(long id) throws Exception {
    return http.json("/v1/alerts/" + id + "/status");
  }

  private long alert(String conditions) throws Exception {
    return alert("a", conditions);
  }

  private long alert(String name, String conditions) throws Exception {
    final HttpResponse<String> response =
        http.send(
            "POST",
            "/v1/alerts",
            "application/json",
            json("{'name':'" + name + "','conditions':[" + conditions + "]}"));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return JsonParser.parseString(response.body()).getAsJsonObject().get("id").getAsLong();
  }

  private void put(long id, String alert) throws Exception {
    assertThat(http.send("PUT", "/v1/alerts/" + id, "application/json", json(alert)).statusCode())
        .isEqualTo(204);
  }

  private void clear(long id) throws Exception {
    assertThat(http.send("POST", "/v1/alerts/" + id + "/clear", null, null).statusCode())
        .isEqualTo(204);
  }

  private void gauge(long seconds, String name, String source, double value) throws Exception {
    post(
        "{'gauges':[{'name':'"
            + name
            + "','value':"
            + value
            + (source == null ? "" : ",'source':'" + source + "'")
            + ",'measure_time':"
            + (T + seconds)
            + "}]}");
  }

  private void counter(long seconds, long value) throws Exception {
    post("{'counters':[{'name':'c','value':" + value + ",'measure_time':" + (T + seconds) + "}]}");
  }

  private void post(String submission) throws Exception {
    final HttpResponse<String> response = http.post(json(submission));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }
}
