package io.zibrato.backends;

import io.zibrato.wire.Frame;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Turns the cumulative values of frames into what is new: the value in the frame minus the one
 * already booked, per instance and series.
 *
 * <p>Frames may come twice, late, or not at all: nothing counts twice, and what a lost frame
 * carried counts with the next one. What was measured before the ledger began is not counted. An
 * instance that says it started since then counts from zero; an older one counts from the first
 * value of each series, and from zero for the series that show up after its first full round. One
 * whose very first frame of a level comes counts from zero in any case. Otherwise that compares two
 * clocks: an application whose clock is ahead of ours may have up to that much of its past counted,
 * one whose clock is behind may go uncounted until its first values.
 *
 * <p>An instance that said it is leaving is forgotten after ten minutes. One that falls silent for
 * three minutes is counted as vanished, logged once, and forgotten after a day, or when there is no
 * room left for a new one; should it come back later still, it is taken as an older one, and that
 * is counted.
 *
 * <p>For the worker's own thread only. What it returns goes into the {@link Interval}; the closed
 * one, a {@link Snapshot}, goes to a backend, of which {@code LibratoBackend} is an example.
 */
final class Ledger {
  static final int MAX_ACCOUNTS = 50_000;
  static final int MAX_LEVELS_PER_INSTANCE = 1_000;
  static final int MAX_SERIES = 200_000;
  private static final int HEAP_BYTES_PER_SERIES = 2 * 1024;
  static final int MAX_WAITING_GAUGES = 100_000;
  static final int MAX_REMEMBERED = 100_000;
  private static final Logger LOG = System.getLogger(Ledger.class.getName());
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long VANISHED_NANOS = 180 * SECOND_NANOS;
  private static final long LEFT_NANOS = 600 * SECOND_NANOS;
  private static final long FORGOTTEN_NANOS = 86_400 * SECOND_NANOS;

  private final long beganMillis;
  private final LossTally losses;
  private final Budget seriesBudget;
  private final Budget gaugeBudget = new Budget(MAX_WAITING_GAUGES);
  private final Map<UUID, Instance> instances = new HashMap<>();
  private final Set<UUID> forgotten = new LinkedHashSet<>(); // oldest first
  private final Set<UUID> damaged = new HashSet<>(); // kept, but not known any more
  private final List<UUID> unsavedForgotten = new ArrayList<>();
  private final Deque<Instance> vanishedInstances = new ArrayDeque<>(); // longest first
  private int accounts;
  private long vanished;
  private boolean leftUnsaved;

  /**
   * @param beganMillis epoch milliseconds since which everything counts
   */
  Ledger(long beganMillis, LossTally losses) {
    this(beganMillis, losses, maxSeries(Runtime.getRuntime().maxMemory()));
  }

  Ledger(long beganMillis, LossTally losses, int maxSeries) {
    this.beganMillis = beganMillis;
    this.losses = losses;
    this.seriesBudget = new Budget(maxSeries);
  }

  static int maxSeries(long heapBytes) {
    return (int) Math.min(MAX_SERIES, heapBytes / HEAP_BYTES_PER_SERIES);
  }

  /**
   * Hands what the frame adds to {@code sink}.
   *
   * @return whether a full frame of its instance and level should be asked for
   */
  boolean book(Frame frame, long nowNanos, Consumer<Measurement> sink) {
    Instance known = instances.get(frame.instance());
    if (known != null) isHeard(known, nowNanos); // before room is made at the cost of the vanished
    Account account = account(frame);
    if (account == null) {
      losses.add(Loss.INSTANCE_CAP, 1, () -> "a frame of instance " + frame.instance());
      return false;
    }
    Instance instance = instances.get(frame.instance());
    isHeard(instance, nowNanos);
    instance.bookLost(frame, losses);
    boolean ask = account.book(frame, nowNanos, sink);
    if (frame.last() && !instance.left) {
      instance.left = true;
      instance.changed = true;
    }
    if (frame.last()) leftUnsaved = true;
    return ask && !instance.left;
  }

  private static void isHeard(Instance instance, long nowNanos) {
    instance.heardNanos = nowNanos;
    if (!instance.vanished) return;
    LOG.log(Level.INFO, "instance {0} is back", instance.id);
    instance.vanished = false;
    instance.changed = true;
  }

  private Account account(Frame frame) {
    Instance instance = instances.get(frame.instance());
    Account account = instance == null ? null : instance.levels.get(frame.level());
    if (account != null) return account;
    if (accounts >= MAX_ACCOUNTS && !forgetVanished()) return null;
    if (instance == null) instance = meet(frame);
    if (instance.levels.size() >= MAX_LEVELS_PER_INSTANCE) return null;
    // Whoever hears the first frame has missed nothing, whatever the clocks say.
    boolean first = frame.sequence() == 1 && !wasKnown(instance.id);
    boolean older = instance.older && !first;
    account = new Account(older, instance.seriesBudget, instance.gaugeBudget, losses);
    instance.levels.put(frame.level(), account);
    accounts++;
    return account;
  }

