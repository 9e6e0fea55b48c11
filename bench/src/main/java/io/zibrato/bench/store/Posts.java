package io.zibrato.bench.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends rows to a store, 300 a post, over a few connections at once. Prints how many were taken in
 * a second, from the first post to the last answer.
 */
public final class Posts {
  private static final int CONNECTIONS = 8;

  private Posts() {}

  /** Arguments: the port, how many metrics, the first time, the first row, how many rows. */
  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    Rows rows = new Rows(Integer.parseInt(args[1]), Long.parseLong(args[2]));
    long first = Long.parseLong(args[3]);
    long count = Long.parseLong(args[4]);
    AtomicLong next = new AtomicLong(first);
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      long startNanos = System.nanoTime();
      List<Callable<Void>> senders = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        senders.add(
            () -> {
              send(port, rows, next, first + count);
              return null;
            });
      }
      for (Future<Void> sender : threads.invokeAll(senders)) sender.get();
      double seconds = (System.nanoTime() - startNanos) / 1e9;
      System.out.printf(Locale.ROOT, "posts: %.0f measurements a second%n", count / seconds);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void send(int port, Rows rows, AtomicLong next, long end) throws IOException {
    try (PlainHttp http = new PlainHttp(port)) {
      for (long row = next.getAndAdd(Rows.A_POST); row < end; row = next.getAndAdd(Rows.A_POST)) {
        int status =
            http.post("/v1/metrics", rows.body(row, (int) Math.min(Rows.A_POST, end - row)));
        if (status != 200) throw new IOException("a post was answered with " + status);
      }
    }
  }
}
