package io.zibrato.store.metrics;

import io.zibrato.store.data.Database;
import io.zibrato.store.data.Writer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An empty database, and who writes to it. */
abstract class TablesCase {
  static final long HOUR = 1_699_999_200; // a whole one

  @TempDir Path dir;
  Database database;
  Writer writer;
  Tables tables;

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

  void store(NewMeasurement... measurements) throws Exception {
    writer.apply(
        connection -> {
          new Submission(List.of(measurements)).make(tables);
          return null;
        });
  }

  static NewMeasurement gauge(String name, String source, long time, long value) {
    return NewMeasurement.single(
        MetricType.GAUGE, name, Tags.ofSource(source), time, value, MetricProperties.NONE);
  }

  /** Metrics m0, m1 and so on, each with a measurement a second. */
  void gauges(int metrics, int measurements) throws Exception {
    final NewMeasurement[] all = new NewMeasurement[metrics * measurements];
    for (int i = 0; i < all.length; i++) {
      all[i] = gauge("m" + i % metrics, "s", HOUR + i / metrics, 1);
    }
    store(all);
  }
}
