package io.zibrato.daemon;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A page for a supervisor, in JSON, at one or more paths: 200 while what the path stands for holds,
 * 503 while it does not. The page is the same at all of them.
 *
 * <p>Who sends no whole request within 5 s is cut off, and keeps nobody else waiting until then:
 * only with more than {@value #MAX_THREADS} of them at once do others wait. Who sends none that can
 * be read, or a longer one than the JDK takes, loses its connection.
 */
public final class HealthServer implements AutoCloseable {
  // One that has sent half a request keeps a thread until it is cut off.
  private static final int MAX_THREADS = 64;
  private static final long IDLE_SECONDS = 10;

  private final HttpServer server;
  private final ExecutorService threads;
  private final Map<String, BooleanSupplier> paths;
  private final Supplier<String> page;

  private HealthServer(
      HttpServer server,
      ExecutorService threads,
      Map<String, BooleanSupplier> paths,
      Supplier<String> page) {
    this.server = server;
    this.threads = threads;
    this.paths = paths;
    this.page = page;
  }

  /**
   * @param host as messages name it
   * @param address of that host; with port 0 a free one is taken
   * @param paths what is asked at each, by any thread, as the page is
   * @throws IOException naming the port, if it is in use
   */
  public static HealthServer open(
      String host,
      InetSocketAddress address,
      Map<String, BooleanSupplier> paths,
      Supplier<String> page)
      throws IOException {
    boundRequests();
    HttpServer server = bind(host, address);
    ExecutorService threads = threads();
    HealthServer health = new HealthServer(server, threads, Map.copyOf(paths), page);
    server.setExecutor(threads);
    server.createContext("/", health::answer);
    server.start();
    return health;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static HttpServer bind(String host, InetSocketAddress address) throws IOException {
    try {
      return HttpServer.create(address, 0);
    } catch (BindException e) {
      String where = host + ':' + address.getPort() + " (health page): ";
      String reason = "port " + address.getPort() + " is in use";
      throw new IOException("cannot listen on " + where + reason, e);
    }
  }

  /** The JDK's server otherwise waits for ever for the rest of a request. */
  private static void boundRequests() {
    for (String name : new String[] {"maxReqTime", "maxRspTime"}) {
      String property = "sun.net.httpserver." + name;
      if (System.getProperty(property) == null) System.setProperty(property, "5");
    }
  }

  private static ExecutorService threads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            MAX_THREADS,
            MAX_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            HealthServer::thread);
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "zibrato-health");
    thread.setDaemon(true);
    return thread;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      BooleanSupplier holds = paths.get(exchange.getRequestURI().getPath());
      if (holds == null) {
        exchange.sendResponseHeaders(404, -1);
      } else if (!method.equals("GET") && !method.equals("HEAD")) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        exchange.sendResponseHeaders(405, -1);
      } else {
        answer(exchange, holds, method.equals("HEAD"));
      }
    }
  }

  private void answer(HttpExchange exchange, BooleanSupplier holds, boolean head)
      throws IOException {
    byte[] body = page.get().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(holds.getAsBoolean() ? 200 : 503, head ? -1 : body.length);
    if (!head) exchange.getResponseBody().write(body);
  }
}
