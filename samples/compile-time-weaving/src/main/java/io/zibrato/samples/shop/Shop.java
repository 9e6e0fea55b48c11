package io.zibrato.samples.shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.zibrato.annotations.CountMe;
import io.zibrato.annotations.TimeMe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Answers {@code GET /prices} with the price of every item, and {@code POST /orders}, whose first
 * line is the number of a card and whose others are {@code item quantity}, with what it costs, or
 * with 402 when the card is declined.
 */
final class Shop implements AutoCloseable {
  private static final int THREADS = 4;

  private record Answer(int status, String text) {}

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final Catalog catalog = new Catalog();
  private final Till till = new Till();
  private final Tally tally;
  private final LongAdder requests;
  private final LongAdder orders;
  private final LongAdder sizes;
  private final LongAdder prices;
  private final LongAdder payments;
  private final LongAdder points;
  private final LongAdder declined;
  private final HttpServer server;

  private Shop(int port, Tally tally) throws IOException {
    this.tally = tally;
    requests = tally.of("shop.request");
    orders = tally.of("shop.order");
    sizes = tally.of("shop.basket.size");
    prices = tally.of("shop.price");
    payments = tally.of("shop.pay");
    points = tally.of("shop.points");
    declined = tally.of("shop.declined");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          requests.increment();
          answer(exchange);
        });
  }

  static Shop open(int port, Tally tally) throws IOException {
    Shop shop = new Shop(port, tally);
    shop.server.start();
    return shop;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @TimeMe(name = "shop.request")
  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answer(exchange.getRequestMethod(), exchange);
      byte[] bytes = answer.text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private Answer answer(String method, HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (method.equals("GET") && path.equals("/prices")) return prices();
    if (!method.equals("POST") || !path.equals("/orders")) return new Answer(404, "not here\n");
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    orders.increment();
    return order(body.lines().toList());
  }

  private Answer prices() {
    StringBuilder text = new StringBuilder();
    for (int item = 0; item < Catalog.ITEMS; item++) {
      prices.increment();
      text.append(item).append(' ').append(catalog.centsOf(item)).append('\n');
    }
    return new Answer(200, text.toString());
  }

  @CountMe(name = "shop.order")
  private Answer order(List<String> lines) {
    Basket basket = new Basket(tally);
    basket.addAll(lines.subList(1, lines.size()));
    sizes.increment();
    prices.add(basket.size());
    long cents = basket.cents(catalog);
    payments.increment();
    try {
      till.pay(Integer.parseInt(lines.get(0)), cents);
    } catch (Till.DeclinedException e) {
      declined.increment();
      return new Answer(402, e.getMessage() + '\n');
    }
    points.add(Till.POINTS);
    return new Answer(200, cents + "\n");
  }

  /** Takes no more requests, and waits at most 10 s for those that are being answered. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
    try {
      if (threads.awaitTermination(10, TimeUnit.SECONDS)) return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IllegalStateException("requests are still being answered");
  }
}
