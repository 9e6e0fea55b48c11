package io.zibrato.store.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zibrato.store.composite.Series;
import io.zibrato.store.composite.Window;
import io.zibrato.store.http.RefusedQuery;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the evaluation of a composite may look at, whatever of it has points. */
class CompositeCostTest extends TablesCase {
  private static final Window WINDOW = new Window(HOUR, HOUR + 3600, 60);

  private List<Series> series(String definition, long maxSeconds, long maxLooks) throws Exception {
    return database.read(
        connection -> {
          try (StoredSeries stored =
              new StoredSeries(connection, TimeUnit.SECONDS.toNanos(maxSeconds), maxLooks)) {
            return Composites.series(stored, definition, WINDOW, "compose");
          }
        });
  }

  @Test
  void evaluation_readsWhatWaitsOnce() throws Exception {
    gauges(3, 10);

    final int reads =
        database.read(
            connection -> {
              final CountedReads counted = new CountedReads(connection);
              try (StoredSeries stored = new StoredSeries(counted.connection())) {
                final String definition =
                    "[s(\"m*\",\"*\"), timeshift(\"1,2,3s\",s(\"m*\",\"*\"))]";
                assertThat(Composites.series(stored, definition, WINDOW, "compose")).hasSize(12);
              }
              return counted.reads();
            });

    assertThat(reads).isOne();
  }

  @Test
  void evaluation_endsWhenItLooksAtTooMuchThatIsNotThere() throws Exception {
    gauges(3, 1);

    assertThat(series("s(\"m*\",\"none\")", 20, 6)).isEmpty();
    assertThatThrownBy(() -> series("s(\"m*\",\"none\")", 20, 5))
        .isInstanceOf(RefusedQuery.class)
        .hasMessageContaining("looks at more than 5 metrics and series");
  }

  @Test
  void evaluation_endsWhenItTakesTooLong() throws Exception {
    gauges(1, 1);

    assertThatThrownBy(() -> series("s(\"m*\",\"*\")", 0, 100))
        .isInstanceOf(RefusedQuery.class)
        .hasMessageContaining("takes longer than 20 seconds");
  }

  @Test
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void evaluation_ofManyShiftsOfManyMetricsWhereMuchWaitsEnds() throws Exception {
    gauges(1000, 40);
    final String reads =
        IntStream.range(0, 30)
            .mapToObj(i -> "s(\"m*\",\"x" + i + "\")")
            .collect(Collectors.joining(","));
    final String shifts =
        IntStream.range(0, 32).mapToObj(String::valueOf).collect(Collectors.joining(","));

    assertThatThrownBy(
            () ->
                database.read(
                    connection -> {
                      try (StoredSeries stored = new StoredSeries(connection)) {
                        return Composites.series(
                            stored,
                            "timeshift(\"" + shifts + "s\",[" + reads + "])",
                            WINDOW,
                            "compose");
                      }
                    }))
        .isInstanceOf(RefusedQuery.class)
        .hasMessageMatching("(?s).*(looks at more|takes longer) than.*");
  }
}
