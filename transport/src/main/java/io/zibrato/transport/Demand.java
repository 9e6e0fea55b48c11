package io.zibrato.transport;

import io.zibrato.meter.Level;
import io.zibrato.meter.Meters;
import java.util.function.Function;

/**
 * Switches levels on demand on while somebody subscribes to them, and off when nobody does. For the
 * publisher's thread only.
 */
final class Demand {
  private final Meters meters;
  private final Function<String, byte[]> topics;
  private BrokerLink link;
  private long changes;
  private int levels;
  private boolean settled;

  /**
   * @param topics the topic of a level, by name
   */
  Demand(Meters meters, Function<String, byte[]> topics) {
    this.meters = meters;
    this.topics = topics;
  }

  /**
   * Follows what the link says now. The level at which we speak of ourselves is wanted by those who
   * name it, not by those who want everything. While the link is not settled, a level goes off only
   * when a subscription to it ended over that link: one that is missing may still be on its way.
   */
  void follow(BrokerLink now) {
    if (unchanged(now)) return;
    for (Level level : meters.levels()) {
      if (!level.onDemand()) continue;
      byte[] topic = topics.apply(level.name());
      boolean own = level.name().equals(Level.ZIBRATO);
      boolean wanted = own ? now.wantsByName(topic) : now.wants(topic);
      if (wanted || settled || now.ended(topic)) level.subscribed(wanted);
    }
  }

  private boolean unchanged(BrokerLink now) {
    int levelsNow = meters.levels().size();
    boolean settledNow = now.settled();
    boolean same =
        link == now && changes == now.changes() && levels == levelsNow && settled == settledNow;
    link = now;
    changes = now.changes();
    levels = levelsNow;
    settled = settledNow;
    return same;
  }
}
