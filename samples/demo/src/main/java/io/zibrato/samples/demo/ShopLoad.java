package io.zibrato.samples.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Customers of the shop: a few threads that send requests and check the answers. */
final class ShopLoad implements AutoCloseable {
  private static final int THREADS = 4;
  private static final long PERIOD_NANOS = 10_000_000;
  private static final long JOIN_MILLIS = 15_000;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final String url;
  private final List<Thread> threads = new ArrayList<>();
  private final LongAdder answered = new LongAdder();
  private volatile boolean stopped;
  private volatile IOException failure;

  private ShopLoad(String url) {
    this.url = url;
  }

  static ShopLoad start(String url) {
    ShopLoad load = new ShopLoad(url);
    for (int i = 0; i < THREADS; i++) {
      SplittableRandom random = new SplittableRandom(i);
      Thread thread = new Thread(() -> load.run(random), "demo-customer-" + i);
      thread.setDaemon(true);
      load.threads.add(thread);
      thread.start();
    }
    return load;
  }

  private void run(SplittableRandom random) {
    try {
      long next = System.nanoTime();
      while (!stopped) {
        if (random.nextInt(4) == 0) prices();
        else order(random);
        answered.increment();
        next = Math.max(next + PERIOD_NANOS, System.nanoTime() - PERIOD_NANOS);
        TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
      }
    } catch (IOException e) {
      failure = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void prices() throws IOException, InterruptedException {
    expect(200, HttpRequest.newBuilder(URI.create(url + "/prices")));
  }

  private void order(SplittableRandom random) throws IOException, InterruptedException {
    int card = 1 + random.nextInt(10_000);
    StringBuilder order = new StringBuilder().append(card).append('\n');
    for (int lines = 1 + random.nextInt(30); lines > 0; lines--) {
      order.append(random.nextInt(200)).append(' ').append(1 + random.nextInt(9)).append('\n');
    }
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/orders"));
    // The till declines every 40th card.
    expect(
        card % 40 == 0 ? 402 : 200,
        request.POST(HttpRequest.BodyPublishers.ofString(order.toString())));
  }

  private void expect(int status, HttpRequest.Builder builder)
      throws IOException, InterruptedException {
    HttpRequest request = builder.timeout(TIMEOUT).build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() == status && !response.body().isEmpty()) return;
    throw new IOException(
        "the shop answered "
            + response.statusCode()
            + " instead of "
            + status
            + " to "
            + request.uri()
            + ": "
            + response.body());
  }

  /**
   * @throws IOException what went wrong with a request
   */
  void check() throws IOException {
    if (failure != null) throw new IOException("a request to the shop failed: " + failure, failure);
  }

  long answered() {
    return answered.sum();
  }

  /** Sends no more requests, and waits for the answers of those on their way. */
  @Override
  public void close() {
    stopped = true;
    try {
      for (Thread thread : threads) thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
