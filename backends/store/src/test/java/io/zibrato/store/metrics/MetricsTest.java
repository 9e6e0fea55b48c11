package io.zibrato.store.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zibrato.store.data.Database;
import io.zibrato.store.data.Writer;
import io.zibrato.store.http.ApiError;
import io.zibrato.store.points.Retention;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
  private static final long T = 1_700_000_000L / 3600 * 3600; // a whole hour
  private static final long DAY = 86_400;

  @TempDir Path dir;
  private final AtomicLong now = new AtomicLong(T);
  private final Clock clock =
      ((InstantSource) () -> Instant.ofEpochSecond(now.get())).withZone(ZoneOffset.UTC);

  @Test
  void expiry_deletesAsTimeGoesBy() throws Exception {
    final Retention retention = new Retention(DAY, 2 * DAY, 3 * DAY, 4 * DAY);
    try (Database database = Database.open(dir);
        Writer writer = Writer.start(database.writer())) {
      final Metrics metrics = Metrics.open(database, writer, retention, clock);
      final NewMeasurement[] many = new NewMeasurement[60_000]; // more than may wait
      for (int i = 0; i < many.length; i++) {
        many[i] = gauge(T + i / 20, 1);
      }
      submit(metrics, writer, many);
      awaitRows(database, "arrived", 0);
      assertThat(held(database)).isEqualTo(60_000);

      now.addAndGet(DAY + 2 * 3600);
      awaitRows(database, "hour_raw", 0);
      assertThat(held(database)).isZero();
      assertThat(values(database, 60)).isEqualTo("[1200.0" + ", 1200.0".repeat(49) + "]");

      now.addAndGet(DAY);
      awaitRows(database, "hour_60", 0);
      assertThat(values(database, 60)).isEqualTo("[18000.0, 18000.0, 18000.0, 6000.0]");
      now.addAndGet(DAY);
      awaitRows(database, "hour_900", 0);
      assertThat(values(database, 60)).isEqualTo("[60000.0]");
      now.addAndGet(DAY);
      awaitRows(database, "hour_3600", 0);
      assertThat(values(database, 60)).isEmpty();
    }
  }

  private static void awaitRows(Database database, String table, long rows) {
    Awaitility.await().until(() -> count(database, table) == rows);
  }

  private static long count(Database database, String table) throws Exception {
    return database.read(
        connection -> {
          try (Statement select = connection.createStatement();
              ResultSet row = select.executeQuery("SELECT count(*) FROM " + table)) {
            return row.getLong(1);
          }
        });
  }

  private static long held(Database database) throws Exception {
    return database.read(c -> Tally.read(c, "measurements"));
  }

  @Test
  void apply_isRefusedWhileTooManyWait() throws Exception {
    final CountDownLatch held = new CountDownLatch(1);
    final ExecutorService clients = Executors.newCachedThreadPool();
    try (Database database = Database.open(dir);
        Writer writer = Writer.start(database.writer())) {
      final CountDownLatch running = new CountDownLatch(1);
      clients.submit(
          () ->
              writer.apply(
                  connection -> {
                    running.countDown();
                    await(held);
                    return null;
                  }));
      running.await();
      final AtomicLong refused = new AtomicLong();
      for (int i = 0; i < 60; i++) {
        clients.submit(
            () -> {
              try {
                return writer.apply(connection -> null);
              } catch (ApiError e) {
                refused.addAndGet(e.reply(0).status() == 429 ? 1 : 0);
                assertThat(e.reply(0).headers()).containsEntry("Retry-After", "1");
                throw e;
              }
            });
      }
      Awaitility.await().until(() -> refused.get() >= 12);

      assertThatThrownBy(() -> writer.apply(connection -> null)).hasMessageStartingWith("429");
      held.countDown();
      Awaitility.await().until(() -> applies(writer));
      assertThat(refused).hasValueGreaterThanOrEqualTo(12);
    } finally {
      clients.shutdownNow();
    }
  }

  private static boolean applies(Writer writer) throws Exception {
    try {
      return writer.apply(connection -> true);
    } catch (ApiError e) {
      return false;
    }
  }

  private static void await(CountDownLatch held) {
    try {
      held.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** As the first store that was built left its file. */
  @Test
  void open_takesOverRowsOfAnOlderStore() throws Exception {
    Files.createDirectories(dir);
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("store.db"));
        Statement statement = connection.createStatement()) {
      for (final String sql : OLD) {
        statement.execute(sql);
      }
      connection.setAutoCommit(false);
      for (int i = 0; i < 45_000; i++) {
        statement.execute(
            "INSERT INTO measurement VALUES (1, "
                + (T + i / 10)
                + ", "
                + (i + 10)
                + ", 2, 1, 2, 2, 2, 4)");
      }
      connection.commit();
    }

    try (Database database = Database.open(dir);
        Writer writer = Writer.start(database.writer())) {
      Metrics.open(database, writer, Retention.forever(), clock);

      final LineQuery query = new LineQuery("Load", Map.of(), T, T + DAY, 7200, Summary.SUM);
      final List<Line> lines = database.read(c -> Lines.read(c, query));
      assertThat(lines)
          .extracting(line -> line.tags() + Arrays.toString(line.values()))
          .containsExactly("{}[7.5]", "{source=Web-1}[90000.0]");
      final LineQuery counter = new LineQuery("hits", Map.of(), T, T + 60, 60, Summary.DEFAULT);
      final List<Line> hits = database.read(c -> Lines.read(c, counter));
      assertThat(hits).extracting(line -> line.values()[0]).containsExactly(9.0);
      assertThat(held(database)).isEqualTo(45_004);
      assertThat(count(database, "measurement_by_row")).isZero();
      assertThat(count(database, "source")).isEqualTo(1);
    }
    try (Database database = Database.open(dir);
        Writer writer = Writer.start(database.writer())) {
      Metrics.open(database, writer, Retention.forever(), clock);
      assertThat(held(database)).isEqualTo(45_004);
    }
  }

  private static final List<String> OLD =
      List.of(
          "CREATE TABLE metric (id INTEGER PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE"
              + " UNIQUE, type TEXT NOT NULL, display_name TEXT, description TEXT,"
              + " period INTEGER, attributes TEXT NOT NULL) STRICT",
          "CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE"
              + " UNIQUE) STRICT",
          "CREATE TABLE measurement (metric_id INTEGER NOT NULL, measure_time INTEGER NOT"
              + " NULL, id INTEGER NOT NULL, source_id INTEGER NOT NULL, count INTEGER NOT"
              + " NULL, sum ANY NOT NULL, min ANY, max ANY, sum_squares ANY,"
              + " PRIMARY KEY (metric_id, measure_time, id)) STRICT, WITHOUT ROWID",
          "CREATE TABLE tally (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT,"
              + " WITHOUT ROWID",
          "CREATE TABLE taken (key TEXT PRIMARY KEY, taken_at INTEGER NOT NULL) STRICT,"
              + " WITHOUT ROWID",
          "CREATE INDEX taken_by_time ON taken (taken_at)",
          "INSERT INTO tally VALUES ('measurements', 45004), ('last_measurement_id', 45009)",
          "INSERT INTO metric VALUES (1, 'Load', 'gauge', NULL, NULL, NULL, '{}'),"
              + " (2, 'hits', 'counter', NULL, NULL, NULL, '{}')",
          "INSERT INTO source VALUES (1, 'unassigned'), (2, 'Web-1')",
          "INSERT INTO measurement VALUES (1, "
              + T
              + ", 1, 1, 3, 4.5, NULL, 2.5, NULL),"
              + " (1, "
              + (T + 1)
              + ", 2, 1, 1, 3, 3, 3, 9),"
              + " (2, "
              + T
              + ", 3, 1, 1, 5, 5, 5, 25), (2, "
              + (T + 1)
              + ", 4, 1, 1, 9, 9, 9, 81)",
          "PRAGMA application_id = " + 0x5A427374,
          "PRAGMA user_version = 2");

  private static void submit(Metrics metrics, Writer writer, NewMeasurement... measurements)
      throws Exception {
    writer.apply(
        connection -> {
          new Submission(List.of(measurements)).make(metrics.tables());
          return null;
        });
  }

  private static NewMeasurement gauge(long time, long value) {
    return NewMeasurement.single(
        MetricType.GAUGE, "a", Tags.NONE, time, value, MetricProperties.NONE);
  }

  private static String values(Database database, long period) throws Exception {
    final LineQuery query = new LineQuery("a", Map.of(), T, T + DAY, period, Summary.SUM);
    final List<String> values = new ArrayList<>();
    for (final Line line : database.read(c -> Lines.read(c, query))) {
      values.add(Arrays.toString(line.values()));
    }
    return String.join(" ", values);
  }
}
