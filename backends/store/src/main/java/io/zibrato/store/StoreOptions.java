package io.zibrato.store;

import io.zibrato.store.http.Credentials;
import io.zibrato.store.points.Retention;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a store is opened with.
 *
 * @param address where it listens
 * @param port 0 picks a free one
 * @param data the directory of the database; created when missing
 * @param credentials empty lets everyone in, which is for loopback only
 * @param retention how long measurements are kept
 */
record StoreOptions(
    InetAddress address,
    int port,
    Path data,
    Optional<Credentials> credentials,
    Retention retention) {

  /** Everything is kept. */
  StoreOptions(InetAddress address, int port, Path data, Optional<Credentials> credentials) {
    this(address, port, data, credentials, Retention.forever());
  }

  StoreOptions {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port not in 0..65535: " + port);
    }
    if (credentials.isEmpty() && !address.isLoopbackAddress()) {
      throw new IllegalArgumentException("no credentials, and not loopback: " + address);
    }
  }
}
