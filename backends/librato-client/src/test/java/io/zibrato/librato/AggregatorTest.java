package io.zibrato.librato;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AggregatorTest {
  private final StubApi api = new StubApi();
  private final LibratoClientBuilder builder = api.builder().retries(0);
  private LibratoClient client;

  private LibratoClient client() {
    builder.clock = Clock.fixed(Instant.ofEpochSecond(1418838418), ZoneOffset.UTC);
    client = builder.build();
    return client;
  }

  @AfterEach
  void close() {
    client.close();
    api.close();
  }

  @Test
  void submit_sendsOneSummaryAMetric() throws Exception {
    Aggregator aggregator = client().newAggregator().build();
    aggregator.add("foo", 42);
    aggregator.add("bar", -1.5);
    aggregator.add("foo", 10);

    aggregator.submit();
    aggregator.submit();

    assertThat(api.texts())
        .containsExactly(
            "POST /v1/metrics {\"gauges\":[{\"name\":\"foo\",\"count\":2,\"sum\":52.0,"
                + "\"min\":10.0,\"max\":42.0},{\"name\":\"bar\",\"count\":1,\"sum\":-1.5,"
                + "\"min\":-1.5,\"max\":-1.5}]}");
  }

  @Test
  void measureTime_isFlooredToThePeriod() {
    assertThat(client().newAggregator().periodSeconds(60).build().measureTime())
        .hasValue(1418838360);
    assertThat(client.newAggregator().periodSeconds(60).measureTime(119).build().measureTime())
        .hasValue(60);
    assertThat(client.newAggregator().measureTime(119).build().measureTime()).hasValue(119);
    assertThat(client.newAggregator().build().measureTime()).isEmpty();
  }

  @Test
  void measureTime_lastsUntilItIsTaken() throws Exception {
    Aggregator aggregator = client().newAggregator().measureTime(119).build();
    aggregator.add("x", 1);
    aggregator.submit();

    assertThat(api.only().body()).contains("\"measure_time\":119");
    assertThat(aggregator.measureTime()).isEmpty();
  }

  @Test
  void tags_makeItTagged() throws Exception {
    builder.tags(Map.of("region", "us"));
    Aggregator aggregator =
        client().newAggregator().tags(Map.of("az", "b")).periodSeconds(60).build();
    aggregator.add("x", 1);
    aggregator.submit();

    assertThat(api.texts())
        .containsExactly(
            "POST /v1/measurements {\"measurements\":[{\"name\":\"x\",\"count\":1,\"sum\":1.0,"
                + "\"min\":1.0,\"max\":1.0,\"tags\":{\"region\":\"us\",\"az\":\"b\"},"
                + "\"time\":1418838360}]}");
  }

  @Test
  void source_isInsteadOfTheClientsTags() throws Exception {
    builder.tags(Map.of("region", "us"));
    Aggregator aggregator = client().newAggregator().source("web").build();
    aggregator.add("x", 1);
    aggregator.submit();

    assertThat(api.only().target()).isEqualTo("/v1/metrics");
    assertThatThrownBy(() -> client.newAggregator().source("web").tags(Map.of("a", "b")).build())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void names_areSanitizedOnce() throws Exception {
    builder.sanitizer(name -> "app." + MetricNames.sanitizeMetricName(name));
    Aggregator aggregator = client().newAggregator().build();
    aggregator.add("a b", 1);
    aggregator.add("a/b", 2);
    aggregator.submit();

    assertThat(api.only().body())
        .isEqualTo(
            "{\"gauges\":[{\"name\":\"app.a-b\",\"count\":2,\"sum\":3.0,\"min\":1.0,\"max\":2.0}]}");
  }

  @Test
  void failure_isSentBeforeAllElseWithItsOwnTime() throws Exception {
    api.answer(500, "");
    Aggregator aggregator = client().newAggregator().measureTime(60).build();
    aggregator.add("x", 1);
    assertThatThrownBy(aggregator::submit).isInstanceOf(ServerErrorException.class);

    aggregator.add("x", 5);
    aggregator.submit();

    assertThat(api.seen).hasSize(3);
    assertThat(api.seen.get(1).body()).isEqualTo(api.seen.get(0).body());
    assertThat(api.seen.get(2).body()).contains("\"sum\":5.0").doesNotContain("measure_time");
  }

  @Test
  void refused_canBeGivenUp() throws Exception {
    api.answer(400, "").answer(400, "");
    Aggregator aggregator = client().newAggregator().build();
    aggregator.add("bad name", 1);
    assertThatThrownBy(aggregator::submit).isInstanceOf(BadRequestException.class);
    assertThatThrownBy(aggregator::submit).isInstanceOf(BadRequestException.class);
    assertThat(aggregator.failed()).isEqualTo(1);

    assertThat(aggregator.discardFirst()).isEqualTo(1);
    aggregator.add("good", 1);
    aggregator.submit();

    assertThat(api.seen.get(2).body()).contains("good").doesNotContain("bad name");
  }

  @Test
  void clear_forgetsWhatFailedToo() throws Exception {
    api.answer(400, "");
    Aggregator aggregator = client().newAggregator().build();
    aggregator.add("bad name", 1);
    assertThatThrownBy(aggregator::submit).isInstanceOf(BadRequestException.class);
    aggregator.add("forgotten", 1);

    aggregator.clear();
    aggregator.submit();

    assertThat(api.seen).hasSize(1);
    assertThat(aggregator.failed()).isZero();
  }

  @Test
  void add_refusesWhatTheSumCannotHold() throws Exception {
    Aggregator aggregator = client().newAggregator().build();
    aggregator.add("x", Double.MAX_VALUE);

    assertThatThrownBy(() -> aggregator.add("x", Double.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class);
    aggregator.submit();

    assertThat(api.only().body()).contains("\"count\":1");
  }

  @Test
  void add_refusesWhatIsNoNumber() {
    Aggregator aggregator = client().newAggregator().build();

    assertThatThrownBy(() -> aggregator.add("x", Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(aggregator.size()).isZero();
  }
}
