package io.zibrato.backends;

import io.zibrato.daemon.HealthServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Pages for a supervisor, beside a worker: {@code GET /live} is 200 as long as the worker's threads
 * are at work, so that starting it again is of no use; {@code GET /health} only while the service
 * takes what it is given, too.
 */
final class HealthPort {
  private static final String HOST = "127.0.0.1";

  private HealthPort() {}

  /**
   * Closes the worker if the port cannot be had.
   *
   * @param port null for no pages, 0 for a free one
   * @param announce told where they are
   * @return what closes both
   */
  static Closeable beside(Worker worker, Integer port, Consumer<String> announce)
      throws IOException {
    if (port == null) return worker;
    HealthServer server;
    try {
      server =
          HealthServer.open(
              HOST,
              new InetSocketAddress(HOST, port),
              Map.of(
                  "/live", () -> worker.health().reads(),
                  "/health", () -> worker.health().status().equals(WorkerHealth.OK)),
              () -> worker.health().json());
    } catch (IOException e) {
      worker.close();
      throw e;
    }
    announce.accept("http://" + HOST + ':' + server.port() + "/health");
    return () -> {
      server.close();
      worker.close();
    };
  }
}
