package io.zibrato.meter;

import java.util.HashMap;
import java.util.Map;

/**
 * Counters at the level {@value Level#ZIBRATO} that follow what is counted elsewhere: how our own
 * processes tell of their work. For one thread.
 */
public final class Totals {
  private final Meters meters;
  private final String prefix;
  private final Map<Series, Total> totals = new HashMap<>();

  private static final class Total {
    private final Counter counter;
    private long told;

    Total(Counter counter) {
      this.counter = counter;
    }
  }

  /**
   * @param prefix of all names
   */
  public Totals(Meters meters, String prefix) {
    this.meters = meters;
    this.prefix = prefix;
  }

  public void tell(String name, long total) {
    tell(name, Map.of(), total);
  }

  /**
   * Brings the counter up to {@code total}, wanted or not.
   *
   * @param total no less than it was told before
   */
  public void tell(String name, Map<String, String> tags, long total) {
    Series series =
        new Series(Level.ZIBRATO, SeriesType.COUNTER, prefix + name, meters.defaultSource(), tags);
    Total known = totals.computeIfAbsent(series, each -> new Total(meters.counter(each)));
    if (total == known.told) return;
    known.counter.incrementWanted(total - known.told);
    known.told = total;
  }
}
