package io.zibrato.broker;

import io.zibrato.transport.Endpoints;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a {@link Broker} is started with.
 *
 * @param host where to listen: a name, an address, or {@code *} for all interfaces
 * @param port of the publisher side, 1 to 65534; the worker side is the port above. 0 takes any two
 *     neighbouring free ports
 * @param healthPort of the page about its health, 0 for a free one; none when empty
 * @param insecure whether anything but loopback may be listened on without keys, and by the page
 *     about its health
 * @param source the source of what the broker tells about itself; empty for its address
 * @param bounds what strangers may use up
 * @param curveKeys the folder of the broker's keys, and of its clients'; without one nothing is
 *     encrypted, and everybody admitted
 * @throws IllegalArgumentException naming the part that cannot be used, and its value
 */
public record BrokerOptions(
    String host,
    int port,
    OptionalInt healthPort,
    boolean insecure,
    String source,
    BrokerBounds bounds,
    Optional<Path> curveKeys) {
  static final int MAX_PORT = 65535;

  public BrokerOptions {
    if (host == null) throw new NullPointerException("host == null");
    if (host.isBlank()) throw new IllegalArgumentException("host is blank");
    if (port < 0 || port >= MAX_PORT) {
      throw new IllegalArgumentException("port not in 0 to " + (MAX_PORT - 1) + ": " + port);
    }
    if (healthPort.isPresent() && (healthPort.getAsInt() < 0 || healthPort.getAsInt() > MAX_PORT)) {
      throw new IllegalArgumentException("healthPort not in 0 to 65535: " + healthPort.getAsInt());
    }
    if (curveKeys.isEmpty() && !insecure && !Endpoints.isLoopback(host)) {
      throw new IllegalArgumentException(
          "host is not loopback, without keys and not insecure: " + host);
    }
    if (source == null) throw new NullPointerException("source == null");
    if (bounds == null) throw new NullPointerException("bounds == null");
  }

  /** A broker that only this machine reaches, without a health page. */
  public static BrokerOptions onLoopback(int port) {
    return new BrokerOptions(
        Endpoints.DEFAULT_HOST,
        port,
        OptionalInt.empty(),
        false,
        "",
        BrokerBounds.DEFAULT,
        Optional.empty());
  }

  /** The same with a page about its health; 0 takes a free port. */
  public BrokerOptions withHealthPort(int port) {
    return new BrokerOptions(
        host, this.port, OptionalInt.of(port), insecure, source, bounds, curveKeys);
  }

  /** The same with other bounds. */
  public BrokerOptions withBounds(BrokerBounds bounds) {
    return new BrokerOptions(host, port, healthPort, insecure, source, bounds, curveKeys);
  }

  /** The same, encrypted, for the clients whose keys are in the folder. */
  public BrokerOptions withCurveKeys(Path folder) {
    return new BrokerOptions(host, port, healthPort, insecure, source, bounds, Optional.of(folder));
  }

  /** Where the page about its health is served, which is never encrypted. */
  String healthHost() {
    return insecure || Endpoints.isLoopback(host) ? host : Endpoints.DEFAULT_HOST;
  }

  /** The host as it stands before a colon and a port. */
  String hostInAddress() {
    return host.indexOf(':') >= 0 && !host.startsWith("[") ? '[' + host + ']' : host;
  }
}
