package io.zibrato.backends;

import io.zibrato.wire.Frame;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
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
 * value of each series, and from zero for the series that show up after its first full round. That
 * compares two clocks: an application whose clock is ahead of ours may have up to that much of its
 * past counted, one whose clock is behind may go uncounted until its first values.
 *
 * <p>An instance that said it is leaving is forgotten after ten minutes. One that falls silent for
 * three minutes is counted as vanished, logged once, and forgotten after a day; should it come back
 * later still, it is taken as an older one.
 *
 * <p>For the worker's own thread only. What it returns goes into the {@link Interval}; the closed
 * one, a {@link Snapshot}, goes to a backend, of which {@code LibratoBackend} is an example.
 */
final class Ledger {
  static final int MAX_ACCOUNTS = 50_000;
  static final int MAX_SERIES = 200_000;
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
  private int accounts;
  private long vanished;

  /**
   * @param beganMillis epoch milliseconds since which everything counts
   */
  Ledger(long beganMillis, LossTally losses) {
    this(beganMillis, losses, MAX_SERIES);
  }

  Ledger(long beganMillis, LossTally losses, int maxSeries) {
    this.beganMillis = beganMillis;
    this.losses = losses;
    this.seriesBudget = new Budget(maxSeries);
  }

  /**
   * Hands what the frame adds to {@code sink}.
   *
   * @return whether a full frame of its instance and level should be asked for
   */
  boolean book(Frame frame, long nowNanos, Consumer<Measurement> sink) {
    Account account = account(frame);
    if (account == null) {
      losses.add(Loss.INSTANCE_CAP, 1, () -> "a frame of instance " + frame.instance());
      return false;
    }
    Instance instance = instances.get(frame.instance());
    instance.heardNanos = nowNanos;
    if (instance.vanished) LOG.log(Level.INFO, "instance {0} is back", instance.id);
    instance.vanished = false;
    instance.bookLost(frame, losses);
    boolean ask = account.book(frame, nowNanos, sink);
    if (frame.last()) instance.left = true;
    return ask && !instance.left;
  }

  private Account account(Frame frame) {
    Instance instance = instances.get(frame.instance());
    Account account = instance == null ? null : instance.levels.get(frame.level());
    if (account != null) return account;
    if (accounts >= MAX_ACCOUNTS) return null;
    if (instance == null) instance = meet(frame);
    account = new Account(instance.older, seriesBudget, gaugeBudget, losses);
    instance.levels.put(frame.level(), account);
    accounts++;
    return account;
  }

  private Instance meet(Frame frame) {
    boolean older = frame.startedMillis() < beganMillis || forgotten.contains(frame.instance());
    Instance instance = new Instance(frame.instance(), older);
    instances.put(instance.id, instance);
    return instance;
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
        vanished++;
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
    if (forgotten.size() > MAX_REMEMBERED) forgotten.remove(forgotten.iterator().next());
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
