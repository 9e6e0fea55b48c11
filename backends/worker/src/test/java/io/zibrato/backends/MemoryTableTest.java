package io.zibrato.backends;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backend remembers is there after a kill if, and only if, the interval is. */
class MemoryTableTest {
  @TempDir private Path dir;

  /** Remembers of each series the interval that had it first. */
  private static final class Firsts implements Memory {
    final Map<String, Long> firsts = new TreeMap<>();
    final List<String> unsaved = new ArrayList<>();
    String toForget;

    @Override
    public void recall(byte[] key, byte[] value) {
      firsts.put(new String(key, UTF_8), Long.valueOf(new String(value, UTF_8)));
    }

    @Override
    public void closed(Snapshot interval) {
      for (Measurement each : interval.measurements()) {
        String name = each.key().name();
        if (name.equals("bad")) throw new IllegalStateException("bad");
        if (firsts.putIfAbsent(name, interval.id()) == null) unsaved.add(name);
      }
    }

    @Override
    public void save(Sink sink) throws IOException {
      if (toForget != null) sink.remove(toForget.getBytes(UTF_8));
      for (String name : unsaved) {
        sink.put(name.getBytes(UTF_8), firsts.get(name).toString().getBytes(UTF_8));
      }
    }

    @Override
    public void saved() {
      unsaved.clear();
    }
  }

  private Firsts memory = new Firsts();

  private Books open() throws IOException {
    memory = new Firsts();
    return open(memory);
  }

  private Books open(Memory backends) throws IOException {
    WorkerOptions options =
        new WorkerOptions(
            List.of("tcp://127.0.0.1:1"),
            Set.of(),
            Duration.ofSeconds(1),
            dir,
            1 << 20,
            Duration.ofDays(1),
            Duration.ofSeconds(1),
            "s",
            Optional.empty());
    return Books.open(options, Optional.of(backends));
  }

  private static void flush(Books books, String... names) {
    for (String name : names) books.interval().add(new CounterTotal(new SeriesKey(name, ""), 1));
    books.flush(10);
  }

  @Test
  void memory_isThereAfterAKill() throws Exception {
    Books books = open();
    flush(books, "a", "\u00e9");
    flush(books, "a", "b");
    books.interval().add(new CounterTotal(new SeriesKey("unflushed", ""), 1));
    books.state().close(); // and nothing of what a worker's end does

    open().close();

    assertThat(memory.firsts)
        .containsExactlyInAnyOrderEntriesOf(Map.of("a", 1L, "\u00e9", 1L, "b", 2L));
    assertThat(memory.unsaved).isEmpty();
  }

  @Test
  void memory_forgets() throws Exception {
    Books books = open();
    flush(books, "a", "b");
    memory.toForget = "a";
    flush(books);
    books.close();

    open().close();

    assertThat(memory.firsts.keySet()).containsExactly("b");
  }

  @Test
  void memory_isHandedOverAgainWhereTheDiskTookNothing() throws Exception {
    Books books = open();
    execute(
        books, "CREATE TRIGGER full BEFORE INSERT ON memory BEGIN SELECT RAISE(FAIL, 'full'); END");
    flush(books, "a");
    assertThat(memory.unsaved).containsExactly("a");
    assertThat(books.spool().oldest(0)).as("what nobody could name again").isNull();
    execute(books, "DROP TRIGGER full");
    flush(books);

    assertThat(memory.unsaved).isEmpty();
    assertThat(books.spool().oldest(0)).isNotNull();
    books.close();
    open().close();
    assertThat(memory.firsts).isEqualTo(Map.of("a", 1L));
  }

  @Test
  void damagedRow_isLeftOutAlone() throws Exception {
    Books books = open();
    flush(books, "a", "b", "c");
    execute(books, "UPDATE memory SET value = value || x'00' WHERE key = CAST('a' AS BLOB)");
    execute(
        books,
        "UPDATE memory SET value = (SELECT value FROM memory WHERE key = CAST('c' AS BLOB))"
            + " WHERE key = CAST('b' AS BLOB)");
    books.close();

    open().close();

    assertThat(memory.firsts.keySet()).containsExactly("c");
  }

  @Test
  void backendThatFails_doesNotKeepTheIntervalFromBeingKept() throws Exception {
    try (Books books = open()) {
      flush(books, "bad");

      assertThat(books.spool().held().measurements()).isEqualTo(1);
    }
  }

  private static void execute(Books books, String sql) throws SQLException {
    books.state().transaction(connection -> connection.createStatement().execute(sql));
  }
}
