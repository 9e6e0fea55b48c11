package io.zibrato.store.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.zibrato.librato.BadRequestException;
import io.zibrato.librato.LibratoClient;
import io.zibrato.librato.Measurement;
import io.zibrato.librato.Metric;
import io.zibrato.librato.Query;
import io.zibrato.librato.Sample;
import io.zibrato.librato.Series;
import io.zibrato.librato.SeriesSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Our client's measurements by tags. */
class ClientMeasurementsIT extends ClientSuite {
  private static final Map<String, String> A = Map.of("region", "us-east", "host", "a");
  private static final Map<String, String> B = Map.of("region", "us-east", "host", "b");
  private static final Map<String, String> C = Map.of("region", "us-west", "host", "c");
  private static final Map<String, String> D = Map.of("region", "eu", "host", "d");
  private static final Query MINUTE = Query.since(TIME).endTime(TIME + 59).resolutionSeconds(60);

  private void submitFour() throws Exception {
    client
        .measurements()
        .submit(
            Measurement.gauge("cpu", 1).tags(A).time(TIME),
            Measurement.gauge("cpu", 2).tags(B).time(TIME),
            Measurement.gauge("cpu", 4).tags(C).time(TIME),
            Measurement.gauge("cpu", 8).tags(D).time(TIME));
  }

  private static List<Double> values(SeriesSet set) {
    return set.series().stream()
        .flatMap(series -> series.samples().stream())
        .map(Sample::value)
        .toList();
  }

  @Test
  void submit_ofEveryKindComesBack() throws Exception {
    client
        .measurements()
        .submit(
            Measurement.gauge("cpu", 4.5)
                .tag("region", "us")
                .tag("host", "web-1")
                .time(TIME)
                .displayName("CPU")
                .description("of all cores")
                .periodSeconds(60)
                .attribute("display_min", 0),
            Measurement.summary("cpu", 4, 10)
                .min(1)
                .max(4)
                .with("last", 4)
                .with("stddev", 1.1)
                .tag("region", "us")
                .tag("host", "web-2")
                .time(TIME));
    client.measurements().submit(List.of(Measurement.gauge("now", 3).tag("x", "y")));

    SeriesSet mean = client.measurements().get("CPU", MINUTE);
    assertThat(mean.name()).isEqualTo("cpu");
    assertThat(mean.resolutionSeconds()).isEqualTo(60);
    assertThat(mean.next()).isNull();
    assertThat(mean.series())
        .extracting(Series::tags, s -> s.samples().get(0).epochSeconds(), s -> s.samples().size())
        .containsExactly(
            tuple(Map.of("region", "us", "host", "web-1"), TIME, 1),
            tuple(Map.of("region", "us", "host", "web-2"), TIME, 1));
    assertThat(values(mean)).containsExactly(4.5, 2.5);
    assertThat(values(client.measurements().get("cpu", MINUTE.summaryFunction("count"))))
        .containsExactly(1.0, 4.0);
    assertThat(values(client.measurements().get("cpu", MINUTE.summaryFunction("sum"))))
        .containsExactly(4.5, 10.0);
    assertThat(values(client.measurements().get("cpu", MINUTE.summaryFunction("min"))))
        .containsExactly(4.5, 1.0);
    assertThat(values(client.measurements().get("cpu", MINUTE.summaryFunction("max"))))
        .containsExactly(4.5, 4.0);
    assertThat(values(client.measurements().get("now", Query.lastSeconds(300))))
        .containsExactly(3.0);
    Metric cpu = client.metrics().get("cpu");
    assertThat(cpu.type()).isEqualTo("gauge");
    assertThat(cpu.displayName()).isEqualTo("CPU");
    assertThat(cpu.description()).isEqualTo("of all cores");
    assertThat(cpu.periodSeconds()).isEqualTo(60);
    assertThat(cpu.attributes()).containsEntry("display_min", 0L);
  }

