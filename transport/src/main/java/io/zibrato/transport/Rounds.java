package io.zibrato.transport;

import io.zibrato.meter.Gauge;
import io.zibrato.meter.Meter;

/**
 * What one level still has to send, in one version of the wire. For the publisher's thread only.
 */
interface Rounds {
  /** Takes up a meter of this level. */
  void add(Meter meter);

  /** Takes a gauge value; false when too many wait already, and this one is lost. */
  boolean add(Gauge gauge, long epochMillis, double value);

  /** How many gauge values the link took, each once. */
  long gaugesOut();

  /** How many gauge values wait for it. */
  long gaugesHeld();

  /** What a subscription must match for anything of this level to be wanted. */
  byte[] topic();

  /**
   * Sends what changed since it last did, as far as the link takes it. What it does not take stays,
   * and goes with the next round.
   *
   * @param last nothing follows
   * @return whether the link took all of it
   */
  boolean publish(Outlet link, boolean last);

  /** The link is new: what was sent over the one before may not have arrived. */
  void connected();

  /** Makes the next round a full one, where the version knows such. */
  void fullRound();
}
