package io.zibrato.store.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.store.data.Database;
import io.zibrato.store.data.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesTest {
  private static final long T = 1_699_999_200;

  @TempDir Path dir;
  private Database database;
  private Writer writer;
  private Tables tables;

  @BeforeEach
  void open() throws Exception {
    database = Database.open(dir);
    writer = Writer.start(database.writer());
    tables = new Tables(database.writer());
  }

  @AfterEach
  void close() throws Exception {
    writer.close();
    database.close();
  }

  private void gauges(int metrics, int measurements) throws Exception {
    final List<NewMeasurement> all = new ArrayList<>();
    for (int i = 0; i < metrics * measurements; i++) {
      all.add(
          NewMeasurement.single(
              MetricType.GAUGE,
              "m" + i % metrics,
              Tags.ofSource("s"),
              T + i / metrics,
              1L,
              MetricProperties.NONE));
    }
    writer.apply(
        connection -> {
          new Submission(all).make(tables);
          return null;
        });
  }

  @Test
  void deleteMetrics_readsWhatWaitsOnce() throws Exception {
    gauges(5, 2);
    writer.apply(
        connection -> {
          final CountedReads counted = new CountedReads(connection);
          final Tables own = new Tables(counted.connection());
          own.deleteMetrics(own.matching("m*"));
          assertThat(counted.reads()).isOne();
          return null;
        });

    assertThat(database.<Long>read(Tally::metrics)).isZero();
    assertThat(database.<Long>read(c -> Tally.read(c, "measurements"))).isZero();
  }
}
