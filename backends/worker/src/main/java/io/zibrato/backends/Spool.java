package io.zibrato.backends;

import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Closed snapshots, in parts, that the service has not taken yet: oldest first, on disk, bounded by
 * size and age.
 *
 * <p>When there are too many, or the oldest is too old, it goes and is counted, but never the one
 * in hand. Any thread adds; one thread delivers. While the disk takes nothing, what is added waits
 * in memory, and what was delivered is remembered there.
 */
final class Spool {
  /*
   * A part in hand is marked as in doubt until its fate is known: one that is found so may have been taken by the service, and we did not hear of it, or were killed. Handing it out
   * again is counted, in the transaction that does.
   * A part that the service took is deleted by the transaction that looks for the next one, which saves a wait for the disk.
   * Of the halves of a part, the second takes its place, and the first the one before: what is in hand is always the first.
   */
  private static final int MAX_SET_ASIDE = 10_000;
  private static final int MAX_TOLD = 1000;
  private static final long DISK_PAUSE_MILLIS = 1000;

  private final StateFile state;
  private final long maxBytes;
  private final Duration maxAge;
  private final WorkerCounts counts;
  private final LossTally losses;
  private final DiskTrouble trouble;
  private final SteadyClock clock = new SteadyClock(); // one jump must not make all of it too old
  private final Pending pending; // guarded by this, like all below
  private final Settlement settled = new Settlement();
  private SpoolTable.Row inHand;
  private Long doubted; // the place of the part handed out last; null when its fate is known
  private Snapshot snapshotInHand;
  private boolean woken;
  private final Holding holding;
  private long end;

  /** Writes what belongs to the same moment, in the same transaction. */
  interface Alongside {
    void write(Connection connection) throws SQLException;
  }

  Spool(StateFile state, long maxBytes, Duration maxAge, WorkerCounts counts) throws SQLException {
    this.state = state;
    this.maxBytes = maxBytes;
    this.maxAge = maxAge;
    this.counts = counts;
    this.losses = counts.losses;
    this.pending = new Pending(losses);
    this.trouble = new DiskTrouble(state);
    holding = state.transaction(this::look);
    counts.found.set(holding.measurements());
  }

  private Holding look(Connection connection) throws SQLException {
    SpoolTable table = new SpoolTable(connection);
    end = table.end();
    return new Holding(table.totals(), table.oldest(1), pending);
  }

  /**
   * Adds the parts, and writes {@code alongside}, in one transaction.
   *
   * @return whether the disk took it; if not, the parts wait in memory for the next call
   */
  synchronized boolean add(List<Snapshot> parts, Alongside alongside) {
    pending.add(parts);
    for (Snapshot part : parts) counts.closed.addAndGet(part.size());
    List<SpoolTable.Row> added = new ArrayList<>();
    List<SpoolTable.Row> dropped = new ArrayList<>();
    List<SpoolTable.Row> oldest = new ArrayList<>();
    long tooOldMillis = clock.millis() - maxAge.toMillis();
    try {
      state.transaction(
          connection -> {
            SpoolTable table = new SpoolTable(connection);
            settled.write(table);
            for (Snapshot part : pending.parts()) added.add(table.insert(end + added.size(), part));
            long tooManyBytes = holding.bytes() + SpoolTable.Row.bytes(added) - maxBytes;
            dropped.addAll(table.deleteOldest(tooManyBytes, tooOldMillis, inHand));
            table.count(Tally.CLOSED, SpoolTable.Row.measurements(added));
            for (SpoolTable.Row row : dropped) {
              table.count(Tally.lost(causeOf(row, tooOldMillis)), row.measurements());
            }
            alongside.write(connection);
            oldest.addAll(table.oldest(1));
            return null;
          });
    } catch (SQLException e) {
      trouble.fails(e);
      settled.neverKept(Loss.SPOOL_FULL, pending.bound(maxBytes));
      holding.publish();
      return false;
    }
    trouble.works();
    settled.clear();
    pending.clear();
    end += added.size();
    holding.add(added);
    for (SpoolTable.Row row : dropped) lose(row, tooOldMillis);
    holding.oldest(oldest);
    holding.publish();
    notifyAll();
    return true;
  }

  private void lose(SpoolTable.Row row, long tooOldMillis) {
    holding.remove(row);
    losses.add(
        causeOf(row, tooOldMillis),
        row.measurements(),
        () -> "the oldest of more than " + maxBytes + " bytes, or older than " + maxAge);
  }

  private static String causeOf(SpoolTable.Row dropped, long tooOldMillis) {
    return dropped.endMillis() < tooOldMillis ? Loss.SPOOL_AGE : Loss.SPOOL_FULL;
  }

  /**
   * The oldest part, which stays in hand until {@link #accepted}, {@link #split} or {@link
   * #refuse}. Waits for one at most so long, and less after {@link #wake}.
   *
   * <p>None is handed out that the disk does not take the mark of: should we be killed, the next
   * worker would deliver it again, and tell nobody.
   *
   * @return null if there is none, or none that the disk gives back
   */
  synchronized Snapshot oldest(long waitMillis) throws InterruptedException {
    if (holding.measurements() == 0 && settled.parts() == 0) await(waitMillis);
    inHand = null;
    try {
      SpoolTable.Row first = state.transaction(this::markOldest);
      settled.clear();
      trouble.works();
      return inHand(first);
    } catch (SQLException e) {
      trouble.fails(e);
    }
    pause(DISK_PAUSE_MILLIS);
    return null;
  }

