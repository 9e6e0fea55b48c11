package io.zibrato.store.resources.alerts;

import io.zibrato.store.resources.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/**
 * How an alert stands, since when, and what its services were told. Times are epoch seconds, null
 * for never.
 *
 * @param notifiedAt when services were last told that it is triggered
 * @param incident the same from one triggering to its clearing
 */
record Standing(
    State state, long since, Long triggeredAt, Long clearedAt, Long notifiedAt, String incident) {
  static final String COLUMNS = "state, since, triggered_at, cleared_at, notified_at, incident";

  /** What services are told, if anything. */
  enum Notice {
    TRIGGERED,
    CLEARED;

    String word() {
      return this == TRIGGERED ? "alert" : "clear";
    }
  }

  /** A standing, and what services are told of it; null for nothing. */
  record Step(Standing standing, Notice notice) {}

  static Standing read(ResultSet row, int column) throws SQLException {
    return new Standing(
        State.of(row.getString(column)),
        row.getLong(column + 1),
        Sql.whole(row, column + 2),
        Sql.whole(row, column + 3),
        Sql.whole(row, column + 4),
        row.getString(column + 5));
  }

  static Standing initial(long now) {
    return new Standing(State.OK, now, null, null, null, null);
  }

  /**
   * What it comes to.
   *
   * @param now how its conditions are
   * @param due whether services may be told again that it is triggered
   */
  Step next(State now, boolean due, long nowSeconds) {
    if (now == State.TRIGGERED) {
      final boolean begins = state != State.TRIGGERED;
      final Standing triggered =
          new Standing(
              now,
              begins ? nowSeconds : since,
              begins ? (Long) nowSeconds : triggeredAt,
              clearedAt,
              due ? (Long) nowSeconds : notifiedAt,
              begins ? UUID.randomUUID().toString() : incident);
      return new Step(triggered, due ? Notice.TRIGGERED : null);
    }
    final boolean clears = state == State.TRIGGERED;
    final Standing calm =
        new Standing(
            now,
            now == state ? since : nowSeconds,
            triggeredAt,
            clears ? (Long) nowSeconds : clearedAt,
            notifiedAt,
            incident);
    return new Step(calm, clears && announced() ? Notice.CLEARED : null);
  }

  /** Whether services were told of this incident. */
  private boolean announced() {
    return notifiedAt != null && triggeredAt != null && notifiedAt >= triggeredAt;
  }

  /** Whether it was so many seconds ago that services were told. */
  boolean due(long rearmSeconds, long nowSeconds) {
    return notifiedAt == null || nowSeconds - notifiedAt >= rearmSeconds;
  }

  /** False if the alert is not what it was when this was worked out; then nothing is stored. */
  boolean store(Connection connection, long alertId, long revision) throws SQLException {
    return Sql.update(
            connection,
            "UPDATE alert SET state = ?, since = ?, triggered_at = ?, cleared_at = ?,"
                + " notified_at = ?, incident = ? WHERE id = ? AND revision = ?",
            state.word(),
            since,
            triggeredAt,
            clearedAt,
            notifiedAt,
            incident,
            alertId,
            revision)
        == 1;
  }
}
