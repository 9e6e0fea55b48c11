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
 * by measurements that were not judged before, or came to something else then, or by their absence.
 * For the evaluator's thread alone.
 */
final class Watch {
  /** So old a measurement may be when it comes, to be judged. */
  private static final long LATE_SECONDS = 3600;

  /** At first more is read, to see since when what is measured violates. */
  private static final long FIRST_SECONDS = 7200;

  /** A stream that meets the condition, and of which nothing more is heard, is forgotten. */
  static final long FORGOTTEN_SECONDS = 10L * 86_400;

  private static final long STORED_AGAIN_SECONDS = 86_400;

  /** Of so many measurements it is known what they came to; others are judged if they are newer. */
  private static final int MAX_REMEMBERED = 500_000;

  private final Condition condition;
  private final long openedAt;
  private final long judgedBefore;
  private final Map<String, Signal> signals = new TreeMap<>();
  private final List<Signal> gone = new ArrayList<>();
  private long revision;
  private long clearedAt;
  // What was judged before began at this time; 0 if nothing was.
  private long judgedFrom;
  private int remembered;

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
    final boolean remembers = !"composite".equals(Streams.type(connection, condition.metric()));
    remembered = 0;
    final long since = nowSeconds - (first ? FIRST_SECONDS : LATE_SECONDS);
    for (final Streams.Stream stream :
        Streams.read(connection, condition, function, since, nowSeconds)) {
      if (condition.absent()) {
        heard(stream, nowSeconds);
      } else {
        compare(stream, function, remembers);
      }
    }
    judgedFrom = Math.max(judgedFrom, since);
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

  private void compare(Streams.Stream stream, String function, boolean remembers) {
    Signal signal = signals.get(stream.name());
    if (signal == null) {
      signal = new Signal(stream.name(), judgedBefore);
      signal.known = remembers && judgedFrom > 0 ? Verdicts.NONE : null;
      signals.put(stream.name(), signal);
    }
    final Verdicts verdicts = verdicts(stream, signal, function.equals("derivative"));
    boolean judged = false;
    int violates = -1;
    long calm = 0;
    for (int i = 0; i < verdicts.size(); i++) {
      if (fresh(signal, verdicts, i)) {
        judged = true;
        if (verdicts.violates(i)) {
          violates = i;
        } else {
          calm = verdicts.time(i);
        }
      }
    }
    if (condition.durationSeconds() > 0) {
      signal.run(verdicts);
    }
    final int last = stream.times().length - 1;
    if (stream.lastTime() >= signal.processed && last >= 0) {
      signal.processed = stream.lastTime();
      signal.last = stream.values()[last];
    }
    if (judged) {
      signal.judged = signal.processed;
      if (condition.durationSeconds() > 0) {
        signal.conclude(condition.durationSeconds());
      } else {
        signal.conclude(verdicts, violates, calm);
      }
    }
    remembered += verdicts.size();
    signal.known = remembers && remembered <= MAX_REMEMBERED ? verdicts : null;
  }

  private Verdicts verdicts(Streams.Stream stream, Signal signal, boolean derives) {
    final long[] times = stream.times();
    final Verdicts verdicts = new Verdicts(times.length);
    double before = Double.NaN;
    if (signal.processed > 0 && times.length > 0 && times[0] > signal.processed) {
      before = signal.last;
    }
    for (int i = 0; i < times.length; i++) {
      final double measured = stream.values()[i];
      final double value = derives ? delta(before, measured) : measured;
      before = measured;
      if (times[i] >= condition.since() && !Double.isNaN(value)) {
        verdicts.add(times[i], value, condition.violated(value));
      }
    }
    return verdicts;
  }

  /** Whether it was not judged yet, or came to something else then. */
  private boolean fresh(Signal signal, Verdicts verdicts, int i) {
    final long time = verdicts.time(i);
    return signal.known == null
        ? time > signal.processed && time > signal.judged
        : time >= judgedFrom && !signal.known.has(time, verdicts.violates(i));
  }

  private double delta(double before, double measured) {
    final double delta = measured - before;
    return condition.detectsResets() && delta < 0 ? 0 : delta;
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
