package io.zibrato.broker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * {@code GET /health}: a page for a supervisor, in JSON. 200 while the broker forwards, 503 once it
 * does not.
 */
final class Health implements AutoCloseable {
  private static final int THREADS = 2;

  private final HttpServer server;
  private final ExecutorService threads;
  private final BooleanSupplier alive;
  private final Supplier<String> page;

  private Health(
      HttpServer server, ExecutorService threads, BooleanSupplier alive, Supplier<String> page) {
    this.server = server;
    this.threads = threads;
    this.alive = alive;
    this.page = page;
  }

  /**
   * @param port 0 for a free one
   * @throws IOException naming the port, if it is in use
   */
  static Health open(String host, int port, BooleanSupplier alive, Supplier<String> page)
      throws IOException {
    boundRequests();
    HttpServer server = bind(host, port);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS, Health::thread);
    Health health = new Health(server, threads, alive, page);
    server.setExecutor(threads);
    server.createContext("/", health::answer);
    server.start();
    return health;
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static HttpServer bind(String host, int port) throws IOException {
    try {
      return HttpServer.create(Sides.address(host, port), 0);
    } catch (BindException e) {
      String where = host + ':' + port + " (health page): ";
      throw new IOException("cannot listen on " + where + "port " + port + " is in use", e);
    }
  }

  /** The JDK's server otherwise waits for ever for the rest of a request. */
  private static void boundRequests() {
    for (String name : new String[] {"maxReqTime", "maxRspTime"}) {
      String property = "sun.net.httpserver." + name;
      if (System.getProperty(property) == null) System.setProperty(property, "5");
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "zibrato-broker-health");
    thread.setDaemon(true);
    return thread;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      if (!exchange.getRequestURI().getPath().equals("/health")) {
        exchange.sendResponseHeaders(404, -1);
      } else if (!method.equals("GET") && !method.equals("HEAD")) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        exchange.sendResponseHeaders(405, -1);
      } else {
        answer(exchange, method.equals("HEAD"));
      }
    }
  }

  private void answer(HttpExchange exchange, boolean head) throws IOException {
    byte[] body = page.get().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(alive.getAsBoolean() ? 200 : 503, head ? -1 : body.length);
    if (!head) exchange.getResponseBody().write(body);
  }
}
