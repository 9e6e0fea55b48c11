package io.zibrato.store.resources.alerts;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one condition knows of its streams. It is judged once a minute; a stream's standing changes
 * by measurements that were not judged before, or by their absence. For the evaluator's thread
 * alone.
 */
final class Watch {
  /** So old a measurement may be when it comes, to be judged. */
  private static final long LATE_SECONDS = 3600;

  /** At first more is read, to see since when what is measured violates. */
  private static final long FIRST_SECONDS = 7200;

  /** A stream that meets the condition, and of which nothing more is heard, is forgotten. */
  static final long FORGOTTEN_SECONDS = 10L * 86_400;

  private static final long STORED_AGAIN_SECONDS = 86_400;

  private final Condition condition;
  private final long openedAt;
  private final long judgedBefore;
  private final Map<String, Signal> signals = new TreeMap<>();
  private final List<Signal> gone = new ArrayList<>();
  private long revision;
  private long clearedAt;

  /**
   * Makes one that has judged nothing.
   *
   * @param openedAt when the evaluator began: a silence does not count from before
   * @param lastRound when conditions were last judged, also by an evaluator before this one
   */
  Watch(Condition condition, long openedAt, long lastRound) {
    this.condition = condition;
    this.openedAt = openedAt;
    judgedBefore = Math.max(condition.since() - 1, lastRound);
  }

  Condition condition() {
    return condition;
  }

  List<Signal> met() {
    return signals.values().stream().filter(signal -> signal.met).toList();
  }

  /** Judges what was measured up to now. */
  void judge(Connection connection, Alert alert, long nowSeconds) throws SQLException {
    final boolean first = revision == 0;
    if (alert.revision() != revision) {
      reload(connection, alert);
    }
    final String function = Streams.function(connection, condition);
    final long since = nowSeconds - (first ? FIRST_SECONDS : LATE_SECONDS);
    for (final Streams.Stream stream :
        Streams.read(connection, condition, function, since, nowSeconds)) {
      if (condition.absent()) {
        heard(stream, nowSeconds);
      } else {
        compare(stream, function);
      }
    }
    if (condition.absent()) {
      signals.values().forEach(signal -> listen(signal, nowSeconds));
    }
    forgetOld(nowSeconds);
  }

  /** Somebody changed or cleared the alert: what meets the condition is what is stored. */
  private void reload(Connection connection, Alert alert) throws SQLException {
    final Map<String, Signal> stored = new HashMap<>();
    Signal.stored(connection, condition.id(), judgedBefore).forEach(s -> stored.put(s.stream, s));
    if (condition.absent()) {
      signals.clear();
    }
    signals.values().stream()
        .filter(signal -> !stored.containsKey(signal.stream))
        .forEach(Watch::calm);
    stored.forEach(signals::putIfAbsent);
    revision = alert.revision();
    clearedAt = alert.standing().clearedAt() == null ? 0 : alert.standing().clearedAt();
  }

  private static void calm(Signal signal) {
    signal.met = false;
    signal.stored = false;
    signal.changed = false;
    signal.notifiedAt = null;
  }

  private void heard(Streams.Stream stream, long nowSeconds) {
    final long last = stream.lastTime();
    Signal signal = signals.get(stream.name());
    if (signal == null) {
      // Known is who was not silent when the condition was made, and has spoken since a clearing.
      if (last < condition.since() - condition.durationSeconds() || last <= clearedAt) {
        return;
      }
      signal = new Signal(stream.name(), judgedBefore);
      signal.changed = true;
      signals.put(stream.name(), signal);
    }
    signal.seen = Math.max(signal.seen, Math.min(last, nowSeconds));
    if (signal.seen - signal.storedSeen > STORED_AGAIN_SECONDS) {
      signal.changed = true;
    }
  }

  private void listen(Signal signal, long nowSeconds) {
    final long from = signal.met ? signal.seen : Math.max(signal.seen, openedAt);
    final boolean silent = nowSeconds - from >= condition.durationSeconds();
    if (silent != signal.met) {
      signal.met = silent;
      signal.changed = true;
      signal.notifiedAt = null;
    }
  }

  private void compare(Streams.Stream stream, String function) {
    final boolean derives = function.equals("derivative");
    Signal signal = signals.get(stream.name());
    if (signal == null) {
      signal = new Signal(stream.name(), judgedBefore);
      signals.put(stream.name(), signal);
    }
    boolean judged = false;
    boolean violated = false;
    double before = signal.processed > 0 ? signal.last : Double.NaN;
    for (int i = 0; i < stream.times().length; i++) {
      final long time = stream.times()[i];
      final double measured = stream.values()[i];
      if (time > signal.processed) {
        final double value = derives ? delta(before, measured) : measured;
        signal.processed = time;
        signal.last = measured;
        if (time >= condition.since() && !Double.isNaN(value)) {
          final boolean violates = take(signal, time, value);
          judged |= time > signal.judged;
          violated |= violates && time > signal.judged;
        }
      }
      before = measured;
    }
    if (judged) {
      signal.judged = signal.processed;
      conclude(signal, violated);
    }
  }

  private double delta(double before, double measured) {
    final double delta = measured - before;
    return condition.detectsResets() && delta < 0 ? 0 : delta;
  }

  private boolean take(Signal signal, long time, double value) {
    if (!condition.violated(value)) {
      signal.runBegan = -1;
      return false;
    }
    if (signal.runBegan < 0) {
      signal.runBegan = time;
      signal.runCount = 0;
    }
    signal.runCount++;
    signal.seen = time;
    signal.value = value;
    return true;
  }

  private void conclude(Signal signal, boolean violated) {
    final long duration = condition.durationSeconds();
    final boolean met =
        duration == 0
            ? violated
            : signal.runBegan >= 0 && signal.processed - signal.runBegan >= duration;
    signal.began = duration == 0 ? null : (Long) signal.runBegan;
    signal.count = duration == 0 ? null : (Long) signal.runCount;
    if (met != signal.met) {
      signal.met = met;
      signal.changed = true;
      signal.notifiedAt = null;
    }
  }

  private void forgetOld(long nowSeconds) {
    final Iterator<Signal> all = signals.values().iterator();
    while (all.hasNext()) {
      final Signal signal = all.next();
      final long last = Math.max(signal.seen, signal.processed);
      final boolean kept = signal.met || condition.absent();
      if (last < nowSeconds - (kept ? FORGOTTEN_SECONDS : FIRST_SECONDS)) {
        all.remove();
        if (signal.stored) {
          gone.add(signal);
        }
      }
    }
  }

  void notified(long nowSeconds) {
    for (final Signal signal : met()) {
      signal.notifiedAt = nowSeconds;
      signal.changed = true;
    }
  }

  boolean changed() {
    return !gone.isEmpty() || signals.values().stream().anyMatch(signal -> signal.changed);
  }

  /** Stores what changed; in memory it counts as stored only once {@link #stored} is called. */
  void store(Connection connection) throws SQLException {
    for (final Signal signal : gone) {
      signal.delete(connection, condition.id());
    }
    for (final Signal signal : signals.values()) {
      if (signal.changed && (signal.met || condition.absent())) {
        signal.store(connection, condition.id());
      } else if (signal.changed) {
        signal.delete(connection, condition.id());
      }
    }
  }

  void stored() {
    gone.clear();
    for (final Signal signal : signals.values()) {
      if (signal.changed) {
        signal.changed = false;
        signal.stored = signal.met || condition.absent();
        signal.storedSeen = signal.seen;
      }
    }
  }
}
