package io.zibrato.backends;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;

/**
 * Reads and writes the spool where the disk lets us, and says once that the state's file cannot be
 * written, and once that it can be again. Any thread.
 */
final class DiskTrouble {
  private static final Logger LOG = System.getLogger(DiskTrouble.class.getName());

  private final StateFile state;
  private boolean fails;

  DiskTrouble(StateFile state) {
    this.state = state;
  }

  interface Change {
    void make(SpoolTable table) throws SQLException;
  }

  interface Query<T> {
    T of(SpoolTable table) throws SQLException;
  }

  /** Writes in one transaction; false when the disk does not take it, and nothing is changed. */
  boolean write(Change change) {
    Query<Boolean> changed =
        table -> {
          change.make(table);
          return true;
        };
    return read(changed, false);
  }

  /** Reads in one transaction. */
  <T> T read(Query<T> query, T otherwise) {
    try {
      return state.transaction(connection -> query.of(new SpoolTable(connection)));
    } catch (SQLException e) {
      fails(e);
      return otherwise;
    }
  }

  synchronized void fails(SQLException e) {
    Level level = fails ? Level.DEBUG : Level.ERROR;
    LOG.log(level, "{0} cannot be written, will try again: {1}", state.file(), e.getMessage());
    fails = true;
  }

  synchronized void works() {
    if (fails) LOG.log(Level.INFO, "{0} can be written again", state.file());
    fails = false;
  }
}
