package io.zibrato.backends.testing;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/** An HTTP service that answers as the test says, and remembers what it was asked. */
public final class StubService implements Closeable {
  /**
   * One request; a header that was not there is empty.
   *
   * @param body as text
   * @param bytes the body, with nothing of a gzip around it
   */
  public record Request(
      String method,
      String path,
      String body,
      String authorization,
      String userAgent,
      String idempotencyKey,
      byte[] bytes,
      Headers headers) {
    public String header(String name) {
      return headers.getOrDefault(name, List.of("")).get(0);
    }
  }

  /**
   * @param delayMillis how long the service thinks before it answers
   * @param dripMillis how long it takes for each byte of the body
   */
  public record Answer(
      int status, byte[] bytes, Map<String, String> headers, long delayMillis, long dripMillis) {
    public Answer(
        int status, String body, Map<String, String> headers, long delayMillis, long dripMillis) {
      this(status, body.getBytes(StandardCharsets.UTF_8), headers, delayMillis, dripMillis);
    }

    public Answer(int status, String body, Map<String, String> headers, long delayMillis) {
      this(status, body, headers, delayMillis, 0);
    }

    public Answer(int status, String body) {
      this(status, body, Map.of(), 0);
    }
  }

  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Queue<Answer> next = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile Function<Request, Answer> always = request -> new Answer(200, "");

  public StubService() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers the next request so, before what {@link #always} says. */
  public void next(Answer answer) {
    next.add(answer);
  }

  public void next(int status) {
    next(new Answer(status, ""));
  }

  public void always(Function<Request, Answer> answer) {
    always = answer;
  }

  /** All requests so far, refused ones too. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  private void handle(HttpExchange exchange) throws IOException {
    boolean gzip = header(exchange, "Content-Encoding").equals("gzip");
    InputStream in = exchange.getRequestBody();
    byte[] sent = gzip ? new GZIPInputStream(in).readAllBytes() : in.readAllBytes();
    String body = new String(sent, StandardCharsets.UTF_8);
    Request request =
        new Request(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            body,
            header(exchange, "Authorization"),
            header(exchange, "User-Agent"),
            header(exchange, "Idempotency-Key"),
            sent,
            exchange.getRequestHeaders());
    requests.add(request);
    Answer queued = next.poll();
    Answer answer = queued == null ? always.apply(request) : queued;
    pause(answer.delayMillis());
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] bytes = answer.bytes();
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    for (int i = 0; answer.dripMillis() > 0 && i < bytes.length; i++) {
      exchange.getResponseBody().write(bytes, i, 1);
      exchange.getResponseBody().flush();
      pause(answer.dripMillis());
    }
    if (answer.dripMillis() == 0 && bytes.length > 0) exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis); // the service thinks; no test waits by it
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
