package io.zibrato.backends;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** {@code totals.db}, a row for each total. For {@link Totals}, which guards it. */
final class TotalsFile implements Closeable {
  private static final Logger LOG = System.getLogger(Totals.class.getName());
  private static final StateFile.Layout LAYOUT =
      new StateFile.Layout(
          "totals",
          1,
          List.of("CREATE TABLE total (number INTEGER PRIMARY KEY, facts BLOB NOT NULL)"),
          1);

  private final StateFile file;

  private TotalsFile(StateFile file) {
    this.file = file;
  }

  /**
   * @throws IOException with a message for the user
   */
  static TotalsFile open(Path folder) throws IOException {
    return new TotalsFile(StateFile.open(folder, LAYOUT));
  }

  /**
   * All rows, in the order of their numbers; those that are damaged are deleted.
   *
   * @throws IOException with a message for the user
   */
  List<TotalsRow> load() throws IOException {
    try {
      return file.transaction(this::load);
    } catch (SQLException e) {
      throw new IOException("cannot read " + file.file() + ": " + e.getMessage(), e);
    }
  }

  private List<TotalsRow> load(Connection connection) throws SQLException {
    List<TotalsRow> rows = new ArrayList<>();
    List<Long> damaged = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet all = statement.executeQuery("SELECT number, facts FROM total ORDER BY number")) {
      while (all.next()) {
        long number = all.getLong(1);
        try {
          rows.add(TotalsRow.decode(number, all.getBytes(2)));
        } catch (IOException | IllegalArgumentException e) {
          LOG.log(Level.ERROR, "{0}: a total begins anew: {1}", file.file(), e.getMessage());
          damaged.add(number);
        }
      }
    }
    delete(connection, damaged);
    return rows;
  }

  /** In one transaction: all of it, or nothing. */
  void write(Collection<TotalsRow> changed, Collection<TotalsRow> gone) throws RetryException {
    if (changed.isEmpty() && gone.isEmpty()) return;
    try {
      file.transaction(
          connection -> {
            insert(connection, changed);
            delete(connection, gone.stream().map(TotalsRow::number).toList());
            return null;
          });
    } catch (SQLException e) {
      String message = file.file() + " cannot be written: " + e.getMessage();
      throw new RetryException(message, Duration.ZERO, false, e);
    }
  }

  private static void insert(Connection connection, Collection<TotalsRow> changed)
      throws SQLException {
    String insert = "INSERT OR REPLACE INTO total (number, facts) VALUES (?, ?)";
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      for (TotalsRow row : changed) {
        statement.setLong(1, row.number());
        statement.setBytes(2, row.encode());
        statement.executeUpdate();
      }
    }
  }

  private static void delete(Connection connection, List<Long> numbers) throws SQLException {
    String delete = "DELETE FROM total WHERE number = ?";
    try (PreparedStatement statement = connection.prepareStatement(delete)) {
      for (long number : numbers) {
        statement.setLong(1, number);
        statement.executeUpdate();
      }
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
