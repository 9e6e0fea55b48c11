package io.zibrato.meter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A level, and whether anybody wants what is measured at it.
 *
 * <p>Advice asks {@link #wanted} before anything else. It is an opaque read of one field: as cheap
 * as a plain one, but never moved out of a loop, so a level that is switched on is seen by a loop
 * that is already running.
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
    if (onDemand) WANTED.setOpaque(this, subscribed);
  }

  @Override
  public String toString() {
    return name
        + (onDemand ? " (on demand, " : " (always, ")
        + (wanted() ? "wanted)" : "unwanted)");
  }
}
