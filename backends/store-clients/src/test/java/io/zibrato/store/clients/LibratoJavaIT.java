package io.zibrato.store.clients;

import static io.zibrato.store.clients.RealStore.TOKEN;
import static io.zibrato.store.clients.RealStore.USER;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.librato.metrics.client.CounterMeasure;
import com.librato.metrics.client.GaugeMeasure;
import com.librato.metrics.client.LibratoClient;
import com.librato.metrics.client.Measures;
import com.librato.metrics.client.PostMeasuresResult;
import com.librato.metrics.client.PostResult;
import com.librato.metrics.client.Tag;
import com.librato.metrics.client.TaggedMeasure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Librato's own Java client, {@code com.librato.metrics:librato-java}. */
class LibratoJavaIT {
  private static final long TIME = 1_700_000_040;

  @TempDir private Path dir;
  private RealStore store;
  private LibratoClient client;

  @BeforeEach
  void start() throws Exception {
    store = RealStore.start(dir);
    client = client(TOKEN);
  }

  @AfterEach
  void stop() {
    store.close();
  }

  private LibratoClient client(String token) {
    return LibratoClient.builder(USER, token)
        .setURI(store.url())
        .setBatchSize(300)
        .setAgentIdentifier("suite")
        .build();
  }

  private static void assertAccepted(PostMeasuresResult result, int requests) {
    assertThat(result.results).hasSize(requests).noneMatch(PostResult::isError);
  }

  @Test
  void metrics_arriveAsTheyWereSent() throws Exception {
    Measures measures = new Measures("web-1", List.of(), TIME, 60);
    measures.add(new GaugeMeasure("cpu", 4.5).setMetricAttributes(Map.of("display_min", 0)));
    measures.add(new GaugeMeasure("delay", 10, 4, 1, 4, 30).setSource("web-2").setTime(TIME - 7));
    measures.add(new CounterMeasure("requests", 1234567890123L));
    measures.add(new GaugeMeasure("no good/name", -0.25));

    assertAccepted(client.postMeasures(measures), 1);

    assertThat(store.metrics()).containsExactly("cpu", "delay", "nogoodname", "requests");
    JsonObject cpu = store.get("/v1/metrics/cpu");
    assertThat(cpu.get("type").getAsString()).isEqualTo("gauge");
    assertThat(cpu.get("period").getAsInt()).isEqualTo(60);
    assertThat(cpu.getAsJsonObject("attributes").get("display_min").getAsInt()).isZero();
    assertThat(store.bySource("cpu", "web-1")).containsOnlyKeys(TIME);
    assertThat(store.bySource("cpu", "web-1", "value")).containsExactly(4.5);
    assertThat(store.bySource("nogoodname", "web-1", "value")).containsExactly(-0.25);

    Map<Long, JsonObject> delay = store.bySource("delay", "web-2");
    assertThat(delay).containsOnlyKeys(TIME - 7);
    JsonObject summary = delay.get(TIME - 7);
    assertThat(summary.get("count").getAsLong()).isEqualTo(4);
    assertThat(summary.get("sum").getAsDouble()).isEqualTo(10);
    assertThat(summary.get("min").getAsDouble()).isEqualTo(1);
    assertThat(summary.get("max").getAsDouble()).isEqualTo(4);
    assertThat(summary.get("sum_squares").getAsDouble()).isEqualTo(30);

    assertThat(store.get("/v1/metrics/requests").get("type").getAsString()).isEqualTo("counter");
    assertThat(store.bySource("requests", "web-1").get(TIME).get("value").getAsLong())
        .isEqualTo(1234567890123L);
    assertThat(store.measurements()).isEqualTo(4);
  }

