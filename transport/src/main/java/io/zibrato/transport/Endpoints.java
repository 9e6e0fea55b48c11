package io.zibrato.transport;

/** Addresses of the broker's two sides. */
public final class Endpoints {
  public static final String DEFAULT_HOST = "127.0.0.1";

  /** The broker's publisher side: applications connect here. */
  public static final int PUBLISHER_PORT = 5550;

  /** The broker's worker side; always the publisher side's port plus one. */
  public static final int WORKER_PORT = PUBLISHER_PORT + 1;

  private Endpoints() {}

  /**
   * A ZeroMQ address.
   *
   * @param host a name, an IPv4 address, or an IPv6 address with or without brackets; {@code *}
   *     binds all interfaces
   * @param port 1 to 65535
   */
  public static String tcp(String host, int port) {
    if (port < 1 || port > 65535)
      throw new IllegalArgumentException("port not in 1 to 65535: " + port);
    if (host.isBlank()) throw new IllegalArgumentException("host is blank");
    boolean bareIpv6 = host.indexOf(':') >= 0 && !host.startsWith("[");
    return "tcp://" + (bareIpv6 ? '[' + host + ']' : host) + ':' + port;
  }

  /**
   * Whether the host can only be reached from this machine. Looks nothing up: a name other than
   * {@code localhost} is none.
   */
  public static boolean isLoopback(String host) {
    String bare =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    return bare.equalsIgnoreCase("localhost")
        || bare.equals("::1")
        || bare.matches("127(\\.\\d{1,3}){3}");
  }
}