  private Instance meet(Frame frame) {
    UUID id = frame.instance();
    if (forgotten.contains(id)) {
      losses.add(Loss.INSTANCE_FORGOTTEN, 1, () -> "instance " + id + " is back");
    }
    Instance instance = new Instance(id, frame.startedMillis() < beganMillis || wasKnown(id));
    takeIn(instance);
    return instance;
  }

  private boolean wasKnown(UUID id) {
    return forgotten.contains(id) || damaged.contains(id);
  }

  private void takeIn(Instance instance) {
    instance.seriesBudget = seriesBudget.share();
    instance.gaugeBudget = gaugeBudget.share();
    instances.put(instance.id, instance);
  }

  /** Makes room for a new instance: the one that has been vanished for longest goes early. */
  private boolean forgetVanished() {
    for (Instance instance; (instance = vanishedInstances.poll()) != null; ) {
      if (!instance.vanished || instances.get(instance.id) != instance) continue;
      instances.remove(instance.id);
      forget(instance);
      return true;
    }
    return false;
  }

  /** Looks for instances that fell silent. To be called every few seconds. */
  void tend(long nowNanos) {
    for (Iterator<Instance> all = instances.values().iterator(); all.hasNext(); ) {
      Instance instance = all.next();
      long silentNanos = nowNanos - instance.heardNanos;
      if (silentNanos > (instance.left ? LEFT_NANOS : FORGOTTEN_NANOS)) {
        all.remove();
        forget(instance);
      } else if (silentNanos > VANISHED_NANOS && !instance.left && !instance.vanished) {
        instance.vanished = true;
        instance.changed = true;
        vanished++;
        vanishedInstances.add(instance);
        LOG.log(
            Level.WARNING,
            "instance {0} fell silent without saying that it leaves; what it measured since its"
                + " last frame is not known",
            instance.id);
      }
    }
  }

  private void forget(Instance instance) {
    accounts -= instance.levels.size();
    instance.levels.values().forEach(Account::close);
    forgotten.add(instance.id);
    unsavedForgotten.add(instance.id);
    if (forgotten.size() > MAX_REMEMBERED) forgotten.remove(forgotten.iterator().next());
  }

  /** Where what is booked is kept. */
  interface Keeper {
    void keep(Instance instance) throws SQLException;

    void keep(Instance instance, String level, Account account) throws SQLException;

    void forget(UUID instance) throws SQLException;
  }

  /** Hands over all that changed since {@link #saved}. */
  void save(Keeper keeper) throws SQLException {
    for (UUID id : unsavedForgotten) keeper.forget(id);
    for (Instance instance : instances.values()) {
      if (instance.changed) keeper.keep(instance);
      for (Map.Entry<String, Account> account : instance.levels.entrySet()) {
        if (!account.getValue().changed) continue;
        keeper.keep(instance, account.getKey(), account.getValue());
      }
    }
  }

  /** What was handed over last is kept for good. */
  void saved() {
    unsavedForgotten.clear();
    leftUnsaved = false;
    for (Instance instance : instances.values()) {
      instance.changed = false;
      for (Account account : instance.levels.values()) account.changed = false;
    }
  }

  /**
   * Whether an instance said farewell since {@link #saved}: nobody will repeat what it said, so it
   * should be kept soon.
   */
  boolean leftUnsaved() {
    return leftUnsaved;
  }

  /** Takes an instance back that was kept. */
  void restore(Instance instance, long nowNanos) {
    instance.heardNanos = nowNanos;
    takeIn(instance);
    if (instance.vanished) vanishedInstances.add(instance);
  }

  /** Takes an account back that was kept, of an instance that is back. */
  void restore(Instance instance, String level, DataInputStream in) throws IOException {
    Account kept = new Account(instance.seriesBudget, instance.gaugeBudget, losses, in);
    restore(instance, level, kept);
  }

  /** An account was kept, and is not known any more: it counts from what comes next. */
  void restoreUnknown(Instance instance, String level) {
    Account unknown = new Account(true, instance.seriesBudget, instance.gaugeBudget, losses);
    restore(instance, level, unknown);
  }

  private void restore(Instance instance, String level, Account account) {
    instance.levels.put(level, account);
    accounts++;
  }

  void restoreForgotten(UUID instance) {
    forgotten.add(instance);
  }

  /** An instance was kept, and nothing else is known of it any more. */
  void restoreDamaged(UUID instance) {
    damaged.add(instance);
  }

  /** How many instances fell silent without a last frame. */
  long vanished() {
    return vanished;
  }

  int instances() {
    return instances.size();
  }

  int series() {
    return seriesBudget.used();
  }
}
