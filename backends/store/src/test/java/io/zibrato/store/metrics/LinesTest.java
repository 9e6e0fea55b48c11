package io.zibrato.store.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.store.points.Expiry;
import io.zibrato.store.points.Packer;
import io.zibrato.store.points.Retention;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinesTest extends TablesCase {
  private static final long T = 1_700_000_040; // a whole minute

  @Test
  void read_summarisesEachPeriod() throws Exception {
    store(gauge("a", "s", T, 1), gauge("a", "s", T + 59, 5), gauge("a", "s", T + 120, 7));

    assertThat(lines("a", 60, Summary.DEFAULT))
        .containsExactly("a {source=s} [" + T + ", " + (T + 120) + "] [3.0, 7.0]");
    assertThat(values("a", Summary.MEAN)).isEqualTo("[3.0, 7.0]");
    assertThat(values("a", Summary.SUM)).isEqualTo("[6.0, 7.0]");
    assertThat(values("a", Summary.MIN)).isEqualTo("[1.0, 7.0]");
    assertThat(values("a", Summary.MAX)).isEqualTo("[5.0, 7.0]");
    assertThat(values("a", Summary.COUNT)).isEqualTo("[2.0, 1.0]");
  }

  @Test
  void read_ofACounterIsItsLastValue() throws Exception {
    store(counter("c", T, 5), counter("c", T + 1, 9));

    assertThat(values("c", Summary.DEFAULT)).isEqualTo("[9.0]");
    assertThat(values("c", Summary.SUM)).isEqualTo("[14.0]");
  }

  @Test
  void read_findsMetricsInWhateverCase() throws Exception {
    store(gauge("Load", "s", T, 1));

    assertThat(lines("lOAD", 60, Summary.SUM)).hasSize(1).first().asString().startsWith("Load ");
    assertThat(lines("none", 60, Summary.SUM)).isEmpty();
  }

  @Test
  void read_takesSeriesThatMatch() throws Exception {
    store(
        gauge("a", "web-1", T, 1),
        gauge("a", "Web-2", T, 2),
        gauge("a", "db", T, 3),
        gauge("a", null, T, 4));

    assertThat(tags(Map.of())).containsExactly("{}", "{source=db}", web(1), "{source=Web-2}");
    assertThat(tags(Map.of("source", "*"))).hasSize(4);
    assertThat(tags(Map.of("source", "WEB*"))).containsExactly(web(1), "{source=Web-2}");
    assertThat(tags(Map.of("source", "unassigned"))).containsExactly("{}");
    assertThat(tags(Map.of("region", "*"))).isEmpty();
    assertThat(tags(Map.of("source", "web*", "region", "*"))).isEmpty();
  }

  @Test
  void read_takesWholePeriodsThatOverlap() throws Exception {
    store(gauge("a", "s", T, 1), gauge("a", "s", T + 119, 2), gauge("a", "s", T + 120, 3));

    assertThat(lines(new LineQuery("a", Map.of(), T + 30, T + 60, 60, Summary.SUM)))
        .containsExactly("a {source=s} [" + T + ", " + (T + 60) + "] [1.0, 2.0]");
  }

  @Test
  void read_takesTheCoarserPeriodThatOverlapsTheStart() throws Exception {
    final long quarter = T - T % 900;
    store(gauge("a", "s", quarter + 61, 1), gauge("a", "s", quarter + 600, 2));
    writer.apply(
        connection -> {
          new Packer(connection, tables.points()).pack();
          final Expiry expiry =
              new Expiry(
                  connection,
                  tables.points(),
                  new Retention(3600, 3600, Retention.FOREVER, Retention.FOREVER));
          expiry.begin(quarter + 86_400);
          while (expiry.due()) {
            expiry.delete();
          }
          return null;
        });

    final String whole = "a {source=s} [" + quarter + "] [3.0]";
    for (final long start : new long[] {quarter + 60, quarter + 240, quarter + 899}) {
      assertThat(lines(new LineQuery("a", Map.of(), start, start + 60, 60, Summary.SUM)))
          .containsExactly(whole);
    }
    assertThat(lines(new LineQuery("a", Map.of(), quarter + 300, quarter + 60, 60, Summary.SUM)))
        .isEmpty();
    assertThat(lines(new LineQuery("a", Map.of(), quarter + 900, quarter + 960, 60, Summary.SUM)))
        .isEmpty();
  }

  private static String web(int number) {
    return "{source=web-" + number + "}";
  }

  private List<String> tags(Map<String, String> patterns) throws Exception {
    final List<String> tags = new ArrayList<>();
    final LineQuery query = new LineQuery("a", patterns, 0, T + 999, 60, Summary.SUM);
    for (final Line line : database.read(c -> Lines.read(c, query))) {
      tags.add(line.tags().toString());
    }
    return tags;
  }

  private String values(String metric, Summary summary) throws Exception {
    final LineQuery query = new LineQuery(metric, Map.of(), 0, T + 999, 60, summary);
    return Arrays.toString(database.read(c -> Lines.read(c, query)).get(0).values());
  }

  private List<String> lines(String metric, long period, Summary summary) throws Exception {
    return lines(new LineQuery(metric, Map.of(), 0, T + 999, period, summary));
  }

  private List<String> lines(LineQuery query) throws Exception {
    final List<String> lines = new ArrayList<>();
    for (final Line line : database.read(c -> Lines.read(c, query))) {
      lines.add(
          line.metric()
              + " "
              + line.tags()
              + " "
              + Arrays.toString(line.times())
              + " "
              + Arrays.toString(line.values()));
    }
    return lines;
  }

  private static NewMeasurement counter(String name, long time, long value) {
    return NewMeasurement.single(
        MetricType.COUNTER, name, Tags.ofSource("s"), time, value, MetricProperties.NONE);
  }
}
