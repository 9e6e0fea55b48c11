package io.zibrato.bench.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.Locale;

/**
 * Inserts the rows into a table of SQLite, in one transaction and as quickly as it goes: no HTTP,
 * no JSON, no index, nothing to be added up. Prints how many a second.
 */
public final class SqliteAlone {
  private SqliteAlone() {}

  /** Arguments: a folder, how many metrics, the first time, how many rows. */
  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[0], "alone.db");
    Rows rows = new Rows(Integer.parseInt(args[1]), Long.parseLong(args[2]));
    long count = Long.parseLong(args[3]);
    insert(file, rows, Math.min(count, 200_000)); // the compiler's share
    Files.delete(file);
    double seconds = insert(file, rows, count);
    System.out.printf(Locale.ROOT, "alone: %.0f rows a second%n", count / seconds);
  }

  private static double insert(Path file, Rows rows, long count) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute(
          "CREATE TABLE measurement (metric TEXT NOT NULL, source TEXT NOT NULL,"
              + " measure_time INTEGER NOT NULL, value REAL NOT NULL)");
      connection.setAutoCommit(false);
      long startNanos = System.nanoTime();
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO measurement VALUES (?, ?, ?, ?)")) {
        for (long row = 0; row < count; row++) {
          insert.setString(1, "metric-" + rows.metric(row));
          insert.setString(2, "source-" + rows.source(row));
          insert.setLong(3, rows.time(row));
          insert.setDouble(4, rows.value(row));
          insert.executeUpdate();
        }
      }
      connection.commit();
      return (System.nanoTime() - startNanos) / 1e9;
    }
  }
}
