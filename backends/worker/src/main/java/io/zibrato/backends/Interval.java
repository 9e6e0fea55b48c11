package io.zibrato.backends;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The open interval: what was measured since the last flush. For the worker's own thread only.
 *
 * <p>Counters are summed and timers merged per series; gauges keep each value. What goes past the
 * bounds is counted as lost.
 */
public final class Interval {
  static final int MAX_SERIES = 200_000;
  static final int MAX_GAUGE_VALUES = 500_000;

  /** For the names of each kind; they come from outside, and may be long. */
  private static final int PART_OF_HEAP = 12;

  private final long maxBytes = Runtime.getRuntime().maxMemory() / PART_OF_HEAP;

  private final LossTally losses;
  private final Map<SeriesKey, CounterTotal> counters = new HashMap<>();
  private final Map<SeriesKey, TimerTotal> timers = new HashMap<>();
  private final List<GaugeValue> gauges = new ArrayList<>();
  private long id;
  private long startMillis;
  private long taken;
  private long merged;
  private long seriesBytes;
  private long gaugeBytes;

  Interval(long startMillis, LossTally losses) {
    this(1, startMillis, losses);
  }

  /**
   * @param id of the first; the next ones count up from it
   */
  Interval(long id, long startMillis, LossTally losses) {
    this.id = id;
    this.startMillis = startMillis;
    this.losses = losses;
  }

  /** Adds to what the series already has. */
  public void add(Measurement measurement) {
    taken++;
    if (measurement instanceof CounterTotal counter) {
      int before = counters.size();
      if (!hasRoom(counters, counter)) return;
      counters.merge(counter.key(), counter, CounterTotal::plus);
      if (counters.size() == before) merged++;
      else seriesBytes += counter.approximateBytes();
    } else if (measurement instanceof TimerTotal timer) {
      int before = timers.size();
      if (!hasRoom(timers, timer)) return;
      timers.merge(timer.key(), timer, TimerTotal::plus);
      if (timers.size() == before) merged++;
      else seriesBytes += timer.approximateBytes();
    } else if (gauges.size() < MAX_GAUGE_VALUES && gaugeBytes < maxBytes) {
      gauges.add((GaugeValue) measurement);
      gaugeBytes += measurement.approximateBytes();
    } else {
      losses.add(Loss.GAUGE_CAP, 1, () -> "more than " + MAX_GAUGE_VALUES + " in an interval");
    }
  }

  private boolean hasRoom(Map<SeriesKey, ?> series, Measurement measurement) {
    boolean room = series.size() < MAX_SERIES && seriesBytes < maxBytes;
    if (room || series.containsKey(measurement.key())) return true;
    losses.add(Loss.INTERVAL_CAP, 1, () -> "more than " + MAX_SERIES + " series in an interval");
    return false;
  }

  /** All that was added in all intervals, what was lost for the bounds too. */
  long taken() {
    return taken;
  }

  /** Of all that was added, what went into a measurement that was there already. */
  long merged() {
    return merged;
  }

  /** The measurements in it now. */
  int size() {
    return counters.size() + timers.size() + gauges.size();
  }

  /** Ends the interval, and begins the next. */
  Snapshot close(long endMillis) {
    Snapshot snapshot =
        new Snapshot(
            id++,
            Math.min(startMillis, endMillis),
            endMillis,
            new ArrayList<>(counters.values()),
            new ArrayList<>(timers.values()),
            gauges);
    counters.clear();
    timers.clear();
    gauges.clear();
    seriesBytes = 0;
    gaugeBytes = 0;
    startMillis = endMillis;
    return snapshot;
  }
}
