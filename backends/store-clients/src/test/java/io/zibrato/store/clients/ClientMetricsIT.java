package io.zibrato.store.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.zibrato.librato.BadRequestException;
import io.zibrato.librato.ListQuery;
import io.zibrato.librato.Measurement;
import io.zibrato.librato.Metric;
import io.zibrato.librato.MetricUpdate;
import io.zibrato.librato.NotFoundException;
import io.zibrato.librato.Page;
import io.zibrato.librato.Query;
import io.zibrato.librato.Sample;
import io.zibrato.librato.Series;
import io.zibrato.librato.SeriesSet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Our client's metrics, by source, and its composites. */
class ClientMetricsIT extends ClientSuite {
  private List<String> names() throws Exception {
    return client.metrics().list().items().stream().map(Metric::name).toList();
  }

  private void submit(String... names) throws Exception {
    List<Measurement> all = new ArrayList<>();
    for (String name : names) all.add(Measurement.gauge(name, 1).time(TIME));
    client.metrics().submit(all);
  }

  @Test
  void submit_ofEveryKindComesBack() throws Exception {
    client
        .metrics()
        .submit(
            Measurement.gauge("cpu", 4.5)
                .source("web-1")
                .time(TIME)
                .displayName("CPU")
                .description("of all cores")
                .periodSeconds(60)
                .attribute("display_min", 0)
                .attribute("display_units_short", "%"),
            Measurement.gauge("cpu", 7L).source("web-2").time(TIME + 60),
            Measurement.summary("cpu", 2, 10)
                .min(4)
                .max(6)
                .sumSquares(52)
                .source("web-2")
                .time(TIME),
            Measurement.counter("hits", 1L << 60).time(TIME),
            Measurement.counter("misses", 2.5).time(TIME));
    client.metrics().submit("now", -1.25);

    Metric cpu =
        client.metrics().get("cpu", Query.since(TIME).endTime(TIME + 119).resolutionSeconds(60));
    assertThat(cpu.type()).isEqualTo("gauge");
    assertThat(cpu.displayName()).isEqualTo("CPU");
    assertThat(cpu.description()).isEqualTo("of all cores");
    assertThat(cpu.periodSeconds()).isEqualTo(60);
    assertThat(cpu.attributes())
        .containsEntry("display_min", 0L)
        .containsEntry("display_units_short", "%");
    assertThat(cpu.resolutionSeconds()).isEqualTo(60);
    assertThat(cpu.nextTime()).isNull();
    assertThat(cpu.measurements())
        .containsOnly(
            entry("web-1", List.of(new Sample(TIME, 4.5, 1L, 4.5, 4.5, 4.5, 20.25, null))),
            entry(
                "web-2",
                List.of(
                    new Sample(TIME, 5.0, 2L, 10.0, 4.0, 6.0, 52.0, null),
                    new Sample(TIME + 60, 7.0, 1L, 7.0, 7.0, 7.0, 49.0, null))));
    Metric hits = client.metrics().get("hits", Query.count(1));
    assertThat(hits.type()).isEqualTo("counter");
    assertThat(hits.measurements().get("unassigned"))
        .extracting(Sample::epochSeconds, Sample::value)
        .containsExactly(tuple(TIME, 1.152921504606847E18));
    assertThat(client.metrics().get("misses", Query.count(1)).measurements().get("unassigned"))
        .extracting(Sample::value)
        .containsExactly(2.5);
    assertThat(client.metrics().get("now", Query.count(1)).measurements().get("unassigned"))
        .extracting(Sample::value)
        .containsExactly(-1.25);
  }