  private SpoolTable.Row markOldest(Connection connection) throws SQLException {
    SpoolTable table = new SpoolTable(connection);
    settled.write(table);
    List<SpoolTable.Row> first = table.oldest(1);
    if (first.isEmpty()) return null;
    table.setInDoubt(first.get(0).place(), true);
    if (isAgain(first.get(0))) table.count(Tally.AMBIGUOUS, 1);
    return first.get(0);
  }

  /** Whether the service may have taken it before. */
  private boolean isAgain(SpoolTable.Row row) {
    return row != null && (row.inDoubt() || Long.valueOf(row.place()).equals(doubted));
  }

  /** Reads what is in the row, which is in hand then; a damaged one is given up. */
  private Snapshot inHand(SpoolTable.Row row) throws SQLException {
    if (row == null) return null;
    try {
      snapshotInHand =
          state.transaction(connection -> new SpoolTable(connection).read(row.place()));
      inHand = row;
      holding.oldest(List.of(row));
      holding.publish();
      if (isAgain(row)) counts.ambiguousRetries.incrementAndGet();
      doubted = row.place();
      return snapshotInHand;
    } catch (UncheckedIOException e) {
      losses.add(Loss.SPOOL_DAMAGED, row.measurements(), e.getCause()::getMessage);
      settled.damaged(row);
      holding.remove(row);
      holding.publish();
      return null;
    }
  }

  /** Waits so long, or until {@link #wake}. */
  synchronized void pause(long millis) throws InterruptedException {
    long untilNanos = System.nanoTime() + millis * 1_000_000;
    for (long left = millis; left > 0 && !woken; ) {
      wait(left);
      left = (untilNanos - System.nanoTime()) / 1_000_000;
    }
    woken = false;
  }

  private void await(long millis) throws InterruptedException {
    if (!woken && millis > 0) wait(millis);
    woken = false;
  }

  /** Ends the wait that the deliverer is in, or else its next one. */
  synchronized void wake() {
    woken = true;
    notifyAll();
  }

  /** The part in hand was taken by the service. */
  void accepted() {
    accepted(Map.of(), "");
  }

  /** It was, but for so many measurements by cause. */
  synchronized void accepted(Map<String, Long> lost, String reason) {
    if (inHand == null) return;
    long taken = settled.delivered(inHand, lost);
    holding.remove(inHand);
    holding.publish();
    counts.delivered.addAndGet(taken);
    lost.forEach((cause, n) -> losses.add(cause, n, () -> reason));
    inHand = null;
    doubted = null;
  }

  /** The part in hand was not taken by the service, for certain. */
  synchronized void notTaken() {
    if (inHand == null) return;
    long place = inHand.place();
    doubted = null;
    trouble.write(table -> table.setInDoubt(place, false));
  }

  /** Puts its halves in the place of the part in hand; false when the disk does not take them. */
  synchronized boolean split() {
    if (inHand == null) return true;
    SpoolTable.Row whole = inHand;
    List<Snapshot> halves = snapshotInHand.halves();
    List<SpoolTable.Row> added = new ArrayList<>();
    DiskTrouble.Change halved =
        table -> {
          table.delete(whole.place());
          added.add(table.insert(whole.place() - 1, halves.get(0)));
          added.add(table.insert(whole.place(), halves.get(1)));
        };
    if (!trouble.write(halved)) return false;
    inHand = null;
    doubted = null;
    holding.remove(whole);
    holding.add(added);
    holding.publish();
    return true;
  }

  /** Sets the part in hand aside for good; false when the disk does not take it. */
  synchronized boolean refuse(String reason) {
    if (inHand == null) return true;
    SpoolTable.Row row = inHand;
    Snapshot part = snapshotInHand;
    boolean written =
        trouble.write(
            table -> {
              table.delete(row.place());
              table.setAside(part, System.currentTimeMillis(), reason, MAX_SET_ASIDE);
              table.count(Tally.lost(Loss.REFUSED), part.size());
            });
    if (!written) return false;
    inHand = null;
    doubted = null;
    holding.remove(row);
    holding.publish();
    for (Measurement measurement : part.measurements()) {
      losses.add(Loss.REFUSED, 1, () -> measurement.key() + ": " + reason);
    }
    return true;
  }

  /** What was refused last, at most 1000 parts of one measurement, oldest first. */
  List<Refused> refused() {
    return trouble.read(table -> table.refused(MAX_TOLD), List.of());
  }

  /** As it was when it last changed. Waits for no disk, however long that takes for a change. */
  Holding.Held held() {
    return holding.now();
  }

  /**
   * Nothing is in hand any more, nor added or delivered. What waits for the disk is lost, and
   * counted; the rest is there when the spool is opened again.
   */
  synchronized void end(String reason) {
    inHand = null;
    // Not what is pending: without the ledger that belongs to it, it would count twice.
    settled.neverKept(Loss.UNDELIVERED, pending.giveUp(reason));
    if (trouble.write(settled::write)) settled.clear();
    holding.publish();
  }
}
