package io.zibrato.broker;

import io.zibrato.daemon.HealthServer;
import java.io.IOException;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * {@code GET /health}: a page for a supervisor, in JSON. 200 while the broker forwards, 503 once it
 * does not.
 */
final class Health implements AutoCloseable {
  private final HealthServer server;

  private Health(HealthServer server) {
    this.server = server;
  }

  /**
   * @param port 0 for a free one
   * @throws IOException naming the port, if it is in use
   */
  static Health open(String host, int port, BooleanSupplier alive, Supplier<String> page)
      throws IOException {
    return new Health(
        HealthServer.open(host, Sides.address(host, port), Map.of("/health", alive), page));
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
  }
}
