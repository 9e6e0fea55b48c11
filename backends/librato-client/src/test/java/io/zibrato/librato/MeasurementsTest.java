package io.zibrato.librato;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MeasurementsTest {
  private final StubApi api = new StubApi();
  private final LibratoClient client = api.builder().tags(Map.of("region", "us")).build();
  private final Measurements measurements = client.measurements();

  @AfterEach
  void close() {
    client.close();
    api.close();
  }

  @Test
  void submit_fullSummary() throws Exception {
    api.answer(202, "{\"measurements\":{\"summary\":{\"total\":1,\"accepted\":1}}}");
    measurements.submit(
        Measurement.summary("cpu", 3, 35)
            .min(4.5)
            .max(6.5)
            .with("last", 2.5)
            .with("stddev", 1.34)
            .attribute("aggregate", false)
            .tag("az", "b")
            .time(1421530163));

    assertThat(api.texts())
        .containsExactly(
            "POST /v1/measurements {\"measurements\":[{\"name\":\"cpu\",\"count\":3,\"sum\":35.0,"
                + "\"min\":4.5,\"max\":6.5,\"last\":2.5,\"stddev\":1.34,"
                + "\"attributes\":{\"aggregate\":false},\"tags\":{\"az\":\"b\"},"
                + "\"time\":1421530163}]}");
  }

  @Test
  void submit_inheritsTagsWhenItHasNoneOrSaysSo() throws Exception {
    measurements.submit(Measurement.gauge("none", 1));
    measurements.submit(Measurement.gauge("own", 1).tag("az", "b"));
    measurements.submit(Measurement.gauge("both", 1).tag("az", "b").inheritTags());
    measurements.submit(Measurement.gauge("over", 1).tag("region", "eu").inheritTags());

    assertThat(api.seen.stream().map(StubApi.Seen::body))
        .containsExactly(
            "{\"measurements\":[{\"name\":\"none\",\"value\":1,\"tags\":{\"region\":\"us\"}}]}",
            "{\"measurements\":[{\"name\":\"own\",\"value\":1,\"tags\":{\"az\":\"b\"}}]}",
            "{\"measurements\":[{\"name\":\"both\",\"value\":1,"
                + "\"tags\":{\"region\":\"us\",\"az\":\"b\"}}]}",
            "{\"measurements\":[{\"name\":\"over\",\"value\":1,\"tags\":{\"region\":\"eu\"}}]}");
  }

  @Test
  void submit_byTheClientsTagsUnlessThereIsASource() throws Exception {
    client.metrics().submit(Measurement.counter("a", 1), Measurement.gauge("b", 2).source("s"));

    assertThat(api.texts())
        .containsExactly(
            "POST /v1/metrics {\"gauges\":[{\"name\":\"b\",\"value\":2,\"source\":\"s\"}]}",
            "POST /v1/measurements {\"measurements\":[{\"name\":\"a\",\"value\":1,"
                + "\"tags\":{\"region\":\"us\"}}]}");
  }

  @Test
  void submit_refusesASource() {
    assertThatThrownBy(() -> measurements.submit(Measurement.gauge("a", 1).source("s")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(api.seen).isEmpty();
  }

  @Test
  void submit_partlyAccepted() {
    api.answer(
        202,
        "{\"measurements\":{\"summary\":{\"total\":3,\"accepted\":1,\"failed\":2}},"
            + "\"errors\":[{\"param\":\"time\",\"value\":1,\"reason\":\"too old\"}]}");

    assertThatThrownBy(() -> measurements.submit(Measurement.gauge("a", 1)))
        .isInstanceOfSatisfying(
            PartlyAcceptedException.class, e -> assertThat(e.failed()).isEqualTo(2))
        .hasMessage("[202] param: time, value: 1, reason: too old");
    assertThat(api.seen).hasSize(1);
  }

  @Test
  void get_readsSeriesByTags() throws Exception {
    api.answer(
        200,
        "{\"series\":[{\"tags\":{\"region\":\"us-east\"},\"measurements\":[{\"time\":1476218700,"
            + "\"value\":753.0}]}],\"links\":[],\"resolution\":60,\"name\":\"disk\"}");

    SeriesSet set =
        measurements.get(
            "disk",
            Query.lastSeconds(86400)
                .resolutionSeconds(60)
                .tag("region", "us-*", "!eu")
                .tag("name", "prod")
                .groupBy("sum", "region", "az")
                .summaryFunction("max"));

    assertThat(api.texts())
        .containsExactly(
            "GET /v1/measurements/disk?duration=86400&resolution=60&tags%5Bregion%5D=us-*"
                + "&tags%5Bregion%5D=%21eu&tags%5Bname%5D=prod&group_by=region%2Caz"
                + "&group_by_function=sum&summary_function=max");
    assertThat(set.name()).isEqualTo("disk");
    assertThat(set.next()).isNull();
    assertThat(set.series())
        .containsExactly(
            new Series(
                null,
                null,
                Map.of("region", "us-east"),
                null,
                List.of(new Sample(1476218700, 753.0, null, null, null, null, null, null))));
    assertThat(measurements.next(set)).isEmpty();
  }

  @Test
  void get_defaultsToRawResolution() throws Exception {
    api.answer(200, "{\"series\":[]}");
    measurements.get("disk", Query.since(5).tagsSearch("a=b"));

    assertThat(api.texts())
        .containsExactly("GET /v1/measurements/disk?start_time=5&tags_search=a%3Db&resolution=1");
  }

  @Test
  void get_needsATime() {
    assertThatThrownBy(() -> measurements.get("x", Query.count(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> measurements.get("x", Query.since(1).endTime(2).with("duration", 3)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void next_followsTheLinkAtOurOwnService() throws Exception {
    api.answer(
        200,
        "{\"series\":[],\"links\":[{\"rel\":\"next\",\"href\":"
            + "\"https://elsewhere.example/v1/measurements/foo?start_time=1234&resolution=3\"}]}");
    api.answer(200, "{\"series\":[],\"links\":[]}");

    SeriesSet first = measurements.get("foo", Query.since(1));

    assertThat(measurements.next(first)).isPresent();
    assertThat(api.texts().get(1))
        .isEqualTo("GET /v1/measurements/foo?start_time=1234&resolution=3");
  }

  @Test
  void getComposite_readsAnArray() throws Exception {
    api.answer(
        200,
        "[{\"tags\":{\"host\":\"h\"},\"measurements\":[{\"time\":1,\"value\":2}],"
            + "\"metric\":{\"name\":\"reads\"},\"period\":60}]");

    SeriesSet set = measurements.getComposite("derive(x)", Query.since(7));

    assertThat(api.texts())
        .containsExactly("GET /v1/measurements?start_time=7&resolution=1&compose=derive%28x%29");
    assertThat(set.series().get(0).tags()).isEqualTo(Map.of("host", "h"));
    assertThat(set.series().get(0).metric().name()).isEqualTo("reads");
  }
}
