package io.zibrato.store;

import com.google.gson.JsonObject;
import io.zibrato.store.data.Database;
import io.zibrato.store.data.Writer;
import io.zibrato.store.http.Api;
import io.zibrato.store.http.BasicAuth;
import io.zibrato.store.http.BrowserGuard;
import io.zibrato.store.http.Credentials;
import io.zibrato.store.http.Reply;
import io.zibrato.store.http.Route;
import io.zibrato.store.http.ServerErrors;
import io.zibrato.store.metrics.Metrics;
import io.zibrato.store.metrics.Tally;
import io.zibrato.store.resources.alerts.Alerting;
import io.zibrato.store.resources.annotations.AnnotationEndpoints;
import io.zibrato.store.resources.spaces.SpaceEndpoints;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A running store: a {@link Database}, its {@link Writer} and an HTTP server. What the API answered
 * with 200 is on the disk.
 *
 * <p>Each part of the API has a package and its routes; {@link #routes} lists them.
 */
final class Store implements Closeable {
  private static final int MAX_THREADS = 64;

  /** The longest composite there may be, percent-encoded throughout, and more. */
  private static final int MAX_HEADER_BYTES = 32 * 1024;

  private static final long IDLE_TIMEOUT_MILLIS = 30_000;
  private static final long STOP_TIMEOUT_MILLIS = 500;
  private static final long STOP_IDLE_MILLIS = 50;

  private final Database database;
  private final Writer writer;
  private final Alerting alerting;
  private final Server server;

  private Store(Database database, Writer writer, Alerting alerting, Server server) {
    this.database = database;
    this.writer = writer;
    this.alerting = alerting;
    this.server = server;
  }

  /**
   * Opens the database and listens.
   *
   * @throws IOException with a message for the user: the port is taken, or what {@link
   *     Database#open} says
   */
  static Store open(StoreOptions options) throws IOException {
    return open(options, Clock.systemUTC(), Alerting::start);
  }

  /** With a clock of one's own, and what is to run of alerting. */
  static Store open(StoreOptions options, Clock clock, Consumer<Alerting> start)
      throws IOException {
    final Database database = Database.open(options.data());
    Writer writer = null;
    Alerting alerting = null;
    try {
      writer = Writer.start(database.writer());
      final Metrics metrics = Metrics.open(database, writer, options.retention(), clock);
      final String account = options.credentials().map(Credentials::username).orElse(null);
      alerting = new Alerting(database, writer, clock, account);
      final Server server =
          listen(options, routes(database, writer, metrics, alerting, clock), clock);
      start.accept(alerting);
      return new Store(database, writer, alerting, server);
    } catch (IOException | SQLException | InterruptedException e) {
      if (alerting != null) {
        alerting.close();
      }
      if (writer != null) {
        writer.close();
      }
      database.close();
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw e instanceof IOException io ? io : new IOException(e);
    }
  }

  private static Server listen(StoreOptions options, List<Route> routes, Clock clock)
      throws IOException {
    final QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
    threads.setName("store-http");
    threads.setDaemon(true);
    final Server server = new Server(threads);
    final HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    // Names of sources may have slashes; paths are taken apart before they are decoded.
    http.setUriCompliance(
        UriCompliance.DEFAULT.with(
            "store",
            UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
            UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS,
            UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING));
    final ServerConnector connector =
        new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(options.address().getHostAddress());
    connector.setPort(options.port());
    connector.setIdleTimeout(IDLE_TIMEOUT_MILLIS);
    connector.setShutdownIdleTimeout(STOP_IDLE_MILLIS);
    server.addConnector(connector);
    server.setStopTimeout(STOP_TIMEOUT_MILLIS);
    server.setErrorHandler(new ServerErrors(clock));
    server.setHandler(
        new Api(
            routes,
            new BasicAuth(options.credentials()),
            new BrowserGuard(options.credentials().isEmpty()),
            clock));
    start(server, options);
    return server;
  }

  static List<Route> routes(
      Database database, Writer writer, Metrics metrics, Alerting alerting, Clock clock)
      throws IOException, SQLException {
    final List<Route> routes = new ArrayList<>();
    routes.addAll(metrics.routes());
    routes.addAll(new AnnotationEndpoints(database, writer, clock).routes());
    routes.addAll(new SpaceEndpoints(database, writer).routes());
    routes.addAll(alerting.routes());
    routes.addAll(Page.routes());
    routes.add(Route.open("GET", "/healthz", call -> health(database)));
    return List.copyOf(routes);
  }

  private static Reply health(Database database) throws SQLException, InterruptedException {
    final JsonObject json = new JsonObject();
    json.addProperty("status", "ok");
    database.read(
        connection -> {
          json.addProperty("metrics", Tally.metrics(connection));
          json.addProperty("measurements", Tally.read(connection, "measurements"));
          return null;
        });
    return Reply.json(200, json);
  }

  private static void start(Server server, StoreOptions options) throws IOException {
    try {
      server.start();
    } catch (Exception e) {
      stop(server);
      if (e.getCause() instanceof BindException || e instanceof BindException) {
        throw new IOException(
            "cannot listen on "
                + options.address().getHostAddress()
                + ", port "
                + options.port()
                + ": "
                + (e.getCause() == null ? e : e.getCause()).getMessage(),
            e);
      }
      throw new IOException("cannot start the HTTP server: " + e, e);
    }
  }

  private static void stop(Server server) {
    try {
      server.stop();
    } catch (Exception e) {
      System.getLogger(Store.class.getName())
          .log(System.Logger.Level.DEBUG, "the HTTP server did not stop cleanly", e);
    }
  }

  int port() {
    return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
  }

  URI uri() {
    final ServerConnector connector = (ServerConnector) server.getConnectors()[0];
    final String host = connector.getHost();
    return URI.create(
        "http://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port());
  }

  /**
   * Ends within about seven seconds; requests under way may be cut off, and then have not been
   * answered with 200.
   */
  @Override
  public void close() throws IOException {
    stop(server);
    alerting.close();
    writer.close();
    database.close();
  }
}
