package io.zibrato.backends;

import java.util.Map;
import java.util.TreeMap;

/**
 * The service took the snapshot but for some of it, which is lost: the worker counts that, counts
 * the rest as delivered, and delivers nothing of it again.
 */
public final class TakenInPartException extends DeliveryException {
  private static final long serialVersionUID = 1;

  private final long withoutRoom;
  private final long refused;

  /**
   * @param withoutRoom the measurements that {@link Totals} had no room for
   * @param refused those that the service refused
   */
  public TakenInPartException(long withoutRoom, long refused, String message) {
    super(message, null);
    this.withoutRoom = withoutRoom;
    this.refused = refused;
  }

  /** How many measurements, by cause; together at most so many. */
  Map<String, Long> lost(long most) {
    Map<String, Long> lost = new TreeMap<>();
    long capped = Math.min(most, withoutRoom);
    long rest = Math.min(most - capped, refused);
    if (capped > 0) lost.put(Loss.TOTALS_CAP, capped);
    if (rest > 0) lost.put(Loss.REFUSED, rest);
    return lost;
  }
}
