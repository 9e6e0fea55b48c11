package io.zibrato.store;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A webhook that remembers what it was told, and answers as a test says. */
final class HookServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch released = new CountDownLatch(1);
  private final List<Posted> posts = new CopyOnWriteArrayList<>();
  private volatile int status = 200;

  /** One request. */
  record Posted(
      String method,
      String target,
      String contentType,
      String authorization,
      String key,
      String body) {
    JsonObject payload() {
      if (!body.startsWith("payload=")) {
        throw new AssertionError(body);
      }
      return JsonParser.parseString(
              URLDecoder.decode(body.substring("payload=".length()), StandardCharsets.UTF_8))
          .getAsJsonObject();
    }

    boolean clears() {
      return payload().has("clear");
    }
  }

  /** On a free port, or on one that was free. */
  HookServer(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    final byte[] body = exchange.getRequestBody().readAllBytes();
    posts.add(
        new Posted(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            exchange.getRequestHeaders().getFirst("Content-Type"),
            exchange.getRequestHeaders().getFirst("Authorization"),
            exchange.getRequestHeaders().getFirst("Idempotency-Key"),
            new String(body, StandardCharsets.UTF_8)));
    if (status == 0) {
      try {
        released.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    exchange.getResponseHeaders().add("Location", "/elsewhere");
    exchange.sendResponseHeaders(status == 0 ? 200 : status, -1);
    exchange.close();
  }

  /** 0 for none: it hangs until it is closed. */
  void answer(int newStatus) {
    status = newStatus;
  }

  /** Ends the hanging. */
  void release() {
    released.countDown();
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url(String pathAndQuery) {
    return "http://127.0.0.1:" + port() + pathAndQuery;
  }

  List<Posted> posts() {
    return List.copyOf(posts);
  }

  @Override
  public void close() {
    released.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
