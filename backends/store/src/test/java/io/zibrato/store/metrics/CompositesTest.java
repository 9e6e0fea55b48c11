package io.zibrato.store.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zibrato.store.composite.Series;
import io.zibrato.store.composite.Window;
import io.zibrato.store.http.RefusedQuery;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompositesTest extends TablesCase {
  private void gauge(String name, String source, int count, long everySeconds) throws Exception {
    final NewMeasurement[] all = new NewMeasurement[count];
    for (int i = 0; i < count; i++) {
      all[i] = gauge(name, source, HOUR + i * everySeconds, i);
    }
    store(all);
  }

  private void composite(String name, String definition) throws Exception {
    writer.apply(
        connection -> {
          tables.updateMetric(
              tables
                  .createMetric(name, MetricType.COMPOSITE)
                  .with(new MetricProperties(null, null, null, null, definition)));
          return null;
        });
  }

  private List<String> lines(String metric, Map<String, String> tags, long period)
      throws Exception {
    final LineQuery query = new LineQuery(metric, tags, HOUR, HOUR + 299, period, Summary.DEFAULT);
    final List<String> lines = new ArrayList<>();
    for (final Line line : database.read(connection -> Lines.read(connection, query))) {
      final long[] times = Arrays.stream(line.times()).map(time -> time - HOUR).toArray();
      lines.add(
          line.metric() + line.tags() + Arrays.toString(times) + Arrays.toString(line.values()));
    }
    return lines;
  }

  @Test
  void lines_ofACompositeAreLikeThoseOfAnyMetric() throws Exception {
    gauge("a", "web-1", 3, 60);
    gauge("a", "web-2", 2, 60);
    composite("c", "[scale(s(\"a\",\"*\"),{factor:\"10\"}), derive(s(\"a\",\"none\"))]");

    assertThat(lines("c", Map.of(), 60))
        .containsExactly(
            "c{source=web-1}[0, 60, 120][0.0, 10.0, 20.0]", "c{source=web-2}[0, 60][0.0, 10.0]");
    assertThat(lines("c", Map.of("source", "WEB-2"), 60)).hasSize(1);
    assertThat(lines("c", Map.of("region", "*"), 60)).isEmpty();
  }

  @Test
  void lines_haveTimesOfTheQuerysPeriod() throws Exception {
    gauge("a", "x", 5, 60);
    composite(
        "c",
        "sum([s(\"a\",\"*\",{period:\"60\"}), scale(s(\"a\",\"*\",{period:\"90\"}),{factor:9})])");

    // At 0, 60, 90, 120, 180 and 240: 0 + 9/2, 1, 2*9, 2, 3 + (3+4)/2*9, 4.
    assertThat(lines("c", Map.of(), 60))
        .containsExactly("c{}[0, 60, 120, 180, 240][4.5, 9.5, 2.0, 34.5, 4.0]");
  }

  @Test
  void lines_ofACompositeThatIsRefusedAre400() throws Exception {
    composite("c", "s(\"d\",\"*\")");
    composite("d", "s(\"a\",\"*\")");

    assertThatThrownBy(() -> lines("c", Map.of(), 60))
        .isInstanceOf(RefusedQuery.class)
        .hasMessageContaining("'d' is a composite, which cannot be part of another");
  }

  @Test
  void period_isThatOfTheCoarsestPartThatIsKept() throws Exception {
    gauge("a", "x", 180, 60);
    writer.apply(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            for (final int resolution : List.of(1, 60)) {
              statement.execute(
                  "INSERT OR REPLACE INTO floor VALUES (%d, %d)"
                      .formatted(resolution, HOUR / 3600 + 1));
            }
          }
          return null;
        });

    assertThat(period(HOUR, HOUR + 7199)).isEqualTo(900);
    assertThat(period(HOUR + 3600, HOUR + 7199)).isEqualTo(60);
    assertThat(period(HOUR - 1, HOUR)).isEqualTo(900);
  }

  private long period(long start, long end) throws Exception {
    final List<Series> set = series("s(\"a\",\"*\")", new Window(start, end, 60));
    assertThat(set).hasSize(1);
    final long period = set.get(0).periodSeconds();
    assertThat(Arrays.stream(set.get(0).times())).allMatch(time -> time % period == 0);
    return period;
  }

  private List<Series> series(String definition, Window window) throws Exception {
    return database.read(
        connection -> {
          try (StoredSeries stored = new StoredSeries(connection)) {
            return Composites.series(stored, definition, window, "compose");
          }
        });
  }

  @Test
  void read_endsSoonAfterTheLastPointThatMayBe() throws Exception {
    for (final String source : List.of("x", "y", "z")) {
      gauge("a", source, 3000, 1000);
    }
    final LineQuery query = new LineQuery("a", Map.of(), 0, HOUR + 9_999_999, 1, Summary.DEFAULT);

    assertThat(points(query, Long.MAX_VALUE)).containsExactly(3000, 3000, 3000);
    assertThat(points(query, 9000)).containsExactly(3000, 3000, 3000);
    final List<Integer> cut = points(query, 3500);
    assertThat(cut).hasSize(2).startsWith(3000);
    assertThat(cut.get(1)).isBetween(501, 700);
  }

  private List<Integer> points(LineQuery query, long max) throws Exception {
    return database.read(connection -> Lines.read(connection, query, max)).stream()
        .map(line -> line.times().length)
        .toList();
  }

  @Test
  void timeshift_beforeAllTimeIsNothing() throws Exception {
    gauge("a", "x", 3, 60);

    assertThat(series("timeshift(\"500w\",s(\"a\",\"*\"))", new Window(0, 1000, 60))).isEmpty();
    assertThat(series("timeshift(\"500w\",s(\"a\",\"*\"))", new Window(0, HOUR, 60))).isEmpty();
  }
}
