package io.zibrato.store.resources.alerts;

import io.zibrato.store.resources.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** How one stream of measurements stands to one condition. For the evaluator's thread alone. */
final class Signal {
  /*
   * Most of this is in memory only, and worked out again from the measurements after a restart. A
   * row is kept where that is not enough: of a stream that meets the condition, because it may have
   * done so by one measurement long ago, and of each stream that must not fall silent.
   */

  final String stream;

  /** The last measurement that was looked at, epoch seconds; 0 for none. */
  long processed;

  double last;

  /** Measurements up to this time were judged before. */
  long judged;

  /** What was judged within the last hour; null if that is not known. */
  Verdicts known;

  /** When what is measured began to violate without a break; -1 if it does not. */
  long runBegan = -1;

  long runCount;
  boolean met;

  /** The measurement that violates, or, of one that must not fall silent, the last. */
  long seen;

  Double value;
  Long began;
  Long count;
  Long notifiedAt;

  /** When the row was last stored with what it says of {@link #seen}; 0 if there is none. */
  long storedSeen;

  boolean stored;
  boolean changed;

  Signal(String stream, long judged) {
    this.stream = stream;
    this.judged = judged;
  }

  /** One measurement, or silence, that meets a condition, as the API tells it. */
  record Violation(
      String stream,
      String metric,
      long conditionId,
      Double value,
      long recordedAt,
      Long began,
      Long count) {}

  Violation violation(Condition condition) {
    return new Violation(stream, condition.metric(), condition.id(), value, seen, began, count);
  }

  /** Finds since when all measurements violate; what is older than those at hand is carried on. */
  void run(Verdicts verdicts) {
    if (verdicts.size() > 0 && known != null) {
      if (runBegan >= verdicts.time(0)) {
        runBegan = -1;
      }
      for (int i = 0; i < verdicts.size() && runBegan >= 0; i++) {
        if (known.has(verdicts.time(i))) {
          runCount--; // it is counted again below
        }
      }
    }
    for (int i = 0; i < verdicts.size(); i++) {
      final long time = verdicts.time(i);
      if (known == null && time <= processed) {
        continue;
      }
      if (!verdicts.violates(i)) {
        runBegan = -1;
        continue;
      }
      if (runBegan < 0) {
        runBegan = time;
        runCount = 0;
      }
      runCount++;
      seen = time;
      value = verdicts.value(i);
    }
  }

  /** It meets the condition once what is measured violates for so long. */
  void conclude(long durationSeconds) {
    began = runBegan;
    count = runCount;
    met(runBegan >= 0 && processed - runBegan >= durationSeconds);
  }

  /**
   * It meets the condition by one measurement, and leaves it by one that is no older.
   *
   * @param violates which of those to be judged is the last that violates; -1 for none
   * @param calm when the last of them was that does not; 0 for never
   */
  void conclude(Verdicts verdicts, int violates, long calm) {
    began = null;
    count = null;
    if (violates >= 0) {
      if (!met || verdicts.time(violates) >= seen) {
        seen = verdicts.time(violates);
        value = verdicts.value(violates);
      }
      met(true);
    } else if (calm >= seen) {
      met(false);
    }
  }

  private void met(boolean now) {
    if (now != met) {
      met = now;
      changed = true;
      notifiedAt = null;
    }
  }

  private static Signal read(ResultSet row, long judged) throws SQLException {
    final Signal signal = new Signal(row.getString(1), judged);
    signal.met = row.getBoolean(2);
    signal.seen = row.getLong(3);
    signal.storedSeen = signal.seen;
    final double value = row.getDouble(4);
    signal.value = row.wasNull() ? null : (Double) value;
    signal.began = Sql.whole(row, 5);
    signal.count = Sql.whole(row, 6);
    signal.notifiedAt = Sql.whole(row, 7);
    signal.stored = true;
    return signal;
  }

  static List<Signal> stored(Connection connection, long conditionId, long judged)
      throws SQLException {
    return Sql.list(
        connection,
        row -> read(row, judged),
        "SELECT stream, met, seen, value, began, count, notified_at FROM alert_signal"
            + " WHERE condition_id = ?",
        conditionId);
  }

  void store(Connection connection, long conditionId) throws SQLException {
    Sql.update(
        connection,
        "INSERT OR REPLACE INTO alert_signal VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        conditionId,
        stream,
        met,
        seen,
        value,
        began,
        count,
        notifiedAt);
  }

  void delete(Connection connection, long conditionId) throws SQLException {
    Sql.update(
        connection,
        "DELETE FROM alert_signal WHERE condition_id = ? AND stream = ?",
        conditionId,
        stream);
  }

  static void forget(Connection connection, long conditionId) throws SQLException {
    Sql.update(connection, "DELETE FROM alert_signal WHERE condition_id = ?", conditionId);
  }

  static void forgetAll(Connection connection, long alertId) throws SQLException {
    Sql.update(
        connection,
        "DELETE FROM alert_signal WHERE condition_id IN"
            + " (SELECT id FROM alert_condition WHERE alert_id = ?)",
        alertId);
  }

  /** Of the streams that meet a condition of the alert, as stored. */
  static List<Violation> violations(Connection connection, long alertId) throws SQLException {
    return Sql.list(
        connection,
        row -> {
          final double value = row.getDouble(4);
          return new Violation(
              row.getString(1),
              row.getString(2),
              row.getLong(3),
              row.wasNull() ? null : (Double) value,
              row.getLong(5),
              Sql.whole(row, 6),
              Sql.whole(row, 7));
        },
        "SELECT s.stream, c.definition ->> 'metric_name', c.id, s.value, s.seen, s.began, s.count"
            + " FROM alert_signal s JOIN alert_condition c ON c.id = s.condition_id"
            + " WHERE c.alert_id = ? AND s.met = 1 ORDER BY s.stream, c.place",
        alertId);
  }
}
