package io.zibrato.librato;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final String CPU =
      "{\"name\":\"cpu\",\"display_name\":\"CPU\",\"type\":\"gauge\",\"description\":null,"
          + "\"period\":60,\"attributes\":{\"display_max\":null,\"display_min\":0,"
          + "\"display_stacked\":true,\"factor\":1.5}}";

  private final StubApi api = new StubApi();
  private final LibratoClient client = api.client();
  private final Metrics metrics = client.metrics();

  @AfterEach
  void close() {
    client.close();
    api.close();
  }

  @Test
  void list_readsThePage() throws Exception {
    api.answer(
        200,
        "{\"query\":{\"found\":7,\"length\":1,\"offset\":2,\"total\":9},\"metrics\":["
            + CPU
            + "]}");

    Page<Metric> page = metrics.list();

    assertThat(api.texts()).containsExactly("GET /v1/metrics");
    assertThat(page.offset()).isEqualTo(2);
    assertThat(page.found()).isEqualTo(7);
    assertThat(page.total()).isEqualTo(9);
    Metric metric = page.items().get(0);
    assertThat(metric.name()).isEqualTo("cpu");
    assertThat(metric.displayName()).isEqualTo("CPU");
    assertThat(metric.type()).isEqualTo("gauge");
    assertThat(metric.description()).isNull();
    assertThat(metric.periodSeconds()).isEqualTo(60);
    assertThat(metric.attributes())
        .containsExactly(
            entry("display_max", null),
            entry("display_min", 0L),
            entry("display_stacked", true),
            entry("factor", 1.5));
    assertThat(metric.measurements()).isEmpty();
  }

  @Test
  void list_saysWhatIsAsked() throws Exception {
    api.answer(200, "{\"metrics\":[]}");

    metrics.list(ListQuery.named("a b").offset(10).length(5).orderBy("name").sort("desc"));

    assertThat(api.texts())
        .containsExactly("GET /v1/metrics?name=a%20b&offset=10&length=5&orderby=name&sort=desc");
  }

  @Test
  void list_withoutMetricsIsUnexpected() {
    api.answer(200, "{}");

    assertThatThrownBy(metrics::list).isInstanceOf(UnexpectedAnswerException.class);
  }

  @Test
  void listAll_asksPageByPage() {
    api.answer(200, "{\"query\":{\"found\":2},\"metrics\":[{\"name\":\"a\"}]}");
    api.answer(200, "{\"query\":{\"found\":2},\"metrics\":[{\"name\":\"b\"}]}");

    assertThat(metrics.listAll().map(Metric::name)).containsExactly("a", "b");
    assertThat(api.texts())
        .containsExactly(
            "GET /v1/metrics?offset=0&length=100", "GET /v1/metrics?offset=1&length=100");
  }

  @Test
  void submit_value() throws Exception {
    metrics.submit("cpu", 3.5);

    assertThat(api.texts())
        .containsExactly("POST /v1/metrics {\"gauges\":[{\"name\":\"cpu\",\"value\":3.5}]}");
  }

  /** Whoever submits again, in another process even, is the one who knows the key. */
  @Test
  void submit_underAKeyOfTheCallers() throws Exception {
    List<Measurement> batch =
        List.of(Measurement.gauge("cpu", 3.5), Measurement.counter("hits", 7).source("web"));
    try (LibratoClient without = api.builder().idempotencyKeys(false).build()) {
      without.metrics().submit(batch, "batch 7");
      without.metrics().submit(batch, "batch 7");
    }

    assertThat(api.texts())
        .hasSize(2)
        .containsOnly(
            "POST /v1/metrics {\"gauges\":[{\"name\":\"cpu\",\"value\":3.5}],\"counters\":["
                + "{\"name\":\"hits\",\"value\":7,\"source\":\"web\"}]}");
    assertThat(api.seen).allMatch(each -> each.header("Idempotency-Key").equals("\"batch 7\""));
  }

  @Test
  void submit_underAKeyByTags() throws Exception {
    metrics.submit(List.of(Measurement.gauge("cpu", 3.5).tag("a", "b")), "k");

    assertThat(api.only().text())
        .startsWith("POST /v1/measurements {\"measurements\":[{\"name\":\"cpu\"");
    assertThat(api.only().header("Idempotency-Key")).isEqualTo("\"k\"");
  }

  /** A key stands for one request, and these would be none, or two. */
  @Test
  void submit_underAKeyIsOneRequestOrNone() throws Exception {
    Measurement bySource = Measurement.gauge("a", 1);
    Measurement byTags = Measurement.gauge("b", 1).tag("c", "d");

    metrics.submit(List.of(), "k");
    assertThatThrownBy(() -> metrics.submit(List.of(bySource, byTags), "k"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 of 2 are by tags");
    for (String key : new String[] {"", "a\"", "a\\", "a\n", "\u00e9", "k".repeat(251)}) {
      assertThatThrownBy(() -> metrics.submit(List.of(bySource), key))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(api.seen).isEmpty();
  }

  @Test
  void submit_underAKeyIsTriedAgainUnderIt() throws Exception {
    api.breakConnection().answer(503, "");

    metrics.submit(List.of(Measurement.gauge("a", 1)), "k");

    assertThat(api.seen).hasSize(3);
    assertThat(api.seen).allMatch(each -> each.header("Idempotency-Key").equals("\"k\""));
  }

  @Test
  void submit_decimalsWithAllTheirDigits() throws Exception {
    metrics.submit(
        Measurement.gauge("a", new BigDecimal("1E+20")),
        Measurement.summary("b", 2, new BigDecimal("9223372036.854775807"))
            .min(new BigDecimal("1E-9"))
            .max(new BigDecimal("9223372036.854775806")));

    assertThat(api.only().body())
        .isEqualTo(
            "{\"gauges\":[{\"name\":\"a\",\"value\":100000000000000000000},{\"name\":\"b\","
                + "\"count\":2,\"sum\":9223372036.854775807,\"min\":0.000000001,"
                + "\"max\":9223372036.854775806}]}");
    assertThatThrownBy(() -> Measurement.gauge("a", new BigDecimal("1E+309")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> metrics.submit(Measurement.gauge("a", new BigDecimal("1E-1000000000"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a number has too many digits: 1E-1000000000");
  }

  @Test
  void submit_gaugeAndCounterWithAttributes() throws Exception {
    metrics.submit(
        Measurement.gauge("cpu", 10)
            .source("web-1")
            .time(1234567950)
            .displayName("CPU")
            .description("of one")
            .periodSeconds(60)
            .attribute("display_min", 0)
            .attribute("display_units_short", "°"),
        Measurement.counter("hits", 42),
        Measurement.summary("delay", 3, 35).min(4.5).max(6.5).sumSquares(99));

    assertThat(api.texts())
        .containsExactly(
            "POST /v1/metrics {\"gauges\":[{\"name\":\"cpu\",\"value\":10,\"display_name\":\"CPU\","
                + "\"description\":\"of one\",\"period\":60,\"attributes\":{\"display_min\":0,"
                + "\"display_units_short\":\"°\"},\"source\":\"web-1\",\"measure_time\":1234567950},"
                + "{\"name\":\"delay\",\"count\":3,\"sum\":35.0,\"min\":4.5,\"max\":6.5,"
                + "\"sum_squares\":99.0}],\"counters\":[{\"name\":\"hits\",\"value\":42}]}");
  }

  @Test
  void submit_nothingSendsNothing() throws Exception {
    metrics.submit();

    assertThat(api.seen).isEmpty();
  }

  @Test
  void submit_withTagsGoesToMeasurements() throws Exception {
    metrics.submit(Measurement.gauge("a", 1).tag("region", "us"), Measurement.gauge("b", 2));

    assertThat(api.texts())
        .containsExactly(
            "POST /v1/metrics {\"gauges\":[{\"name\":\"b\",\"value\":2}]}",
            "POST /v1/measurements {\"measurements\":[{\"name\":\"a\",\"value\":1,"
                + "\"tags\":{\"region\":\"us\"}}]}");
  }

  @Test
  void submit_sanitizes() throws Exception {
    try (LibratoClient sane = api.builder().sanitizer(MetricNames::sanitizeMetricName).build()) {
      sane.metrics().submit("a b", 1);
      sane.metrics().delete("a b");
    }

    assertThat(api.texts())
        .containsExactly(
            "POST /v1/metrics {\"gauges\":[{\"name\":\"a-b\",\"value\":1.0}]}",
            "DELETE /v1/metrics/a-b");
  }

  @Test
  void measurement_thatJsonCannotHold() {
    assertThatThrownBy(() -> Measurement.gauge("a", Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("value is not finite: NaN");
    assertThatThrownBy(() -> Measurement.gauge("a", 1).with("x", Double.POSITIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Measurement.gauge("a", 1).with("x", new Object()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void measurement_hasNoSourceBesideTags() {
    assertThatThrownBy(() -> Measurement.gauge("a", 1).source("s").tag("t", "v"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Measurement.gauge("a", 1).tag("t", "v").source("s"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void get_readsMeasurementsBySource() throws Exception {
    api.answer(
        200,
        "{\"resolution\":60,\"measurements\":{\"web-1\":[{\"measure_time\":1234567890,"
            + "\"value\":84.5,\"count\":2,\"sum\":169,\"min\":80,\"max\":89,\"sum_squares\":5}],"
            + "\"unassigned\":[{\"measure_time\":5,\"value\":3,\"delta\":1}]},"
            + "\"query\":{\"next_time\":77},\"name\":\"cpu\",\"type\":\"gauge\",\"attributes\":{}}");

    Metric metric =
        metrics.get(
            "cpu",
            Query.count(4)
                .resolutionSeconds(60)
                .startTime(10)
                .endTime(20)
                .source("server*")
                .sources("a", "b c"));

    assertThat(api.texts())
        .containsExactly(
            "GET /v1/metrics/cpu?count=4&resolution=60&start_time=10&end_time=20&source=server*"
                + "&sources%5B%5D=a&sources%5B%5D=b%20c");
    assertThat(metric.resolutionSeconds()).isEqualTo(60);
    assertThat(metric.nextTime()).isEqualTo(77);
    assertThat(metric.measurements())
        .containsExactly(
            entry("web-1", List.of(new Sample(1234567890, 84.5, 2L, 169.0, 80.0, 89.0, 5.0, null))),
            entry("unassigned", List.of(new Sample(5, 3.0, null, null, null, null, null, 1.0))));
  }

  @Test
  void getComposite_readsTheSeries() throws Exception {
    api.answer(
        200,
        "{\"compose\":\"derive(x)\",\"measurements\":[{\"metric\":"
            + CPU
            + ",\"period\":60,"
            + "\"query\":{\"metric\":\"c*\",\"source\":\"b*\"},\"series\":[{\"measure_time\":1,"
            + "\"value\":2}],\"source\":{\"display_name\":null,\"name\":\"b1\"}}],"
            + "\"resolution\":60}");

    SeriesSet set =
        metrics.getComposite(
            "derive(s(\"c*\",\"b*\"))", Query.since(1432931007).resolutionSeconds(60));

    assertThat(api.texts())
        .containsExactly(
            "GET /v1/metrics?start_time=1432931007&resolution=60"
                + "&compose=derive%28s%28%22c*%22%2C%22b*%22%29%29");
    assertThat(set.compose()).isEqualTo("derive(x)");
    assertThat(set.resolutionSeconds()).isEqualTo(60);
    Series series = set.series().get(0);
    assertThat(series.metric().name()).isEqualTo("cpu");
    assertThat(series.source()).isEqualTo("b1");
    assertThat(series.periodSeconds()).isEqualTo(60);
    assertThat(series.samples()).extracting(Sample::value).containsExactly(2.0);
  }

  @Test
  void getComposite_needsAStartTime() {
    assertThatThrownBy(() -> metrics.getComposite("x", Query.count(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void createComposite_putsIt() throws Exception {
    api.answer(201, CPU).answer(204, "");
    metrics.createComposite("idle", "sum(x)");
    metrics.createComposite("idle", "sum(x)", MetricUpdate.of().description("d"));

    assertThat(api.texts())
        .containsExactly(
            "PUT /v1/metrics/idle {\"composite\":\"sum(x)\",\"type\":\"composite\"}",
            "PUT /v1/metrics/idle {\"description\":\"d\",\"composite\":\"sum(x)\","
                + "\"type\":\"composite\"}");
  }

  @Test
  void update_saysWhatChanges() throws Exception {
    api.answer(204, "");
    metrics.update(
        "temp",
        MetricUpdate.of()
            .type("gauge")
            .displayName("T")
            .periodSeconds(60)
            .attribute("display_min", 0)
            .attribute("color", null));

    assertThat(api.texts())
        .containsExactly(
            "PUT /v1/metrics/temp {\"type\":\"gauge\",\"display_name\":\"T\",\"period\":60,"
                + "\"attributes\":{\"display_min\":0,\"color\":null}}");
  }

  @Test
  void update_many() throws Exception {
    api.answer(204, "").answer(202, "", Map.of("Location", "/v1/jobs/1"));
    metrics.update(List.of("cpu", "reqs"), MetricUpdate.of().periodSeconds(60));
    metrics.updateMatching("*.time", MetricUpdate.of().attribute("display_units_short", "ms"));

    assertThat(api.texts())
        .containsExactly(
            "PUT /v1/metrics {\"names\":[\"cpu\",\"reqs\"],\"period\":60}",
            "PUT /v1/metrics {\"names\":\"*.time\",\"attributes\":"
                + "{\"display_units_short\":\"ms\"}}");
  }

  @Test
  void delete_oneManyOrMatching() throws Exception {
    api.answer(204, "").answer(204, "").answer(204, "");
    metrics.delete("cpu");
    metrics.delete(List.of("a", "b"));
    metrics.deleteMatching("cpu*.90");

    assertThat(api.texts())
        .containsExactly(
            "DELETE /v1/metrics/cpu",
            "DELETE /v1/metrics {\"names\":[\"a\",\"b\"]}",
            "DELETE /v1/metrics {\"names\":\"cpu*.90\"}");
  }

  @Test
  void delete_takesNoNameForAPattern() throws Exception {
    api.answer(204, "");
    try (LibratoClient sane = api.builder().sanitizer(MetricNames::sanitizeMetricName).build()) {
      sane.metrics().delete(List.of("cpu*"));
    }

    assertThat(api.texts()).containsExactly("DELETE /v1/metrics {\"names\":[\"cpu-\"]}");
  }

  @Test
  void delete_ofNoNameSendsNothing() throws IOException {
    assertThatThrownBy(() -> metrics.delete("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> metrics.deleteMatching(""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> metrics.delete(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(api.seen).isEmpty();
  }
}
