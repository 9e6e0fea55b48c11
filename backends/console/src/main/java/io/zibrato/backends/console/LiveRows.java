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
 * All series that came, and how they stand. The window ends with the last interval that came, for
 * as long as another one of that length may be on its way; later, with what it would have brought.
 *
 * <p>Of more than 10,000 the one that was silent for longest is forgotten. Any thread.
 */
final class LiveRows {
  static final int MOST = 10_000;
  private static final long LONGEST_MILLIS = 86_400_000; // of --flush; more, where a clock is set

  private record Key(Row.Kind kind, SeriesKey series) {}

  private final long windowNanos;
  private final long beginNanos;
  private final Map<Key, Recent> series = new LinkedHashMap<>(); // longest silent first
  private long lastNanos; // when the last interval came
  private long lengthNanos; // how long that was
  private long forgotten;

  LiveRows(Duration window, long nowNanos) {
    windowNanos = window.toNanos();
    beginNanos = nowNanos;
    lastNanos = nowNanos;
  }

  synchronized void add(Snapshot snapshot, long nowNanos) {
    long millis = Math.max(1, snapshot.endMillis() - snapshot.startMillis());
    lengthNanos = Math.min(LONGEST_MILLIS, millis) * 1_000_000;
    lastNanos = nowNanos;
    long fromNanos = nowNanos - lengthNanos;
    for (CounterTotal counter : snapshot.counters()) {
      recent(Row.Kind.COUNTER, counter.key()).add(fromNanos, nowNanos, counter.sum());
    }
    for (TimerTotal timer : snapshot.timers()) {
      recent(Row.Kind.TIMER, timer.key()).addTimes(fromNanos, nowNanos, timer);
    }
    for (GaugeValue gauge : snapshot.gauges()) {
      recent(Row.Kind.GAUGE, gauge.key()).addValue(fromNanos, nowNanos, gauge.value());
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
    long untilNanos = lastNanos - (nowNanos - lengthNanos) > 0 ? lastNanos : nowNanos - lengthNanos;
    double seconds = Math.max(1e9, Math.min(windowNanos, untilNanos - beginNanos)) / 1e9;
    List<Row> rows = new ArrayList<>(series.size());
    series.forEach(
        (key, recent) ->
            rows.add(
                recent.row(
                    key.kind, Text.label(key.series), key.series.source(), untilNanos, seconds)));
    rows.sort(order.rows);
    return rows;
  }
}