  @Test
  void taggedMeasures_arriveAsTheyWereSent() throws Exception {
    Measures measures = new Measures(null, List.of(), TIME);
    measures.add(new TaggedMeasure("cpu", 4.5, new Tag("region", "us"), new Tag("host", "web-1")));
    measures.add(
        new TaggedMeasure("cpu", 12, 3, 2, 7, new Tag("region", "eu"), new Tag("host", "web-2")));

    assertAccepted(client.postMeasures(measures), 1);

    Map<String, String> one = new TreeMap<>(Map.of("region", "us", "host", "web-1"));
    Map<String, String> three = new TreeMap<>(Map.of("region", "eu", "host", "web-2"));
    assertThat(store.metrics()).containsExactly("cpu");
    assertThat(store.byTags("cpu", "mean"))
        .isEqualTo(Map.of(one, Map.of(TIME, 4.5), three, Map.of(TIME, 4.0)));
    assertThat(store.byTags("cpu", "count"))
        .isEqualTo(Map.of(one, Map.of(TIME, 1.0), three, Map.of(TIME, 3.0)));
    assertThat(store.byTags("cpu", "sum"))
        .isEqualTo(Map.of(one, Map.of(TIME, 4.5), three, Map.of(TIME, 12.0)));
    assertThat(store.byTags("cpu", "min"))
        .isEqualTo(Map.of(one, Map.of(TIME, 4.5), three, Map.of(TIME, 2.0)));
    assertThat(store.byTags("cpu", "max"))
        .isEqualTo(Map.of(one, Map.of(TIME, 4.5), three, Map.of(TIME, 7.0)));
  }

  @Test
  void severalFlushes_ofManyMeasuresAreAllThere() throws Exception {
    for (int flush = 0; flush < 3; flush++) {
      Measures measures = new Measures("web-1", List.of(), TIME + 60 * flush);
      for (int i = 0; i < 700; i++) {
        measures.add(new GaugeMeasure("m%03d".formatted(i), i + 1000.0 * flush));
        measures.add(new TaggedMeasure("t%03d".formatted(i), i - 0.5, new Tag("host", "web-1")));
      }
      assertAccepted(client.postMeasures(measures), 6);
    }

    assertThat(store.measurements()).isEqualTo(3 * 2 * 700);
    assertThat(store.metrics()).hasSize(2 * 700);
    for (int i = 0; i < 700; i += 233) {
      assertThat(store.bySource("m%03d".formatted(i), "web-1", "value"))
          .containsExactly(i + 0.0, i + 1000.0, i + 2000.0);
      assertThat(store.byTags("t%03d".formatted(i), "mean").get(Map.of("host", "web-1")))
          .isEqualTo(Map.of(TIME, i - 0.5, TIME + 60, i - 0.5, TIME + 120, i - 0.5));
    }
  }

  @Test
  void badCredentials_areItsError() throws Exception {
    Measures measures = new Measures("web-1", List.of(), TIME);
    measures.add(new GaugeMeasure("cpu", 4.5));
    measures.add(new TaggedMeasure("cpu", 4.5, new Tag("host", "web-1")));

    PostMeasuresResult result = client("wrong").postMeasures(measures);

    assertThat(result.results).hasSize(2).allMatch(PostResult::isError);
    assertThat(result.results)
        .allSatisfy(
            each -> {
              assertThat(each.response.getResponseCode()).isEqualTo(401);
              assertThat(new String(each.response.getResponseBody(), StandardCharsets.UTF_8))
                  .contains("Authorization Required");
            });
    assertThat(store.metrics()).isEmpty();
  }

  @Test
  void badMeasure_isItsErrorAndNothingIsStored() throws Exception {
    Measures measures = new Measures("all", List.of(), TIME);
    measures.add(new GaugeMeasure("cpu", 4.5));

    PostMeasuresResult result = client.postMeasures(measures);

    assertThat(result.results).hasSize(1).allMatch(PostResult::isError);
    assertThat(result.results.get(0).response.getResponseCode()).isEqualTo(400);
    assertThat(store.metrics()).isEmpty();
  }

  @Test
  void storeThatIsDown_isItsErrorAndUpAgainItTakesTheSame() throws Exception {
    Measures measures = new Measures("web-1", List.of(), TIME);
    measures.add(new GaugeMeasure("cpu", 4.5));
    assertAccepted(client.postMeasures(measures), 1);

    store.kill();
    PostMeasuresResult down = client.postMeasures(measures);
    store.startAgain();

    assertThat(down.results).hasSize(1).allMatch(PostResult::isError);
    assertThat(down.results.get(0).exception).hasRootCauseInstanceOf(java.io.IOException.class);
    assertAccepted(client.postMeasures(measures), 1);
    assertThat(store.bySource("cpu", "web-1", "count")).containsExactly(2.0);
    assertThat(store.bySource("cpu", "web-1", "sum")).containsExactly(9.0);
  }
}
