package io.zibrato.backends.prometheus;

import io.zibrato.backends.Backend;
import io.zibrato.backends.DeliveryException;
import io.zibrato.backends.FatalException;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.Totals;
import java.io.IOException;

/**
 * Adds snapshots to totals, which Prometheus scrapes, or which are sent to it.
 *
 * <p>An interval is added to its series once, so what is flushed again changes nothing; nor does
 * what is sent again.
 */
final class PrometheusBackend extends Backend {
  private final PrometheusOptions options;
  private final ClassicBuckets classic;
  private final RemoteWriter writer; // null for none
  private Totals totals; // guarded by this, like the server
  private ScrapeServer server;
  private boolean closed;

  PrometheusBackend(PrometheusOptions options) {
    this.options = options;
    this.classic = new ClassicBuckets(options.bucketsPerDoubling());
    this.writer = options.remoteWrite().isEmpty() ? null : new RemoteWriter(options, classic);
  }

  @Override
  public void connect() throws IOException, FatalException {
    open();
    if (writer != null) writer.connect();
  }

  private synchronized Totals open() throws IOException, FatalException {
    if (closed) throw new IOException("closed");
    if (totals == null) totals = Totals.open(options.totals());
    if (server != null || options.listen().isEmpty()) return totals;
    Totals opened = totals;
    try {
      server =
          new ScrapeServer(
              options.listen().get(),
              () -> Exposition.of(opened.all(System.currentTimeMillis()), classic));
    } catch (IOException e) {
      throw new FatalException(e.getMessage());
    }
    return totals;
  }

  /** Where it is scraped, once it is connected. */
  synchronized int port() {
    return server.port();
  }

  @Override
  public int batchSize() {
    return writer == null ? super.batchSize() : RemoteWriter.AT_ONCE;
  }

  @Override
  public void flush(Snapshot snapshot) throws IOException, DeliveryException {
    if (snapshot.isEmpty()) return;
    Totals totals = open();
    if (writer != null) writer.end(totals.stale(snapshot), snapshot.startMillis());
    Totals.Added added = totals.add(snapshot);
    if (writer != null && !added.totals().isEmpty()) writer.send(added.totals());
    added.check();
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    if (server != null) server.close();
    if (totals != null) totals.close();
    server = null;
  }
}
