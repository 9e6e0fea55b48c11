package io.zibrato.backends;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;

/** Says once that the state's file cannot be written, and once that it can be again. Any thread. */
final class DiskTrouble {
  private static final Logger LOG = System.getLogger(DiskTrouble.class.getName());

  private final StateFile state;
  private boolean fails;

  DiskTrouble(StateFile state) {
    this.state = state;
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
