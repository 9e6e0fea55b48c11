package io.zibrato.store.resources.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.store.data.Database;
import io.zibrato.store.data.Writer;
import io.zibrato.store.resources.Sql;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluatorTest {
  private static final long NOW = 1_700_000_040;

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

  /** Without conditions none is triggered, so that each clears, and says so. */
  private void triggered(String name) throws Exception {
    writer.apply(
        connection ->
            Sql.update(
                connection,
                "INSERT INTO alert (name, attributes, active, rearm_seconds, rearm_per_signal, md,"
                    + " created_at, updated_at, revision, state, since, triggered_at, notified_at,"
                    + " incident) VALUES (?, '{}', 1, 600, 0, 0, 1, 1, 1, ?, 1, 1, 1, 'i')",
                name,
                State.TRIGGERED.word()));
  }

  @Test
  void round_anErrorOfOneAlertLeavesTheOthersAlone() throws Exception {
    triggered("a");
    triggered("b");
    final AtomicInteger notices = new AtomicInteger();
    final Runnable noticed =
        () -> {
          if (notices.getAndIncrement() == 0) {
            throw new StackOverflowError("too deep");
          }
        };

    new Evaluator(database, writer, null, NOW, noticed).round(NOW);

    assertThat(notices).hasValue(2);
    final List<String> states =
        database.read(
            connection -> Sql.list(connection, row -> row.getString(1), "SELECT state FROM alert"));
    assertThat(states).containsOnly(State.OK.word());
  }
}
