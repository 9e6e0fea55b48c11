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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The totals of all series since they were new, for services that take cumulative values: in
 * memory, and in {@code totals.db} beside the worker's state, so that they go on over restarts.
 *
 * <p>A backend adds each snapshot as it is flushed, as often as it likes: an interval is added to a
 * series once, whether it comes again after a failure, after a kill, or in other parts. Snapshots
 * come in the order of their intervals, as the worker delivers them.
 *
 * <p>A series that no interval has brought anything for {@code staleAfter} is forgotten; it begins
 * anew, from zero, when something comes. A file that cannot be read is put aside, and all series
 * begin anew.
 *
 * <p>Any thread.
 */
public final class Totals implements Closeable {
  /*
   * Each row says which interval was added to it last; a series is in an interval once, so that is all it takes to know what has been added. A row is changed on disk, then in memory.
   * What is too old is judged by the intervals' own time: a part that comes again after days finds its series as it left them.
   */
  private static final Logger LOG = System.getLogger(Totals.class.getName());
  private static final int PART_OF_HEAP = 4;
  private static final int ROW_BYTES = 200; // beside the measurement
  private static final StateFile.Layout LAYOUT =
      new StateFile.Layout(
          "totals",
          1,
          List.of("CREATE TABLE total (number INTEGER PRIMARY KEY, facts BLOB NOT NULL)"),
          1);

  private final Settings settings;
  private final StateFile file;
  private final long maxBytes = Runtime.getRuntime().maxMemory() / PART_OF_HEAP;
  private final Map<TotalsRow.Place, TotalsRow> rows = new LinkedHashMap<>(); // guarded by this
  private long bytes; // of all rows, about
  private long next = 1;
  private long sweptMillis = Long.MIN_VALUE;

  /**
   * Where totals are kept, and how many.
   *
   * @param folder the worker's state
   * @param staleAfter how long a series stays that nothing comes for
   * @param maxSeries the most; beyond them, and beyond a quarter of the heap, series are refused
   */
  public record Settings(Path folder, Duration staleAfter, int maxSeries) {
    public Settings {
      if (folder == null) throw new NullPointerException("folder == null");
      if (staleAfter.compareTo(Duration.ofSeconds(1)) < 0) {
        throw new IllegalArgumentException("staleAfter < 1 s: " + staleAfter);
      }
      if (maxSeries < 1) throw new IllegalArgumentException("maxSeries < 1: " + maxSeries);
    }
  }

  private Totals(Settings settings, StateFile file) {
    this.settings = settings;
    this.file = file;
  }

  /**
   * Opens the totals; to be called once the worker has its state, from {@link Backend#connect}.
   *
   * @throws IOException with a message for the user
   */
  public static Totals open(Settings settings) throws IOException {
    StateFile file = StateFile.open(settings.folder(), LAYOUT);
    Totals totals = new Totals(settings, file);
    try {
      file.transaction(totals::load);
    } catch (SQLException e) {
      file.close();
      throw new IOException("cannot read " + file.file() + ": " + e.getMessage(), e);
    }
    return totals;
  }

  private synchronized Void load(Connection connection) throws SQLException {
    List<Long> damaged = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet all = statement.executeQuery("SELECT number, facts FROM total ORDER BY number")) {
      while (all.next()) {
        long number = all.getLong(1);
        next = Math.max(next, number + 1);
        try {
          put(TotalsRow.decode(number, all.getBytes(2)));
        } catch (IOException | IllegalArgumentException e) {
          LOG.log(Level.ERROR, "{0}: a total begins anew: {1}", file.file(), e.getMessage());
          damaged.add(number);
        }
      }
    }
    delete(connection, damaged);
    return null;
  }

  /**
   * Adds what of the snapshot has not been added.
   *
   * @return the totals of the snapshot's series, one of each, in its order
   * @throws RetryException if the disk does not take it; nothing is added then
   * @throws RefusedException if there are too many series; what was not too many is added
   */
  public synchronized List<Total> add(Snapshot snapshot) throws RetryException, RefusedException {
    sweep(snapshot.endMillis());
    Map<TotalsRow.Place, TotalsRow> all = new LinkedHashMap<>();
    Map<TotalsRow.Place, TotalsRow> changed = new LinkedHashMap<>();
    int fresh = 0;
    int refused = 0;
    for (Measurement measurement : snapshot.measurements()) {
      TotalsRow.Place place = TotalsRow.Place.of(measurement);
      TotalsRow before = all.containsKey(place) ? all.get(place) : rows.get(place);
      if (before == null && !hasRoom(fresh)) {
        refused++;
        continue;
      }
      TotalsRow after =
          before == null
              ? TotalsRow.first(next + fresh++, measurement, snapshot)
              : before.plus(measurement, snapshot);
      all.put(place, after);
      if (after != before) changed.put(place, after);
    }
    write(changed.values(), List.of());
    changed.values().forEach(this::put);
    if (refused > 0) {
      throw new RefusedException(
          refused + " more than the " + rows.size() + " series there may be");
    }
    return all.values().stream().map(TotalsRow::total).toList();
  }

  private boolean hasRoom(int fresh) {
    return rows.size() + fresh < settings.maxSeries() && bytes < maxBytes;
  }

  /** Forgets what is too old for an interval that ended then. */
  private void sweep(long endMillis) throws RetryException {
    if (endMillis == sweptMillis) return;
    List<TotalsRow> stale = new ArrayList<>();
    for (TotalsRow row : rows.values()) {
      if (isStale(row, endMillis)) stale.add(row);
    }
    write(List.of(), stale);
    for (TotalsRow row : stale) {
      rows.remove(row.place());
      bytes -= cost(row);
    }
    sweptMillis = endMillis;
  }

  private boolean isStale(TotalsRow row, long nowMillis) {
    return nowMillis - row.endMillis() > settings.staleAfter().toMillis();
  }

  /** The totals of all series that are not stale now, those that are here longest first. */
  public synchronized List<Total> all(long nowMillis) {
    List<Total> all = new ArrayList<>(rows.size());
    for (TotalsRow row : rows.values()) {
      if (!isStale(row, nowMillis)) all.add(row.total());
    }
    return all;
  }

  private void put(TotalsRow row) {
    TotalsRow before = rows.put(row.place(), row);
    bytes += cost(row) - (before == null ? 0 : cost(before));
    next = Math.max(next, row.number() + 1);
  }

  private static long cost(TotalsRow row) {
    return ROW_BYTES + row.total().value().approximateBytes();
  }

  private void write(Collection<TotalsRow> changed, Collection<TotalsRow> gone)
      throws RetryException {
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