  @Test
  void get_takesSourcesCountsAndEnds() throws Exception {
    for (int i = 0; i < 6; i++) {
      client
          .metrics()
          .submit(
              Measurement.gauge("cpu", i).source("web-1").time(TIME + 60 * i),
              Measurement.gauge("cpu", -i).source("db-1").time(TIME + 60 * i));
    }

    assertThat(client.metrics().get("CPU", Query.count(2)).measurements().get("web-1"))
        .extracting(Sample::epochSeconds)
        .containsExactly(TIME + 240, TIME + 300);
    assertThat(
            client
                .metrics()
                .get("cpu", Query.count(2).startTime(TIME + 60))
                .measurements()
                .get("web-1"))
        .extracting(Sample::epochSeconds)
        .containsExactly(TIME + 60, TIME + 120);
    assertThat(client.metrics().get("cpu", Query.count(1).source("web-*")).measurements())
        .containsOnlyKeys("web-1");
    assertThat(client.metrics().get("cpu", Query.count(1).sources("db-1", "x")).measurements())
        .containsOnlyKeys("db-1");
    assertThat(client.metrics().get("cpu").measurements()).isEmpty();
  }

  @Test
  void get_goesOnWhereAnAnswerEnded() throws Exception {
    for (int begin = 0; begin < 110_000; begin += 10_000) {
      List<Measurement> many = new ArrayList<>();
      for (int i = begin; i < begin + 10_000; i++) {
        many.add(Measurement.gauge("cpu", i).source("s" + i % 2).time(TIME + i));
      }
      client.metrics().submit(many);
    }

    long seen = 0;
    int answers = 0;
    Long start = TIME;
    while (start != null && answers < 50) {
      Metric cpu = client.metrics().get("cpu", Query.since(start).resolutionSeconds(1));
      seen += cpu.measurements().values().stream().mapToLong(List::size).sum();
      answers++;
      start = cpu.nextTime();
    }

    assertThat(start).isNull();
    assertThat(answers).isGreaterThan(1);
    assertThat(seen).isEqualTo(110_000);
  }

  @Test
  void list_pagesAndFilters() throws Exception {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 250; i++) names.add("m%03d".formatted(i));
    submit(names.toArray(String[]::new));