  @Test
  void submit_ofTheClientsTags() throws Exception {
    try (LibratoClient tagging = builder().tags(Map.of("region", "us", "host", "web-1")).build()) {
      tagging
          .metrics()
          .submit(
              Measurement.gauge("plain", 1).time(TIME),
              Measurement.gauge("own", 2).tag("az", "b").time(TIME),
              Measurement.gauge("inheriting", 3).tag("host", "x").inheritTags().time(TIME),
              Measurement.gauge("by-source", 4).source("web-1").time(TIME));
    }

    assertThat(store.byTags("plain", "mean"))
        .containsOnlyKeys(Map.of("region", "us", "host", "web-1"));
    assertThat(store.byTags("own", "mean")).containsOnlyKeys(Map.of("az", "b"));
    assertThat(store.byTags("inheriting", "mean"))
        .containsOnlyKeys(Map.of("region", "us", "host", "x"));
    assertThat(store.bySource("by-source", "web-1", "value")).containsExactly(4.0);
  }

  @Test
  void get_filtersByTags() throws Exception {
    submitFour();

    assertThat(client.measurements().get("cpu", MINUTE).series())
        .extracting(Series::tags)
        .containsExactlyInAnyOrder(A, B, C, D);
    assertThat(client.measurements().get("cpu", MINUTE.tag("region", "us-*")).series())
        .extracting(Series::tags)
        .containsExactlyInAnyOrder(A, B, C);
    assertThat(
            client
                .measurements()
                .get("cpu", MINUTE.tag("region", "us-east", "eu").tag("host", "b", "d"))
                .series())
        .extracting(Series::tags)
        .containsExactlyInAnyOrder(B, D);
    assertThat(client.measurements().get("cpu", MINUTE.tag("region", "!us-*")).series())
        .extracting(Series::tags)
        .containsExactly(D);
    assertThat(
            client.measurements().get("cpu", MINUTE.tagsSearch("region=us-* and host=a")).series())
        .extracting(Series::tags)
        .containsExactly(A);
  }

  @Test
  void get_groups() throws Exception {
    submitFour();

    SeriesSet byRegion = client.measurements().get("cpu", MINUTE.groupBy("sum", "region"));
    assertThat(byRegion.series())
        .extracting(Series::tags, s -> s.samples().get(0).value())
        .containsExactlyInAnyOrder(
            tuple(Map.of("region", "us-east"), 3.0),
            tuple(Map.of("region", "us-west"), 4.0),
            tuple(Map.of("region", "eu"), 8.0));
    assertThat(values(client.measurements().get("cpu", MINUTE.groupBy("max", "*"))))
        .containsExactly(8.0);
    assertThat(values(client.measurements().get("cpu", MINUTE.groupBy("mean", "*"))))
        .containsExactly(3.75);
    assertThat(client.measurements().get("cpu", MINUTE.groupBy("min", "region", "host")).series())
        .hasSize(4);
  }

  @Test
  void get_goesOnWhereAnAnswerEnded() throws Exception {
    for (int begin = 0; begin < 110_000; begin += 10_000) {
      List<Measurement> many = new ArrayList<>();
      for (int i = begin; i < begin + 10_000; i++) {
        many.add(Measurement.gauge("cpu", 1).tag("host", "h" + i % 2).time(TIME + i));
      }
      client.measurements().submit(many);
    }

    long seen = 0;
    int answers = 0;
    Query all = Query.since(TIME).endTime(TIME + 110_000).resolutionSeconds(1);
    Optional<SeriesSet> answer = Optional.of(client.measurements().get("cpu", all));
    while (answer.isPresent() && answers < 50) {
      seen += answer.get().series().stream().mapToLong(s -> s.samples().size()).sum();
      answers++;
      answer = client.measurements().next(answer.get());
    }

    assertThat(answer).isEmpty();
    assertThat(answers).isGreaterThan(1);
    assertThat(seen).isEqualTo(110_000);
  }

  @Test
  void composite_isComputed() throws Exception {
    submitFour();

    SeriesSet sum =
        client.measurements().getComposite("sum(s(\"cpu\", {\"region\": \"us-*\"}))", MINUTE);
    SeriesSet each = client.measurements().getComposite("s(\"cpu\", {\"host\": \"*\"})", MINUTE);

    assertThat(values(sum)).containsExactly(7.0);
    assertThat(each.series()).extracting(Series::tags).containsExactlyInAnyOrder(A, B, C, D);
    assertThatThrownBy(() -> client.measurements().getComposite("s(", MINUTE))
        .isInstanceOf(BadRequestException.class);
  }
}
