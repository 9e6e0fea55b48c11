package io.zibrato.backends;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Which step of time an interval belongs to: the one that it ended in. Only when the clock was put
 * back may that be one that was given before and left, and then it is a later one. Immutable.
 */
final class Steps {
  /*
   * The step given last may be given again, since what it has come to is known; of one that was left, it is not. An interval that ended in such a one goes to the last, if all between is used,
   * and else to the first free one after, which is the last then. So a clock that is put back makes for one step more, however long it takes to catch up.
   */
  private static final int MOST_SPANS = 100;
  private static final int FORMAT = 1;

  private final int stepSeconds;
  private final long interval;
  private final long endMillis;
  private final long last; // meaningless while nothing is used
  private final NavigableMap<Long, Long> used; // from its first second to the one after; all apart

  private Steps(
      int stepSeconds, long interval, long endMillis, long last, NavigableMap<Long, Long> used) {
    this.stepSeconds = stepSeconds;
    this.interval = interval;
    this.endMillis = endMillis;
    this.last = last;
    this.used = used;
  }

  /** None was given yet. */
  static Steps none(int stepSeconds) {
    return new Steps(stepSeconds, 0, 0, 0, new TreeMap<>());
  }

  /** The first second of the step given last. */
  long second() {
    return last;
  }

  /** With the step given that the interval belongs to; the same if it was given that last. */
  Steps giveTo(Snapshot part) {
    if (!used.isEmpty() && part.id() == interval && part.endMillis() == endMillis) return this;
    long second = firstSecond(part.endMillis(), stepSeconds);
    for (Map.Entry<Long, Long> span = spanAt(second); span != null; span = spanAt(second)) {
      if (last >= second && isWithin(span)) {
        return new Steps(stepSeconds, part.id(), part.endMillis(), last, used);
      }
      second = firstSecond(1000 * (span.getValue() + stepSeconds - 1), stepSeconds);
    }
    return new Steps(stepSeconds, part.id(), part.endMillis(), second, usedWith(second));
  }

  /** Whether the last is; one of other steps, as they were in a run before, is left. */
  private boolean isWithin(Map.Entry<Long, Long> span) {
    boolean ours = Math.floorMod(last, stepSeconds) == 0;
    return ours && last >= span.getKey() && last < span.getValue();
  }

  /** What is used of the step that begins there; null if nothing is. */
  private Map.Entry<Long, Long> spanAt(long second) {
    Map.Entry<Long, Long> span = used.lowerEntry(second + stepSeconds);
    return span != null && span.getValue() > second ? span : null;
  }

  private NavigableMap<Long, Long> usedWith(long second) {
    NavigableMap<Long, Long> all = new TreeMap<>(used);
    Map.Entry<Long, Long> before = all.floorEntry(second);
    long from = before != null && before.getValue() == second ? before.getKey() : second;
    Long after = all.remove(second + stepSeconds);
    all.put(from, after == null ? second + stepSeconds : after);
    // What lies between the oldest two is taken to be used: then none is ever forgotten.
    while (all.size() > MOST_SPANS) {
      long oldest = all.pollFirstEntry().getKey();
      all.put(oldest, all.pollFirstEntry().getValue());
    }
    return all;
  }

  static long firstSecond(long epochMillis, int stepSeconds) {
    long second = Math.floorDiv(epochMillis, 1000L);
    return second - Math.floorMod(second, (long) stepSeconds);
  }

  byte[] encode() {
    return Encoded.of(
        out -> {
          out.writeByte(FORMAT);
          out.writeLong(interval);
          out.writeLong(endMillis);
          out.writeLong(last);
          out.writeInt(used.size());
          for (Map.Entry<Long, Long> span : used.entrySet()) {
            out.writeLong(span.getKey());
            out.writeLong(span.getValue());
          }
        });
  }

  /**
   * What was encoded.
   *
   * @param stepSeconds may be others than before
   */
  static Steps decode(byte[] bytes, int stepSeconds) throws IOException {
    try (DataInputStream in = Encoded.open(bytes)) {
      if (in.readByte() != FORMAT) throw new IOException("no such format");
      long interval = in.readLong();
      long endMillis = in.readLong();
      long last = in.readLong();
      NavigableMap<Long, Long> used = new TreeMap<>();
      for (int left = in.readInt(); left > 0; left--) used.put(in.readLong(), in.readLong());
      return new Steps(stepSeconds, interval, endMillis, last, used);
    }
  }
}