    assertThat(client.metrics().list().items()).hasSize(100);
    try (Stream<Metric> all = client.metrics().listAll()) {
      assertThat(all.map(Metric::name)).containsExactlyElementsOf(names);
    }
    try (Stream<Metric> all = client.metrics().listAll(ListQuery.named("M1").length(30))) {
      assertThat(all.map(Metric::name)).containsExactlyElementsOf(names.subList(100, 200));
    }
    Page<Metric> page =
        client
            .metrics()
            .list(ListQuery.named("m24").offset(2).length(3).orderBy("name").sort("desc"));
    assertThat(page.items()).extracting(Metric::name).containsExactly("m247", "m246", "m245");
    assertThat(page.offset()).isEqualTo(2);
    assertThat(page.found()).isEqualTo(10);
    assertThat(page.total()).isEqualTo(250);
  }

  @Test
  void update_ofOneCreatesAndChanges() throws Exception {
    client.metrics().update("a", MetricUpdate.of().type("gauge").description("one"));
    client
        .metrics()
        .update(
            "a",
            MetricUpdate.of()
                .displayName("A")
                .periodSeconds(30)
                .attribute("color", "#fff")
                .attribute("display_max", null));

    Metric a = client.metrics().get("a");
    assertThat(a.type()).isEqualTo("gauge");
    assertThat(a.description()).isEqualTo("one");
    assertThat(a.displayName()).isEqualTo("A");
    assertThat(a.periodSeconds()).isEqualTo(30);
    assertThat(a.attributes()).containsEntry("color", "#fff");
    assertThatThrownBy(
            () -> client.metrics().update("none", MetricUpdate.of().description("nobody")))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> client.metrics().update("a", MetricUpdate.of().type("counter")))
        .isInstanceOf(BadRequestException.class);
  }

  @Test
  void update_ofMany() throws Exception {
    submit("a", "b", "web.time", "db.time");

    client.metrics().update(List.of("a", "b"), MetricUpdate.of().periodSeconds(60));
    client
        .metrics()
        .updateMatching("*.time", MetricUpdate.of().attribute("display_units_short", "ms"));

    assertThat(client.metrics().list().items())
        .extracting(Metric::name, Metric::periodSeconds)
        .containsExactly(
            tuple("a", 60L), tuple("b", 60L), tuple("db.time", null), tuple("web.time", null));
    assertThat(client.metrics().get("db.time").attributes())
        .containsEntry("display_units_short", "ms");
    assertThat(client.metrics().get("a").attributes()).doesNotContainKey("display_units_short");
  }

  @Test
  void delete_ofOneAndOfMany() throws Exception {
    submit("a", "b", "c", "d", "web.time", "web.size", "db.time");

    client.metrics().delete("a");
    assertThatThrownBy(() -> client.metrics().delete("a")).isInstanceOf(NotFoundException.class);
    client.metrics().delete(List.of("b", "c", "none"));
    assertThat(names()).containsExactly("d", "db.time", "web.size", "web.time");
    client.metrics().deleteMatching("web.*");
    assertThat(names()).containsExactly("d", "db.time");
    assertThat(store.measurements()).isEqualTo(2);
  }

  @Test
  void composite_isComputed() throws Exception {
    for (int i = 0; i < 3; i++) {
      client
          .metrics()
          .submit(
              Measurement.gauge("delay", 10 + i).source("web-1").time(TIME + 60 * i),
              Measurement.gauge("delay", 20 + i).source("web-2").time(TIME + 60 * i),
              Measurement.gauge("delay", 99).source("db").time(TIME + 60 * i));
    }

    SeriesSet sum =
        client
            .metrics()
            .getComposite(
                "sum(s(\"delay\", \"web-*\"))",
                Query.since(TIME).endTime(TIME + 179).resolutionSeconds(60));
    SeriesSet each =
        client
            .metrics()
            .getComposite(
                "s(\"delay\", \"*\")", Query.since(TIME).endTime(TIME + 179).resolutionSeconds(60));

    assertThat(sum.resolutionSeconds()).isEqualTo(60);
    assertThat(sum.compose()).isEqualTo("sum(s(\"delay\", \"web-*\"))");
    assertThat(sum.series()).hasSize(1);
    assertThat(sum.series().get(0).samples())
        .extracting(Sample::epochSeconds, Sample::value)
        .containsExactly(tuple(TIME, 30.0), tuple(TIME + 60, 32.0), tuple(TIME + 120, 34.0));
    assertThat(each.series())
        .extracting(Series::source)
        .containsExactlyInAnyOrder("db", "web-1", "web-2");
    assertThat(each.series()).extracting(s -> s.metric().name()).containsOnly("delay");
    assertThatThrownBy(() -> client.metrics().getComposite("sum(s(\"delay\"", Query.since(TIME)))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("compose");
  }

  @Test
  void composite_isKeptAsAMetric() throws Exception {
    submit("a", "b");

    client.metrics().createComposite("both", "sum([s(\"a\", \"*\"), s(\"b\", \"*\")])");
    client
        .metrics()
        .createComposite(
            "twice",
            "scale(s(\"a\", \"*\"), {factor: \"2\"})",
            MetricUpdate.of().displayName("Twice a"));

    Metric both = client.metrics().get("both", Query.since(TIME).endTime(TIME + 1));
    assertThat(both.type()).isEqualTo("composite");
    assertThat(both.composite()).isEqualTo("sum([s(\"a\", \"*\"), s(\"b\", \"*\")])");
    assertThat(both.measurements().values().iterator().next())
        .extracting(Sample::epochSeconds, Sample::value)
        .containsExactly(tuple(TIME, 2.0));
    assertThat(client.metrics().get("twice").displayName()).isEqualTo("Twice a");
    assertThat(names()).containsExactly("a", "b", "both", "twice");

    client.metrics().createComposite("both", "s(\"a\", \"*\")");
    assertThat(client.metrics().get("both").composite()).isEqualTo("s(\"a\", \"*\")");
    assertThatThrownBy(() -> client.metrics().submit("both", 1))
        .isInstanceOf(BadRequestException.class);
    client.metrics().delete("both");
    assertThat(names()).containsExactly("a", "b", "twice");
  }
}
