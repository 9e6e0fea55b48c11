package io.zibrato.store.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zibrato.store.data.Database;
import io.zibrato.store.data.Writer;
import io.zibrato.store.http.ApiError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriterTest {
  @TempDir Path dir;
  private Database database;
  private Writer writer;
  private Tables tables;

  @BeforeEach
  void open() throws Exception {
    database = Database.open(dir);
    writer = Writer.start(database.writer());
    tables = tables(database, writer);
  }

  @AfterEach
  void close() throws Exception {
    writer.close();
    database.close();
  }

  @Test
  void apply_isReadableOnceItReturns() throws Exception {
    store(new Submission(List.of(gauge("a", 1), gauge("a", 2))));

    assertThat(count("measurements")).isEqualTo(2);
  }

  @Test
  void apply_worksAgainAfterTheDiskWasFull() throws Exception {
    final Path disk = Files.createDirectory(dir.resolve("disk"));
    assumeTrue(works("mount", "-t", "tmpfs", "-o", "size=4m", "test", disk.toString()), "mount");
    try (Database small = Database.open(disk);
        Writer into = Writer.start(small.writer())) {
      final Tables filled = tables(small, into);
      final Path filler = disk.resolve("filler");
      assertThatThrownBy(() -> fillUp(filler)).hasMessageContaining("No space");
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> store(into, filled, many(20_000)))
            .isInstanceOf(SQLException.class);
      }
      Files.delete(filler);

      store(into, filled, many(1));
      assertThat(small.<Metric>read(c -> Catalog.metric(c, "m0"))).isNotNull();
      assertThat(small.<Metric>read(c -> Catalog.metric(c, "m1"))).isNull();
    } finally {
      works("umount", disk.toString());
    }
  }

  private static Submission many(int metrics) {
    final List<NewMeasurement> all = new ArrayList<>();
    for (int i = 0; i < metrics; i++) {
      all.add(gauge("m" + i, 1));
    }
    return new Submission(all);
  }

  private static void fillUp(Path filler) throws IOException {
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(new byte[4096]);
      }
    }
  }

  private static boolean works(String... command) throws Exception {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
  }

  @Test
  void apply_refusalLeavesNothingBehind() throws Exception {
    store(new Submission(List.of(gauge("a", 1))));

    assertThatThrownBy(() -> store(new Submission(List.of(gauge("b", 1), counter("a", 1)))))
        .isInstanceOf(ApiError.class)
        .hasMessageContaining("'a' is a gauge, but was submitted as different type");

    store(new Submission(List.of(gauge("a", 2))));
    assertThat(database.<Metric>read(c -> Catalog.metric(c, "b"))).isNull();
    assertThat(count("measurements")).isEqualTo(2);
    assertThat(rows()).isEqualTo(2);
    store(new Submission(List.of(gauge("b", 1))));
    assertThat(database.<Metric>read(c -> Catalog.metric(c, "b"))).isNotNull();
    assertThat(rows()).isEqualTo(3);
  }

  @Test
  void apply_inOneGroup_refusalLeavesTheOthersAlone() throws Exception {
    final CountDownLatch held = new CountDownLatch(1);
    final ExecutorService clients = Executors.newCachedThreadPool();
    try {
      final List<Future<?>> answers = new ArrayList<>();
      answers.add(clients.submit(() -> writer.apply(connection -> hold(held))));
      for (int i = 0; i < 20; i++) {
        final NewMeasurement measurement = i % 2 == 0 ? gauge("g", i) : counter("g", i);
        answers.add(
            clients.submit(
                () -> {
                  try {
                    store(new Submission(List.of(measurement)));
                    return 200;
                  } catch (ApiError e) {
                    return 400;
                  }
                }));
      }
      held.countDown();
      int stored = 0;
      for (final Future<?> answer : answers) {
        stored += Integer.valueOf(200).equals(answer.get()) ? 1 : 0;
      }

      assertThat(stored).isEqualTo(10);
      assertThat(count("measurements")).isEqualTo(10);
    } finally {
      clients.shutdownNow();
    }
  }

  @Test
  void apply_failureOfTheDatabaseTakesAllBack() throws Exception {
    assertThatThrownBy(
            () ->
                writer.apply(
                    connection -> {
                      tables.createMetric("a", MetricType.GAUGE);
                      throw new SQLException("disk full");
                    }))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("disk full");

    assertThat(database.<Metric>read(c -> Catalog.metric(c, "a"))).isNull();
    store(new Submission(List.of(gauge("a", 1))));
    assertThat(database.<Metric>read(c -> Catalog.metric(c, "a"))).isNotNull();
    assertThat(count("measurements")).isEqualTo(1);
  }

  @Test
  void apply_afterCloseIsRefused() {
    writer.close();

    assertThatThrownBy(() -> store(new Submission(List.of(gauge("a", 1)))))
        .isInstanceOf(ApiError.class)
        .hasMessageStartingWith("503");
  }

  private static Tables tables(Database database, Writer writer) throws SQLException {
    final Tables tables = new Tables(database.writer());
    writer.onRollback(tables::forget);
    return tables;
  }

  private void store(Submission submission) throws Exception {
    store(writer, tables, submission);
  }

  private static void store(Writer writer, Tables tables, Submission submission) throws Exception {
    writer.apply(
        connection -> {
          submission.make(tables);
          return null;
        });
  }

  private static Void hold(CountDownLatch held) {
    try {
      held.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return null;
  }

  private long count(String tally) throws Exception {
    return database.read(c -> Tally.read(c, tally));
  }

  private long rows() throws Exception {
    return database.read(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery("SELECT total(measurements) FROM arrived")) {
            return row.getLong(1);
          }
        });
  }

  private static NewMeasurement gauge(String name, long value) {
    return measurement(MetricType.GAUGE, name, value);
  }

  private static NewMeasurement counter(String name, long value) {
    return measurement(MetricType.COUNTER, name, value);
  }

  private static NewMeasurement measurement(MetricType type, String name, long value) {
    return NewMeasurement.single(
        type, name, Tags.ofSource("s"), 1_700_000_000, value, MetricProperties.NONE);
  }
}
