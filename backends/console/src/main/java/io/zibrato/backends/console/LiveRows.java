package io.zibrato.backends.console;

import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.GaugeValue;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.TimerTotal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All series that came, and how they stand. Of more than 10,000 the one that was silent for longest
 * is forgotten. Any thread.
 */
final class LiveRows {
  static final int MOST = 10_000;

  private record Key(Row.Kind kind, SeriesKey series) {}

  private final long windowNanos;
  private final long beginNanos;
  private final Map<Key, Recent> series = new LinkedHashMap<>(); // longest silent first
  private long forgotten;

  LiveRows(Duration window, long nowNanos) {
    windowNanos = window.toNanos();
    beginNanos = nowNanos;
  }

  synchronized void add(Snapshot snapshot, long nowNanos) {
    for (CounterTotal counter : snapshot.counters()) {
      recent(Row.Kind.COUNTER, counter.key()).add(nowNanos, counter.sum());
    }
    for (TimerTotal timer : snapshot.timers()) {
      recent(Row.Kind.TIMER, timer.key())
          .addTimes(
              nowNanos, timer.count(), timer.sumNanos(), timer.mostNanos(), timer.histogram());
    }
    for (GaugeValue gauge : snapshot.gauges()) {
      recent(Row.Kind.GAUGE, gauge.key()).addValue(nowNanos, gauge.value());
    }
  }

  private Recent recent(Row.Kind kind, SeriesKey key) {
    Key whose = new Key(kind, key);
    Recent recent = series.remove(whose);
    if (recent == null) recent = new Recent(windowNanos);
    series.put(whose, recent);
    if (series.size() > MOST) {
      series.remove(series.keySet().iterator().next());
      forgotten++;
    }
    return recent;
  }

  /** Those that made room for others. */
  synchronized long forgotten() {
    return forgotten;
  }

  synchronized List<Row> sorted(Order order, long nowNanos) {
    double seconds = Math.max(1e9, Math.min(windowNanos, nowNanos - beginNanos)) / 1e9;
    List<Row> rows = new ArrayList<>(series.size());
    series.forEach(
        (key, recent) ->
            rows.add(
                recent.row(
                    key.kind, Text.label(key.series), key.series.source(), nowNanos, seconds)));
    rows.sort(order.rows);
    return rows;
  }
}
