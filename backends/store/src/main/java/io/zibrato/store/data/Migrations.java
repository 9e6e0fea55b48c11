package io.zibrato.store.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The schema, as the steps that made it. A database's {@code user_version} says how many of them it
 * has seen; the rest run when it is opened, each in a transaction with its new version. A published
 * step is never changed: append one.
 */
final class Migrations {
  /** "ZBst": tells our files from other programs'. */
  private static final int APPLICATION_ID = 0x5A427374;

  private static final List<List<String>> STEPS =
      List.of(
          List.of(
              "CREATE TABLE metric (id INTEGER PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE"
                  + " UNIQUE, type TEXT NOT NULL, display_name TEXT, description TEXT,"
                  + " period INTEGER, attributes TEXT NOT NULL) STRICT",
              "CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE"
                  + " UNIQUE) STRICT",
              // Clustered by what every query asks for; id keeps the order of arrival.
              "CREATE TABLE measurement (metric_id INTEGER NOT NULL, measure_time INTEGER NOT"
                  + " NULL, id INTEGER NOT NULL, source_id INTEGER NOT NULL, count INTEGER NOT"
                  + " NULL, sum ANY NOT NULL, min ANY, max ANY, sum_squares ANY,"
                  + " PRIMARY KEY (metric_id, measure_time, id)) STRICT, WITHOUT ROWID",
              "CREATE TABLE tally (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT,"
                  + " WITHOUT ROWID",
              "INSERT INTO tally VALUES ('measurements', 0), ('last_measurement_id', 0)"),
          List.of(
              "CREATE TABLE taken (key TEXT PRIMARY KEY, taken_at INTEGER NOT NULL) STRICT,"
                  + " WITHOUT ROWID",
              "CREATE INDEX taken_by_time ON taken (taken_at)"),
          List.of(
              "CREATE TABLE annotation_stream (id INTEGER PRIMARY KEY, name TEXT NOT NULL COLLATE"
                  + " NOCASE UNIQUE, display_name TEXT) STRICT",
              "CREATE TABLE annotation (id INTEGER PRIMARY KEY AUTOINCREMENT, stream_id INTEGER"
                  + " NOT NULL, title TEXT NOT NULL, source TEXT, description TEXT, links TEXT NOT"
                  + " NULL, start_time INTEGER NOT NULL, end_time INTEGER) STRICT",
              "CREATE INDEX annotation_by_time ON annotation (stream_id, start_time, id)",
              "CREATE TABLE space (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL COLLATE"
                  + " NOCASE UNIQUE, tags INTEGER) STRICT",
              "CREATE TABLE chart (id INTEGER PRIMARY KEY AUTOINCREMENT, space_id INTEGER NOT NULL,"
                  + " name TEXT, type TEXT NOT NULL, options TEXT NOT NULL) STRICT",
              "CREATE INDEX chart_by_space ON chart (space_id, id)",
              "CREATE TABLE chart_stream (id INTEGER PRIMARY KEY AUTOINCREMENT, chart_id INTEGER"
                  + " NOT NULL, place INTEGER NOT NULL, definition TEXT NOT NULL) STRICT",
              "CREATE INDEX chart_stream_by_chart ON chart_stream (chart_id, place)"),
          List.of("ALTER TABLE metric ADD COLUMN composite TEXT"),
          List.of(
              "CREATE TABLE service (id INTEGER PRIMARY KEY AUTOINCREMENT, type TEXT NOT NULL, title"
                  + " TEXT NOT NULL, settings TEXT NOT NULL, updated_at INTEGER NOT NULL) STRICT",
              "CREATE TABLE alert (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL COLLATE"
                  + " NOCASE UNIQUE, description TEXT, attributes TEXT NOT NULL, active INTEGER NOT"
                  + " NULL, rearm_seconds INTEGER NOT NULL, rearm_per_signal INTEGER NOT NULL, md"
                  + " INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,"
                  + " revision INTEGER NOT NULL, state TEXT NOT NULL, since INTEGER NOT NULL,"
                  + " triggered_at INTEGER, cleared_at INTEGER, notified_at INTEGER, incident TEXT)"
                  + " STRICT",
              "CREATE TABLE alert_condition (id INTEGER PRIMARY KEY AUTOINCREMENT, alert_id INTEGER"
                  + " NOT NULL, place INTEGER NOT NULL, definition TEXT NOT NULL, since INTEGER NOT"
                  + " NULL) STRICT",
              "CREATE INDEX alert_condition_by_alert ON alert_condition (alert_id, place)",
              "CREATE TABLE alert_service (alert_id INTEGER NOT NULL, service_id INTEGER NOT NULL,"
                  + " PRIMARY KEY (alert_id, service_id)) STRICT, WITHOUT ROWID",
              "CREATE TABLE alert_signal (condition_id INTEGER NOT NULL, stream TEXT NOT NULL, met"
                  + " INTEGER NOT NULL, seen INTEGER NOT NULL, value REAL, began INTEGER, count"
                  + " INTEGER, notified_at INTEGER, PRIMARY KEY (condition_id, stream)) STRICT,"
                  + " WITHOUT ROWID",
              "CREATE TABLE alert_notice (id INTEGER PRIMARY KEY AUTOINCREMENT, alert_id INTEGER NOT"
                  + " NULL, service_id INTEGER NOT NULL, kind TEXT NOT NULL, payload TEXT NOT NULL,"
                  + " made_at INTEGER NOT NULL, attempts INTEGER NOT NULL, next_at INTEGER NOT NULL,"
                  + " status TEXT NOT NULL, outcome TEXT, changed_at INTEGER NOT NULL) STRICT",
              "CREATE INDEX alert_notice_by_status ON alert_notice (status, alert_id, service_id)",
              "CREATE INDEX alert_notice_by_alert ON alert_notice (alert_id)",
              "CREATE TABLE alert_round (evaluated_at INTEGER NOT NULL) STRICT",
              "INSERT INTO alert_round VALUES (0)"),
          List.of(
              // A source is the set of the one tag "source". Numbers of series are not used again:
              // what is left of a deleted one is known by it.
              "CREATE TABLE tag_set (id INTEGER PRIMARY KEY, tags TEXT NOT NULL COLLATE NOCASE"
                  + " UNIQUE) STRICT",
              "INSERT INTO tag_set SELECT id, CASE WHEN name = 'unassigned' THEN '{}'"
                  + " ELSE '{\"source\":\"' || name || '\"}' END FROM source",
              "CREATE TABLE series (id INTEGER PRIMARY KEY AUTOINCREMENT, metric_id INTEGER NOT"
                  + " NULL, tag_set_id INTEGER NOT NULL, UNIQUE (metric_id, tag_set_id)) STRICT",
              "INSERT INTO series (metric_id, tag_set_id)"
                  + " SELECT DISTINCT metric_id, source_id FROM measurement",
              "DELETE FROM source WHERE name = 'unassigned'",
              "ALTER TABLE source ADD COLUMN display_name TEXT",
              "ALTER TABLE measurement RENAME TO measurement_by_row",
              "DELETE FROM tally WHERE name = 'last_measurement_id'",
              "CREATE TABLE arrived (id INTEGER PRIMARY KEY, measurements INTEGER NOT NULL,"
                  + " data BLOB NOT NULL) STRICT",
              // Keys are series and hour, so that what a chart shows lies together.
              "CREATE TABLE hour_raw (key INTEGER PRIMARY KEY, measurements INTEGER NOT NULL,"
                  + " data BLOB NOT NULL) STRICT",
              "CREATE TABLE hour_60 (key INTEGER PRIMARY KEY, measurements INTEGER NOT NULL,"
                  + " data BLOB NOT NULL) STRICT",
              "CREATE TABLE hour_900 (key INTEGER PRIMARY KEY, measurements INTEGER NOT NULL,"
                  + " data BLOB NOT NULL) STRICT",
              "CREATE TABLE hour_3600 (key INTEGER PRIMARY KEY, measurements INTEGER NOT NULL,"
                  + " data BLOB NOT NULL) STRICT",
              "CREATE TABLE floor (resolution INTEGER PRIMARY KEY, hour INTEGER NOT NULL) STRICT",
              "ALTER TABLE taken ADD COLUMN request TEXT",
              "ALTER TABLE taken ADD COLUMN status INTEGER",
              "ALTER TABLE taken ADD COLUMN headers TEXT",
              "ALTER TABLE taken ADD COLUMN body BLOB"));

  private Migrations() {}

  static void run(Connection connection) throws SQLException {
    final int version = pragma(connection, "user_version");
    final int application = pragma(connection, "application_id");
    if (application != APPLICATION_ID && (application != 0 || version != 0 || used(connection))) {
      throw new SQLException("it is not a database of the store");
    }
    if (version > STEPS.size()) {
      throw new SQLException(
          "its schema is version " + version + ", and this store knows up to " + STEPS.size());
    }
    for (int step = version; step < STEPS.size(); step++) {
      migrate(connection, STEPS.get(step), step + 1);
    }
  }

  private static void migrate(Connection connection, List<String> statements, int version)
      throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      for (final String sql : statements) {
        statement.execute(sql);
      }
      statement.execute("PRAGMA application_id = " + APPLICATION_ID);
      statement.execute("PRAGMA user_version = " + version);
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static boolean used(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT 1 FROM sqlite_schema LIMIT 1")) {
      return row.next();
    }
  }

  private static int pragma(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA " + name)) {
      return row.getInt(1);
    }
  }
}
