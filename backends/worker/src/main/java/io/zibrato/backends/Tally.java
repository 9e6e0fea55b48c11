package io.zibrato.backends;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** How much was delivered, and lost by cause, since the state began: over all runs of a worker. */
final class Tally {
  private static final String DELIVERED = "delivered";
  private static final String LOST = "lost ";

  private final Map<String, Long> before; // as it was when this worker began

  private Tally(Map<String, Long> before) {
    this.before = before;
  }

  static Tally load(Connection connection) throws SQLException {
    Map<String, Long> all = new TreeMap<>();
    try (PreparedStatement select = connection.prepareStatement("SELECT name, n FROM tally");
        ResultSet row = select.executeQuery()) {
      while (row.next()) all.put(row.getString(1), row.getLong(2));
    }
    return new Tally(all);
  }

  /** Writes what was before, and what this worker added to it. */
  void save(Connection connection, WorkerCounts counts) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO tally VALUES (?1, ?2)"
                + " ON CONFLICT (name) DO UPDATE SET n = ?2 WHERE n <> ?2")) {
      save(insert, DELIVERED, counts.delivered.get());
      for (Map.Entry<String, Long> lost : counts.losses.byCause().entrySet()) {
        save(insert, LOST + lost.getKey(), lost.getValue());
      }
    }
  }

  private void save(PreparedStatement insert, String name, long added) throws SQLException {
    insert.setString(1, name);
    insert.setLong(2, before.getOrDefault(name, 0L) + added);
    insert.execute();
  }

  long delivered() {
    return before.getOrDefault(DELIVERED, 0L);
  }

  /** By cause. */
  Map<String, Long> lost() {
    Map<String, Long> lost = new TreeMap<>();
    before.forEach(
        (name, n) -> {
          if (name.startsWith(LOST)) lost.put(name.substring(LOST.length()), n);
        });
    return lost;
  }
}
