package io.zibrato.meter;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How many measurements were lost in this process since it began, by cause. Any thread; adding
 * neither blocks nor allocates.
 */
public final class Losses {
  private static final LossCause[] CAUSES = LossCause.values();

  private final AtomicLongArray counts = new AtomicLongArray(CAUSES.length);

  public void add(LossCause cause, long n) {
    counts.getAndAdd(cause.ordinal(), n);
  }

  public long count(LossCause cause) {
    return counts.get(cause.ordinal());
  }

  /** The causes that lost something, by label. */
  public Map<String, Long> byLabel() {
    Map<String, Long> byLabel = new TreeMap<>();
    for (LossCause cause : CAUSES) {
      if (count(cause) > 0) byLabel.put(cause.label(), count(cause));
    }
    return byLabel;
  }
}
