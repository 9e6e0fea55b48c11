package io.zibrato.store.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zibrato.store.http.RefusedQuery;
import io.zibrato.store.http.Reply;
import io.zibrato.store.metrics.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.Function;

class DatabaseTest {
  @TempDir Path dir;

  @Test
  void open_writesAheadAndSyncs() throws Exception {
    try (Database database = Database.open(dir.resolve("new/one"));
        Statement statement = database.writer().createStatement()) {
      assertThat(value(statement, "PRAGMA journal_mode")).isEqualTo("wal");
      assertThat(value(statement, "PRAGMA synchronous")).isEqualTo("2");
    }
  }

  @Test
  void open_again_keepsTheVersion() throws Exception {
    Database.open(dir).close();

    try (Database database = Database.open(dir)) {
      final long rows = database.read(c -> Tally.read(c, "measurements"));
      assertThat(rows).isZero();
    }
  }

  @Test
  void open_refusesADirectoryInUse() throws Exception {
    try (Database first = Database.open(dir)) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> Database.open(dir))
          .isInstanceOf(IOException.class)
          .hasMessage("--data " + dir + " is in use by another store");
    }
    Database.open(dir).close();
  }

  @Test
  void open_refusesAPathBelowAFile() throws Exception {
    final Path file = Files.createFile(dir.resolve("file"));

    assertThatThrownBy(() -> Database.open(file.resolve("data")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot write to --data " + file.resolve("data"));
  }

  @Test
  void open_refusesANewerSchema() throws Exception {
    Database.open(dir).close();
    execute("PRAGMA user_version = 99");

    assertThatThrownBy(() -> Database.open(dir))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("its schema is version 99");
  }

  @Test
  void open_refusesAnotherProgramsDatabase() throws Exception {
    execute("CREATE TABLE other (x)");

    assertThatThrownBy(() -> Database.open(dir))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it is not a database of the store");
  }

  @Test
  void open_refusesWhatIsNoDatabase() throws Exception {
    Files.writeString(dir.resolve("store.db"), "no database at all ".repeat(100));

    assertThatThrownBy(() -> Database.open(dir))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot open " + dir.resolve("store.db"));
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void close_endsWhatIsStillRunning() throws Exception {
    final ExecutorService threads = Executors.newFixedThreadPool(2);
    final CountDownLatch running = new CountDownLatch(2);
    final Database database = Database.open(dir);
    final Future<Object> read =
        threads.submit(() -> database.read(reader -> endless(reader, running)));
    final Future<Object> write = threads.submit(() -> endless(database.writer(), running));
    running.await();

    database.close();

    assertThatThrownBy(read::get).hasCauseInstanceOf(SQLException.class);
    assertThatThrownBy(write::get).hasCauseInstanceOf(SQLException.class);
    threads.shutdown();
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void read_isRefusedWhileAllConnectionsAreTakenForLong() throws Exception {
    final ExecutorService threads = Executors.newCachedThreadPool();
    final CountDownLatch reading = new CountDownLatch(4);
    final CountDownLatch held = new CountDownLatch(1);
    try (Database database = Database.open(dir)) {
      for (int i = 0; i < 4; i++) {
        threads.submit(() -> database.read(reader -> hold(reading, held)));
      }
      reading.await();

      assertThatThrownBy(() -> database.read(c -> Tally.read(c, "measurements")))
          .isInstanceOfSatisfying(
              RefusedQuery.class,
              refused -> {
                final Reply reply = refused.error().reply(0);
                assertThat(reply.status()).isEqualTo(503);
                assertThat(reply.headers()).containsKey("Retry-After");
              });
      held.countDown();
      assertThat(database.<Long>read(c -> Tally.read(c, "measurements"))).isZero();
    } finally {
      held.countDown();
      threads.shutdownNow();
    }
  }

  private static Object hold(CountDownLatch reading, CountDownLatch held) {
    reading.countDown();
    try {
      held.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return held;
  }

  /** One step of a query that never ends, and counts down from within it. */
  private static Object endless(Connection connection, CountDownLatch running) throws SQLException {
    final Function started =
        new Function() {
          @Override
          protected void xFunc() throws SQLException {
            running.countDown();
            result(1);
          }
        };
    Function.create(connection, "started", started);
    try (Statement statement = connection.createStatement()) {
      return statement.executeQuery(
          "WITH RECURSIVE n(x) AS (SELECT started() UNION ALL SELECT x FROM n)"
              + " SELECT count(*) FROM n");
    }
  }

  private void execute(String sql) throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("store.db"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String value(Statement statement, String sql) throws Exception {
    try (ResultSet row = statement.executeQuery(sql)) {
      return row.getString(1);
    }
  }
}
