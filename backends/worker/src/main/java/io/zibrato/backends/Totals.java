package io.zibrato.backends;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

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
   * A row is too old by two clocks. By the intervals' own time: a part that comes again after days finds its series as it left them. And by time that went by here: a jump of the wall
   * clock, which intervals have theirs from, makes nothing old. What went by before we began is judged by the row that changed last then.
   * Who is too old is found as an interval begins, when all of the one before has come, which may have brought them something.
   */
  private static final int PART_OF_HEAP = 4;
  private static final int ROW_BYTES = 200; // beside the measurement

  private final Settings settings;
  private final TotalsFile file;
  private final LongSupplier nanoTime;
  private final long maxBytes = Runtime.getRuntime().maxMemory() / PART_OF_HEAP;
  private final Map<TotalsRow.Place, Held> rows = new LinkedHashMap<>(); // guarded by this
  private long bytes; // of all rows, about
  private long next = 1;
  private long interval; // the last that came, like its end
  private long endMillis;
  private List<TotalsRow> leaving = List.of(); // found, and still on disk

  /**
   * Where totals are kept, and how many.
   *
   * @param folder the worker's state
   * @param staleAfter how long a series stays that nothing comes for
   * @param maxSeries the most; beyond them, and beyond a quarter of the heap, there is no room
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

  /** A row, and when it changed last, by what goes by here. */
  private record Held(TotalsRow row, long seenMillis) {}

  private Totals(Settings settings, TotalsFile file, LongSupplier nanoTime) {
    this.settings = settings;
    this.file = file;
    this.nanoTime = nanoTime;
  }

  /**
   * Opens the totals; to be called once the worker has its state, from {@link Backend#connect}.
   *
   * @throws IOException with a message for the user
   */
  public static Totals open(Settings settings) throws IOException {
    return open(settings, System::nanoTime);
  }

  static Totals open(Settings settings, LongSupplier nanoTime) throws IOException {
    TotalsFile file = TotalsFile.open(settings.folder());
    try {
      Totals totals = new Totals(settings, file, nanoTime);
      totals.goOn(file.load());
      return totals;
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private synchronized void goOn(List<TotalsRow> kept) {
    if (kept.isEmpty()) return;
    TotalsRow last = Collections.max(kept, Comparator.comparingLong(TotalsRow::endMillis));
    interval = last.interval();
    endMillis = last.endMillis();
    for (TotalsRow row : kept) put(row, nowMillis() - (endMillis - row.endMillis()));
  }

  private long nowMillis() {
    return nanoTime.getAsLong() / 1_000_000;
  }

  /**
   * Forgets what {@link #stale} tells of, and adds what of the part has not been added. What there
   * is no room for is left out, and told.
   *
   * @throws RetryException if the disk does not take it; nothing is added then
   */
  public synchronized Added add(Snapshot part) throws RetryException {
    forget(leaving(part));
    Map<TotalsRow.Place, TotalsRow> all = new LinkedHashMap<>();
    Map<TotalsRow.Place, TotalsRow> changed = new LinkedHashMap<>();
    int fresh = 0;
    int withoutRoom = 0;
    for (Measurement measurement : part.measurements()) {
      TotalsRow.Place place = TotalsRow.Place.of(measurement);
      TotalsRow before = all.containsKey(place) ? all.get(place) : row(place);
      if (before == null && !hasRoom(fresh)) {
        withoutRoom++;
        continue;
      }
      TotalsRow after =
          before == null
              ? TotalsRow.first(next + fresh++, measurement, part)
              : before.plus(measurement, part);
      all.put(place, after);
      if (after != before) changed.put(place, after);
    }
    file.write(changed.values(), List.of());
    for (TotalsRow row : changed.values()) put(row, nowMillis());
    return new Added(
        all.values().stream().map(TotalsRow::total).toList(), withoutRoom, rows.size());
  }

  private TotalsRow row(TotalsRow.Place place) {
    Held held = rows.get(place);
    return held == null ? null : held.row();
  }

  private boolean hasRoom(int fresh) {
    return rows.size() + fresh < settings.maxSeries() && bytes < maxBytes;
  }

  /**
   * The series that are to be forgotten before this part is added; for a service that is told of
   * their end. The same until they are, also after a restart.
   */
  public synchronized List<Total> stale(Snapshot part) {
    return leaving(part).stream().map(TotalsRow::total).toList();
  }

  private List<TotalsRow> leaving(Snapshot part) {
    if (part.id() == interval && part.endMillis() == endMillis) return leaving;
    List<TotalsRow> stale = new ArrayList<>();
    for (Held held : rows.values()) {
      if (isStale(held, endMillis)) stale.add(held.row());
    }
    leaving = stale;
    interval = part.id();
    endMillis = part.endMillis();
    return leaving;
  }

  private void forget(List<TotalsRow> gone) throws RetryException {
    file.write(List.of(), gone);
    for (TotalsRow row : gone) {
      rows.remove(row.place());
      bytes -= cost(row);
    }
    leaving = List.of();
  }

  private boolean isStale(Held held, long epochMillis) {
    long mostMillis = settings.staleAfter().toMillis();
    return epochMillis - held.row().endMillis() > mostMillis
        && nowMillis() - held.seenMillis() > mostMillis;
  }

  /** The totals of all series that are not stale now, those that are here longest first. */
  public synchronized List<Total> all(long epochMillis) {
    List<Total> all = new ArrayList<>(rows.size());
    for (Held held : rows.values()) {
      if (!isStale(held, epochMillis)) all.add(held.row().total());
    }
    return all;
  }

  private void put(TotalsRow row, long seenMillis) {
    Held before = rows.put(row.place(), new Held(row, seenMillis));
    bytes += cost(row) - (before == null ? 0 : cost(before.row()));
    next = Math.max(next, row.number() + 1);
  }

  private static long cost(TotalsRow row) {
    return ROW_BYTES + row.total().value().approximateBytes();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /**
   * What became of a part.
   *
   * @param totals of its series, one of each, in its order
   * @param withoutRoom how many of its measurements are in none, as there are too many series
   * @param series how many there are
   */
  public record Added(List<Total> totals, int withoutRoom, int series) {
    /**
     * To be called once the service has the totals.
     *
     * @throws TakenInPartException if there was not room for all
     */
    public void check() throws TakenInPartException {
      if (withoutRoom > 0) throw new TakenInPartException(withoutRoom, 0, toString());
    }

    @Override
    public String toString() {
      return withoutRoom + " more than the " + series + " series there may be";
    }
  }
}
