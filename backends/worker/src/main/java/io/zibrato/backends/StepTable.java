package io.zibrato.backends;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeMap;

/**
 * What {@link StepTotals} keeps, in one transaction: which steps were given, and what the series
 * have come to in the last. A row says which interval was added to it last.
 */
final class StepTable implements AutoCloseable {
  static final StateFile.Layout LAYOUT =
      new StateFile.Layout(
          "steps",
          1,
          List.of(
              "CREATE TABLE step (number INTEGER PRIMARY KEY, facts BLOB NOT NULL)",
              "CREATE TABLE total (series BLOB PRIMARY KEY, facts BLOB NOT NULL)"),
          2);

  private static final Logger LOG = System.getLogger(StepTable.class.getName());

  private final Connection connection;
  private final PreparedStatement select;
  private final PreparedStatement insert;

  StepTable(Connection connection) throws SQLException {
    this.connection = connection;
    this.select = connection.prepareStatement("SELECT facts FROM total WHERE series = ?");
    this.insert = connection.prepareStatement("INSERT OR REPLACE INTO total VALUES (?, ?)");
  }

  /** The steps that were given; none, if the disk gave them back damaged. */
  Steps steps(int stepSeconds) throws SQLException {
    try (PreparedStatement all = connection.prepareStatement("SELECT facts FROM step");
        ResultSet row = all.executeQuery()) {
      if (row.next()) return Steps.decode(row.getBytes(1), stepSeconds);
    } catch (IOException e) {
      LOG.log(Level.ERROR, "what was given of steps is {0}; values may replace others", e);
      forgetTotals();
    }
    return Steps.none(stepSeconds);
  }

  void write(Steps steps) throws SQLException {
    String replace = "INSERT OR REPLACE INTO step VALUES (0, ?)";
    try (PreparedStatement only = connection.prepareStatement(replace)) {
      only.setBytes(1, steps.encode());
      only.execute();
    }
  }

  void forgetTotals() throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement("DELETE FROM total")) {
      delete.execute();
    }
  }

  /** What the measurement's series has come to with it, which is part of {@code part}. */
  Measurement add(Measurement measurement, Snapshot part) throws SQLException {
    byte[] series = series(TotalsRow.Place.of(measurement));
    TotalsRow before = read(series);
    TotalsRow after =
        before == null ? TotalsRow.first(0, measurement, part) : before.plus(measurement, part);
    if (after != before) {
      insert.setBytes(1, series);
      insert.setBytes(2, after.encode());
      insert.execute();
    }
    return after.total().value();
  }

  private TotalsRow read(byte[] series) throws SQLException {
    select.setBytes(1, series);
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? TotalsRow.decode(0, row.getBytes(1)) : null;
    } catch (IOException | IllegalArgumentException e) {
      LOG.log(Level.ERROR, "what a series came to in a step begins anew: {0}", e);
      return null;
    }
  }

  private static byte[] series(TotalsRow.Place place) {
    SeriesKey key = place.key();
    SeriesKey sorted = new SeriesKey(key.name(), key.source(), new TreeMap<>(key.tags()));
    return Encoded.of(
        out -> {
          out.writeBoolean(place.kind() == TimerTotal.class);
          Encoded.write(sorted, out);
        });
  }

  @Override
  public void close() throws SQLException {
    try (insert) {
      select.close();
    }
  }
}
