package io.zibrato.backends;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many measurements were booked, delivered, and lost by cause, since the state began: over all
 * runs of a worker. In the state's file, at any time,
 *
 * <pre>
 * booked = merged + left out + closed + what was lost on the way into the interval
 * closed = delivered + held + refused + what was lost of closed intervals
 * </pre>
 *
 * <p>What was booked into an interval that was still open when a worker was killed is in none of
 * these: the worker after it books it again.
 */
final class Tally {
  /*
   * What happens to the spool's parts is added in the transaction that adds or deletes them, by SpoolTable.count; all else is written with each flush, which closes
   * what it counts. So a kill between two transactions leaves the sums whole.
   */
  static final String BOOKED = "booked";
  static final String MERGED = "merged";
  static final String LEFT_OUT = "left out";
  static final String CLOSED = "closed";
  static final String DELIVERED = "delivered";

  /** Parts, not measurements, that were delivered again though the service may have taken them. */
  static final String AMBIGUOUS = "ambiguous";

  private static final String LOST = "lost ";
  private static final String APPLICATIONS_LOST = "applications lost ";

  private final Map<String, Long> before; // as it was when this worker began

  private Tally(Map<String, Long> before) {
    this.before = before;
  }

  /** The name under which a loss of this worker's is counted. */
  static String lost(String cause) {
    return LOST + cause;
  }

  static Tally load(Connection connection) throws SQLException {
    Map<String, Long> all = new TreeMap<>();
    try (PreparedStatement select = connection.prepareStatement("SELECT name, n FROM tally");
        ResultSet row = select.executeQuery()) {
      while (row.next()) all.put(row.getString(1), row.getLong(2));
    }
    return new Tally(all);
  }

  /** Writes what was before, and what this worker added to it, but for the spool's. */
  void save(Connection connection, WorkerCounts counts) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO tally VALUES (?1, ?2)"
                + " ON CONFLICT (name) DO UPDATE SET n = ?2 WHERE n <> ?2")) {
      save(insert, BOOKED, counts.booked.get());
      save(insert, MERGED, counts.merged.get());
      save(insert, LEFT_OUT, counts.leftOut.get());
      for (Map.Entry<String, Long> lost : counts.losses.byCause().entrySet()) {
        Loss.Stage stage = Loss.stage(lost.getKey());
        if (stage == Loss.Stage.SPOOL || stage == Loss.Stage.SERVICE) continue;
        save(insert, LOST + lost.getKey(), lost.getValue());
      }
      for (Map.Entry<String, Long> lost : counts.losses.byCauseOfApplications().entrySet()) {
        save(insert, APPLICATIONS_LOST + lost.getKey(), lost.getValue());
      }
    }
  }

  private void save(PreparedStatement insert, String name, long added) throws SQLException {
    insert.setString(1, name);
    insert.setLong(2, Saturating.sum(of(name), added));
    insert.execute();
  }

  /** One of the numbers above. */
  long of(String name) {
    return before.getOrDefault(name, 0L);
  }

  /** By the workers of this state, by cause. */
  Map<String, Long> lost() {
    return beginningWith(LOST);
  }

  /** By applications, as they said to those workers, by cause. */
  Map<String, Long> lostByApplications() {
    return beginningWith(APPLICATIONS_LOST);
  }

  private Map<String, Long> beginningWith(String prefix) {
    Map<String, Long> some = new TreeMap<>();
    before.forEach(
        (name, n) -> {
          if (name.startsWith(prefix)) some.put(name.substring(prefix.length()), n);
        });
    return some;
  }
}
