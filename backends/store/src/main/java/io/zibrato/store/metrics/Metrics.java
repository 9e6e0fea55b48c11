package io.zibrato.store.metrics;

import io.zibrato.store.data.Database;
import io.zibrato.store.data.Repeats;
import io.zibrato.store.data.Writer;
import io.zibrato.store.http.ApiError;
import io.zibrato.store.http.Route;
import io.zibrato.store.points.Expiry;
import io.zibrato.store.points.Packer;
import io.zibrato.store.points.Retention;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Metrics, their series and measurements: what keeps them, and the endpoints that are theirs. */
public final class Metrics {
  private static final long EXPIRY_SECONDS = 600;

  private final Database database;
  private final Tables tables;
  private final Writer writer;
  private final Clock clock;

  Tables tables() {
    return tables;
  }

  private Metrics(Database database, Writer writer, Clock clock) throws SQLException {
    this.database = database;
    this.writer = writer;
    this.clock = clock;
    tables = new Tables(database.writer());
  }

  /**
   * Begins to keep them; takes over what an older store has left. Needs a writer that has made no
   * change yet.
   */
  public static Metrics open(Database database, Writer writer, Retention retention, Clock clock)
      throws SQLException, InterruptedException {
    final Metrics metrics = new Metrics(database, writer, clock);
    writer.onRollback(metrics.tables::forget);
    final Packer packer = new Packer(database.writer(), metrics.tables.points());
    metrics.takeOver(packer);
    writer.addChore(packing(packer));
    writer.addChore(
        metrics.expiring(new Expiry(database.writer(), metrics.tables.points(), retention)));
    return metrics;
  }

  private void takeOver(Packer packer) throws SQLException, InterruptedException {
    final OldRows rows = new OldRows(tables.points(), packer);
    try {
      while (writer.apply(rows::takeOver)) {
        // Until none is left.
      }
    } catch (ApiError e) {
      throw new SQLException(e);
    }
  }

  private static Writer.Chore packing(Packer packer) {
    return new Writer.Chore() {
      @Override
      public boolean due() throws SQLException {
        return packer.due();
      }

      @Override
      public boolean pressing() throws SQLException {
        return packer.pressing();
      }

      @Override
      public void run(Connection connection) throws SQLException {
        packer.pack();
      }
    };
  }

  private Writer.Chore expiring(Expiry expiry) {
    return new Writer.Chore() {
      private long nextSeconds = Long.MIN_VALUE;

      @Override
      public boolean due() {
        return expiry.due() || now() >= nextSeconds;
      }

      @Override
      public boolean pressing() {
        return false;
      }

      @Override
      public void run(Connection connection) throws SQLException {
        if (expiry.due()) {
          expiry.delete();
        } else {
          final long now = now();
          expiry.begin(now);
          nextSeconds = now + EXPIRY_SECONDS;
        }
      }
    };
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }

  public List<Route> routes() {
    final Repeats repeats = new Repeats(writer, clock);
    final List<Route> routes = new ArrayList<>();
    routes.addAll(new MetricEndpoints(database, tables, writer, repeats, clock).routes());
    routes.addAll(new MeasurementEndpoints(database, tables, repeats, clock).routes());
    routes.addAll(new SourceEndpoints(database, tables, writer).routes());
    return routes;
  }
}
