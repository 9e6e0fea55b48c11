package io.zibrato.chaos.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.zibrato.chaos.load.Measured;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Executors;

/**
 * A service. Its arguments are a port, 0 for a free one, the file of its journal, and whether it
 * looks at {@code Idempotency-Key}, {@code true} or {@code false}. A line of its standard input is
 * its {@link Mood} from then on.
 */
final class ServiceMain {
  private static final long HANG_MILLIS = 30_000;

  private final Journal journal;
  private final boolean idempotent;
  private volatile Mood mood = Mood.GOOD;

  private ServiceMain(Journal journal, boolean idempotent) {
    this.journal = journal;
    this.idempotent = idempotent;
  }

  public static void main(String[] args) throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
    ServiceMain service =
        new ServiceMain(Journal.open(Path.of(args[1])), Boolean.parseBoolean(args[2]));
    HttpServer server = HttpServer.create(address, 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", service::answer);
    server.start();
    System.out.println("service listening on port " + server.getAddress().getPort());
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      service.mood = Mood.valueOf(line.toUpperCase(Locale.ROOT));
      System.out.println("mood " + service.mood);
    }
    System.exit(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Mood now = mood;
      switch (now) {
        case BUSY -> {
          exchange.getResponseHeaders().set("Retry-After", "1");
          say(exchange, 429, "{}");
        }
        case FAILING -> say(exchange, 500, "{}");
        case DOWN -> say(exchange, 503, "{}");
        case HANGING_BEFORE -> hang();
        case GOOD -> say(exchange, take(exchange, body), "{}");
        default -> {
          take(exchange, body);
          if (now == Mood.HANGING_AFTER) hang();
        }
      }
    }
  }

  private static void hang() {
    try {
      Thread.sleep(HANG_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized int take(HttpExchange exchange, String body) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) return 200;
    if (body.contains('"' + Measured.POISON.series + '"')) return 400;
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    boolean again = journal.knows(key);
    if (!again || !idempotent) journal.add(Request.of(key, again, body));
    return 200;
  }

  private static void say(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
