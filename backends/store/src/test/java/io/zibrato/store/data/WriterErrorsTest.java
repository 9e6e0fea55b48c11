package io.zibrato.store.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The writer's thread outlives an Error of whatever it calls. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WriterErrorsTest {
  @TempDir Path dir;
  private Database database;
  private Writer writer;

  @BeforeEach
  void open() throws Exception {
    database = Database.open(dir);
    writer = Writer.start(database.writer());
  }

  @AfterEach
  void close() throws Exception {
    writer.close();
    database.close();
  }

  @Test
  void apply_anErrorIsAnsweredAndTakenBack() throws Exception {
    assertThatThrownBy(
            () ->
                writer.apply(
                    connection -> {
                      add(connection, "a");
                      throw new StackOverflowError("too deep");
                    }))
        .isInstanceOf(SQLException.class)
        .hasCauseInstanceOf(StackOverflowError.class);

    writer.apply(connection -> add(connection, "b"));
    assertThat(taken("a")).isFalse();
    assertThat(taken("b")).isTrue();
  }

  @Test
  void apply_worksAfterAnErrorOfAChore() throws Exception {
    final AtomicBoolean due = new AtomicBoolean(true);
    final CountDownLatch ran = new CountDownLatch(1);
    writer.addChore(
        new Writer.Chore() {
          @Override
          public boolean due() {
            return due.getAndSet(false);
          }

          @Override
          public boolean pressing() {
            return false;
          }

          @Override
          public void run(Connection connection) throws SQLException {
            add(connection, "a");
            ran.countDown();
            throw new OutOfMemoryError("of a chore");
          }
        });
    ran.await();

    writer.apply(connection -> add(connection, "b"));
    assertThat(taken("a")).isFalse();
    assertThat(taken("b")).isTrue();
  }

  @Test
  void apply_worksAfterAnErrorOfForgetting() throws Exception {
    final AtomicBoolean first = new AtomicBoolean(true);
    writer.onRollback(
        () -> {
          if (first.getAndSet(false)) {
            throw new OutOfMemoryError("of forgetting");
          }
        });
    assertThatThrownBy(
            () ->
                writer.apply(
                    connection -> {
                      add(connection, "a");
                      throw new SQLException("full");
                    }))
        .isInstanceOf(SQLException.class);

    writer.apply(connection -> add(connection, "b"));
    assertThat(taken("a")).isFalse();
    assertThat(taken("b")).isTrue();
  }

  private static Void add(Connection connection, String key) throws SQLException {
    try (var insert =
        connection.prepareStatement("INSERT INTO taken (key, taken_at) VALUES (?, 0)")) {
      insert.setString(1, key);
      insert.executeUpdate();
    }
    return null;
  }

  private boolean taken(String key) throws Exception {
    return database.read(
        connection -> {
          try (var select = connection.prepareStatement("SELECT 1 FROM taken WHERE key = ?")) {
            select.setString(1, key);
            return select.executeQuery().next();
          }
        });
  }
}
