package io.zibrato.store.resources.alerts;

import com.google.gson.JsonObject;
import io.zibrato.store.data.Database;
import io.zibrato.store.data.Writer;
import io.zibrato.store.http.ApiError;
import io.zibrato.store.resources.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Evaluates all active alerts, one after the other; each changes in a transaction of its own, with
 * what its services are told of it. Not thread-safe.
 */
final class Evaluator {
  private static final System.Logger LOG = System.getLogger(Evaluator.class.getName());

  /** A round ends after so long, and the next one begins with the alerts that it left out. */
  private static final long MAX_ROUND_NANOS = 45_000_000_000L;

  private final Database database;
  private final Writer writer;
  private final String account;
  private final Runnable noticed;
  private final long openedAt;
  private final Map<Long, Watch> watches = new HashMap<>();
  private long lastRound;
  private long resumeAfter;
  private boolean warned;

  /** What one alert comes to. */
  private record Verdict(Alert alert, List<Watch> watches, Standing.Step step) {
    List<Condition> conditions() {
      return watches.stream().map(Watch::condition).toList();
    }

    List<Signal.Violation> violations() {
      final List<Signal.Violation> violations = new ArrayList<>();
      for (final Watch watch : watches) {
        watch.met().forEach(signal -> violations.add(signal.violation(watch.condition())));
      }
      return violations;
    }
  }

  Evaluator(
      Database database, Writer writer, String account, long openedAtSeconds, Runnable noticed) {
    this.database = database;
    this.writer = writer;
    this.account = account;
    this.noticed = noticed;
    openedAt = openedAtSeconds;
  }

  /** Evaluates them as of now. A failure of one is logged and leaves the others alone. */
  void round(long nowSeconds) throws InterruptedException {
    try {
      final List<Long> ids =
          database.read(
              connection -> {
                lastRound = Sql.number(connection, "SELECT evaluated_at FROM alert_round");
                return Sql.list(
                    connection,
                    row -> row.getLong(1),
                    "SELECT id FROM alert WHERE active = 1 ORDER BY id <= ?, id",
                    resumeAfter);
              });
      evaluate(ids, nowSeconds);
      if (!ids.isEmpty()) {
        writer.apply(c -> Sql.update(c, "UPDATE alert_round SET evaluated_at = ?", nowSeconds));
      }
    } catch (SQLException | ApiError | RuntimeException | Error e) {
      failed("alerts could not be evaluated", e);
    }
  }

  private void evaluate(List<Long> ids, long nowSeconds) throws InterruptedException {
    final long startNanos = System.nanoTime();
    final Set<Long> judged = new HashSet<>();
    resumeAfter = 0;
    long previous = 0;
    for (final long id : ids) {
      if (System.nanoTime() - startNanos > MAX_ROUND_NANOS) {
        resumeAfter = previous;
        failed("some alerts had to wait for the next minute", null);
        return;
      }
      try {
        judged.addAll(evaluate(id, nowSeconds));
      } catch (SQLException | ApiError | RuntimeException | Error e) {
        failed("alert " + id + " could not be evaluated", e);
      }
      previous = id;
    }
    watches.keySet().retainAll(judged);
  }

  private void failed(String what, Throwable e) {
    LOG.log(warned ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING, what, e);
    warned = true;
  }

  /** The ids of its conditions. */
  private List<Long> evaluate(long id, long nowSeconds)
      throws SQLException, ApiError, InterruptedException {
    final Verdict verdict = database.read(connection -> judge(connection, id, nowSeconds));
    if (verdict == null) {
      return List.of();
    }
    boolean stored = false;
    try {
      stored =
          !changes(verdict) || writer.apply(connection -> store(connection, verdict, nowSeconds));
    } finally {
      if (stored) {
        verdict.watches().forEach(Watch::stored);
      } else {
        verdict.watches().forEach(watch -> watches.remove(watch.condition().id()));
      }
    }
    if (verdict.step().notice() != null) {
      noticed.run();
    }
    return verdict.conditions().stream().map(Condition::id).toList();
  }

  private static boolean changes(Verdict verdict) {
    return verdict.step().notice() != null
        || !verdict.step().standing().equals(verdict.alert().standing())
        || verdict.watches().stream().anyMatch(Watch::changed);
  }

  /** Null if it is gone, or not active any more. */
  private Verdict judge(Connection connection, long id, long nowSeconds) throws SQLException {
    final Alert alert = Alert.find(connection, id);
    if (alert == null || !alert.active()) {
      return null;
    }
    final List<Watch> judged = new ArrayList<>();
    for (final Condition condition : Condition.ofAlert(connection, id)) {
      final Watch watch = watch(condition);
      watch.judge(connection, alert, nowSeconds);
      judged.add(watch);
    }
    final long met = judged.stream().filter(watch -> !watch.met().isEmpty()).count();
    final State state =
        met == 0 ? State.OK : met == judged.size() ? State.TRIGGERED : State.TROUBLED;
    return new Verdict(
        alert, judged, alert.standing().next(state, due(alert, judged, nowSeconds), nowSeconds));
  }

  private Watch watch(Condition condition) {
    final Watch known = watches.get(condition.id());
    if (known != null && known.condition().equals(condition)) {
      return known;
    }
    final Watch watch = new Watch(condition, openedAt, lastRound);
    watches.put(condition.id(), watch);
    return watch;
  }

  /** Whether services may be told that it is triggered: again, or of one more stream. */
  private static boolean due(Alert alert, List<Watch> judged, long nowSeconds) {
    if (!alert.rearmPerSignal()) {
      return alert.standing().due(alert.rearmSeconds(), nowSeconds);
    }
    return judged.stream()
        .flatMap(watch -> watch.met().stream())
        .anyMatch(
            signal ->
                signal.notifiedAt == null
                    || nowSeconds - signal.notifiedAt >= alert.rearmSeconds());
  }

  /** False if the alert was changed meanwhile; then nothing is stored. */
  private boolean store(Connection connection, Verdict verdict, long nowSeconds)
      throws SQLException {
    final Alert alert = verdict.alert();
    final Standing standing = verdict.step().standing();
    if (!standing.store(connection, alert.id(), alert.revision())) {
      return false;
    }
    final Standing.Notice notice = verdict.step().notice();
    if (notice == Standing.Notice.TRIGGERED) {
      final JsonObject payload =
          Payload.triggered(
              alert,
              standing.incident(),
              account,
              nowSeconds,
              verdict.conditions(),
              verdict.violations());
      Notices.add(connection, alert, notice, payload, nowSeconds);
      if (alert.rearmPerSignal()) {
        verdict.watches().forEach(watch -> watch.notified(nowSeconds));
      }
    } else if (notice == Standing.Notice.CLEARED) {
      Notices.add(
          connection, alert, notice, Payload.cleared(alert, account, nowSeconds), nowSeconds);
    }
    for (final Watch watch : verdict.watches()) {
      watch.store(connection);
    }
    return true;
  }
}
