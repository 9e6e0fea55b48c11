package io.zibrato.librato;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A service that answers as the test says, and a client of it that never waits between tries. */
final class StubApi implements AutoCloseable {
  /** One request, its path and query as they came. */
  record Seen(String method, String target, Headers headers, String body) {
    /** As a test writes it: method, target, and the body where there is one. */
    String text() {
      return method + " " + target + (body.isEmpty() ? "" : " " + body);
    }

    String header(String name) {
      return headers.getFirst(name);
    }
  }

  private record Planned(int status, String body, Map<String, String> headers) {}

  /** Stands for a connection that breaks instead of an answer. */
  private static final int BREAK = -1;

  private static final int HANG = -2;

  final List<Seen> seen = new CopyOnWriteArrayList<>();
  final List<Long> pauses = new CopyOnWriteArrayList<>();
  private final Queue<Planned> plan = new ConcurrentLinkedQueue<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private Function<Seen, String> otherwise = request -> "";

  StubApi() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  LibratoClientBuilder builder() {
    LibratoClientBuilder builder =
        LibratoClient.builder().url(url()).credentials("user", "token").retries(2);
    builder.pause = pauses::add;
    return builder;
  }

  LibratoClient client() {
    return builder().build();
  }

  StubApi answer(int status, String body) {
    return answer(status, body, Map.of());
  }

  StubApi answer(int status, String body, Map<String, String> headers) {
    plan.add(new Planned(status, body, headers));
    return this;
  }

  StubApi breakConnection() {
    return answer(BREAK, "");
  }

  StubApi hang() {
    return answer(HANG, "");
  }

  /** 200 with such a body, where nothing else is planned. */
  void otherwise(Function<Seen, String> body) {
    otherwise = body;
  }

  /** All requests, each as {@link Seen#text}. */
  List<String> texts() {
    return seen.stream().map(Seen::text).toList();
  }

  Seen only() {
    assertThat(seen).hasSize(1);
    return seen.get(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Seen request =
        new Seen(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            exchange.getRequestHeaders(),
            body);
    seen.add(request);
    Planned planned = plan.poll();
    if (planned == null) planned = new Planned(200, otherwise.apply(request), Map.of());
    if (planned.status() == HANG) await();
    if (planned.status() < 0) {
      exchange.close(); // without an answer
      return;
    }
    planned.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] bytes = planned.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(planned.status(), bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void await() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
