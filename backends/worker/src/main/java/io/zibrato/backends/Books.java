package io.zibrato.backends;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * All that a worker keeps, and goes on from when it is started again: what is booked, what the
 * service has not taken, what was delivered and lost. The open interval is not on disk: what is in
 * it is not booked there either.
 *
 * @param tally of the workers of this state before this one
 * @param memory of the backend
 */
record Books(
    StateFile state,
    WorkerCounts counts,
    Ledger ledger,
    Interval interval,
    Spool spool,
    Tally tally,
    Optional<Memory> memory)
    implements Closeable {
  private static final Logger LOG = System.getLogger(Books.class.getName());
  private static final String INTERVAL = "interval";

  /**
   * @param memory is given back what was kept of it
   * @throws IOException when the state cannot be opened, with a message for the user
   */
  static Books open(WorkerOptions options, Optional<Memory> memory) throws IOException {
    StateFile state = StateFile.open(options.state());
    try {
      return load(state, options, memory, System.currentTimeMillis());
    } catch (SQLException e) {
      state.close();
      throw new IOException("cannot read " + state.file() + ": " + e.getMessage(), e);
    }
  }

  private static Books load(
      StateFile state, WorkerOptions options, Optional<Memory> memory, long nowMillis)
      throws SQLException {
    WorkerCounts counts = new WorkerCounts();
    if (state.damaged()) {
      counts.losses.add(Loss.STATE_DAMAGED, 1, () -> "all of " + state.file());
    }
    Ledger ledger =
        state.transaction(connection -> LedgerTables.load(connection, nowMillis, counts.losses));
    long last = state.transaction(connection -> LedgerTables.number(connection, INTERVAL, 0));
    Interval interval = new Interval(last + 1, nowMillis, counts.losses);
    Spool spool = new Spool(state, options.spoolMaxBytes(), options.spoolMaxAge(), counts);
    Tally tally = state.transaction(Tally::load);
    if (memory.isPresent()) recall(state, memory.get());
    return new Books(state, counts, ledger, interval, spool, tally, memory);
  }

  private static void recall(StateFile state, Memory memory) throws SQLException {
    state.transaction(
        connection -> {
          MemoryTable.load(connection, memory);
          return null;
        });
  }

  /**
   * Closes the interval, and puts it into the spool in parts, in one transaction with what is
   * booked.
   */
  Snapshot flush(int batchSize) {
    Snapshot closed = interval.close(System.currentTimeMillis());
    counts.look(interval);
    show(closed);
    boolean kept =
        spool.add(
            closed.batches(batchSize),
            connection -> {
              LedgerTables.save(connection, ledger);
              LedgerTables.setNumber(connection, INTERVAL, closed.id());
              tally.save(connection, counts);
              saveMemory(connection);
            });
    if (kept) {
      ledger.saved();
      memory.ifPresent(Memory::saved);
    }
    return closed;
  }

  private void show(Snapshot closed) {
    try {
      memory.ifPresent(each -> each.closed(closed));
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "the backend failed on a closed interval", e);
    }
  }

  private void saveMemory(Connection connection) throws SQLException {
    if (memory.isPresent()) MemoryTable.save(connection, memory.get());
  }

  /** Keeps what was delivered and lost since the last flush, and closes the file. */
  @Override
  public void close() throws IOException {
    try (state) {
      spool.add(
          List.of(),
          connection -> {
            tally.save(connection, counts);
            saveMemory(connection);
          });
    }
  }
}
