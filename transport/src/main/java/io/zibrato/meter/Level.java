package io.zibrato.meter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/**
 * A level, and whether anybody wants what is measured at it.
 *
 * <p>{@link #wanted} is an opaque read of one field: as cheap as a plain one, but never moved out
 * of a loop, so a level that is switched on is seen by a loop that is already running. Advice does
 * not even ask: its sites {@link #watch} their levels.
 */
public final class Level {
  /** The level at which our own processes speak of themselves. */
  public static final String ZIBRATO = "zibrato";

  private static final VarHandle WANTED;

  static {
    try {
      WANTED = MethodHandles.lookup().findVarHandle(Level.class, "wanted", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final String name;
  private final boolean onDemand;
  private final SiteNames siteNames = new SiteNames();
  private final List<WeakReference<Runnable>> watchers = new ArrayList<>(); // guarded by itself
  private int watchersBeforePruning = 64; // guarded by watchers
  private boolean wanted;

  Level(String name, boolean onDemand) {
    this.name = Series.checkLevel(name);
    this.onDemand = onDemand;
    this.wanted = !onDemand;
  }

  public String name() {
    return name;
  }

  /** Whether this level is wanted only while some worker subscribes to it. */
  public boolean onDemand() {
    return onDemand;
  }

  /** Whether what is measured at this level is wanted now. */
  public boolean wanted() {
    return (boolean) WANTED.getOpaque(this);
  }

  /** Says whether some worker subscribes to this level. Does nothing unless it is on demand. */
  public void subscribed(boolean subscribed) {
    if (!onDemand || subscribed == wanted()) return;
    WANTED.setVolatile(this, subscribed);
    List<WeakReference<Runnable>> told;
    synchronized (watchers) {
      told = List.copyOf(watchers);
    }
    for (WeakReference<Runnable> reference : told) {
      Runnable watcher = reference.get();
      if (watcher != null) watcher.run();
    }
  }

  /**
   * Runs {@code watcher} each time after this level became wanted or unwanted, on the thread that
   * was told so, for as long as somebody else holds on to the watcher.
   */
  public void watch(Runnable watcher) {
    if (!onDemand) return;
    synchronized (watchers) {
      if (watchers.size() == watchersBeforePruning) {
        watchers.removeIf(reference -> reference.refersTo(null));
        watchersBeforePruning = Math.max(64, 2 * watchers.size());
      }
      watchers.add(new WeakReference<>(watcher));
    }
  }

  /**
   * What measures at this level, in the order of the alphabet: woven join points that ran at least
   * once, wanted or not, as {@code com.example.Shop.order counter checkout.orders}, and meters
   * asked for by name, as {@code counter checkout.orders}. At most {@value SiteNames#MAX_NAMES}
   * names.
   */
  public List<String> sites() {
    return siteNames.names();
  }

  /** How many of {@link #sites} there are, those past its limit too. */
  public int siteCount() {
    return siteNames.count();
  }

  /** Takes note that a woven join point measures at this level, in the series. */
  public void site(String joinPoint, Series series) {
    siteNames.add(joinPoint, series);
  }

  /** Takes note that a meter of the series was made. */
  void made(Series series) {
    siteNames.add(series);
  }

  @Override
  public String toString() {
    return name
        + (onDemand ? " (on demand, " : " (always, ")
        + (wanted() ? "wanted)" : "unwanted)");
  }
}
