package io.zibrato.backends.graphite;

import io.zibrato.backends.Memory;
import io.zibrato.backends.Snapshot;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which second each interval's counters and timers are put at: the beginning of the step of time
 * that it ended in, or, when the interval before has that, of the first free one after. Carbon
 * keeps one value for a step, the last it hears; so no two intervals may share one, and what is
 * sent again goes where it went before.
 *
 * <p>An interval's step is decided as it is closed, and kept in the worker's state with it, until
 * an interval after it is being delivered.
 *
 * <p>Any thread.
 */
final class Steps implements Memory {
  /** Past so many steps ahead of the clock, that has been put back: then it is believed. */
  private static final int MOST_AHEAD = 60;

  private static final Logger LOG = System.getLogger(Steps.class.getName());

  private final int stepSeconds;
  private final TreeMap<Long, Long> seconds = new TreeMap<>(); // by interval
  private final Map<Long, Long> changed = new HashMap<>(); // a null is one to be forgotten
  private Map<Long, Long> handedOver = Map.of();

  Steps(int stepSeconds) {
    this.stepSeconds = stepSeconds;
  }

  @Override
  public synchronized void recall(byte[] key, byte[] value) {
    if (key.length != Long.BYTES || value.length != Long.BYTES) return;
    seconds.put(ByteBuffer.wrap(key).getLong(), ByteBuffer.wrap(value).getLong());
  }

  @Override
  public synchronized void closed(Snapshot interval) {
    if (interval.isEmpty()) return;
    long own = begin(interval);
    Map.Entry<Long, Long> before = seconds.lastEntry();
    if (before != null && before.getValue() >= own) {
      long free = before.getValue() + stepSeconds;
      if (free - own <= (long) MOST_AHEAD * stepSeconds) own = free;
      else LOG.log(Level.WARNING, "the clock was put back; values may replace others");
    }
    seconds.put(interval.id(), own);
    changed.put(interval.id(), own);
  }

  private long begin(Snapshot interval) {
    long second = Math.floorDiv(interval.endMillis(), 1000L);
    return second - Math.floorMod(second, (long) stepSeconds);
  }

  /** The second of an interval; those before it are no longer asked for. */
  synchronized long of(Snapshot interval) {
    Long second = seconds.get(interval.id());
    if (second == null) return begin(interval); // the disk gave it back damaged
    List<Long> over = new ArrayList<>(seconds.headMap(interval.id()).keySet());
    for (Long each : over) {
      seconds.remove(each);
      changed.put(each, null);
    }
    return second;
  }

  @Override
  public synchronized void save(Sink sink) throws IOException {
    for (Map.Entry<Long, Long> each : changed.entrySet()) {
      byte[] key = bytes(each.getKey());
      if (each.getValue() == null) sink.remove(key);
      else sink.put(key, bytes(each.getValue()));
    }
    handedOver = new HashMap<>(changed);
  }

  /** What was decided since it was handed over is handed over next time. */
  @Override
  public synchronized void saved() {
    handedOver.forEach(changed::remove);
    handedOver = Map.of();
  }

  private static byte[] bytes(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }
}
