package io.zibrato.backends.statvent;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A running web service: a {@link Collector}, an HTTP server, and if need be a {@link Bridge}. */
final class Service implements Closeable {
  private static final int MAX_THREADS = 16;
  private static final long IDLE_TIMEOUT_MILLIS = 30_000;
  private static final long STOP_TIMEOUT_MILLIS = 500;
  private static final long STOP_IDLE_MILLIS = 50;

  private final Collector collector;
  private final Server server;
  private final Optional<Bridge> bridge;

  private Service(Collector collector, Server server, Optional<Bridge> bridge) {
    this.collector = collector;
    this.server = server;
    this.bridge = bridge;
  }

  /**
   * @throws IOException with a message for the user: the port is taken
   */
  static Service open(StatventOptions options) throws IOException {
    Collector collector =
        new Collector(new Pipes(options.pipeDir(), options.limit(), options.remove()));
    try {
      Server server = listen(options, collector);
      return new Service(
          collector, server, options.bridge().map(each -> Bridge.start(collector::collect, each)));
    } catch (IOException e) {
      collector.close();
      throw e;
    }
  }

  private static Server listen(StatventOptions options, Collector collector) throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
    threads.setName("statvent-http");
    threads.setDaemon(true);
    Server server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(options.address().getHostAddress());
    connector.setPort(options.port());
    connector.setIdleTimeout(IDLE_TIMEOUT_MILLIS);
    connector.setShutdownIdleTimeout(STOP_IDLE_MILLIS);
    server.addConnector(connector);
    server.setStopTimeout(STOP_TIMEOUT_MILLIS);
    server.setHandler(new Web(options.path(), collector, Clock.systemUTC()));
    start(server, options);
    return server;
  }

  private static void start(Server server, StatventOptions options) throws IOException {
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
      System.getLogger(Service.class.getName())
          .log(System.Logger.Level.DEBUG, "the HTTP server did not stop cleanly", e);
    }
  }

  URI uri() {
    ServerConnector connector = (ServerConnector) server.getConnectors()[0];
    String host = connector.getHost();
    return URI.create(
        "http://"
            + (host.indexOf(':') >= 0 ? "[" + host + "]" : host)
            + ":"
            + connector.getLocalPort());
  }

  /** Ends within a few seconds; what the bridge has is published before. */
  @Override
  public void close() {
    stop(server);
    bridge.ifPresent(Bridge::close);
    collector.close();
  }
}
