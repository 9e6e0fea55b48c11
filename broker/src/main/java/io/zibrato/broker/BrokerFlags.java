package io.zibrato.broker;

import com.beust.jcommander.Parameter;
import io.zibrato.daemon.Flags;
import io.zibrato.daemon.PortConverter;
import io.zibrato.daemon.UsageException;
import io.zibrato.meter.Series;
import io.zibrato.transport.Endpoints;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** The broker's command line. */
final class BrokerFlags extends Flags {
  @Parameter(
      names = "--host",
      order = 1,
      description = "Address to listen on; anything but loopback needs --curve-keys or --insecure")
  String host = Endpoints.DEFAULT_HOST;

  @Parameter(
      names = "--port",
      order = 2,
      converter = PortConverter.class,
      description =
          "Publisher side, for applications; the worker side is the port above. 0 takes any two"
              + " neighbouring free ports")
  int port = Endpoints.PUBLISHER_PORT;

  @Parameter(
      names = "--health-port",
      order = 3,
      converter = PortConverter.class,
      description =
          "Serve GET /health on this port of --host, or of loopback if others could see it"
              + " without --insecure; 0 takes a free one. Default: do not")
  Integer healthPort;

  @Parameter(
      names = "--source",
      order = 4,
      description = "Source of what the broker tells about itself. Default: its host and port")
  String source = "";

  @Parameter(
      names = "--curve-keys",
      order = 5,
      description =
          "Folder of the broker's keys and its clients', as keygen makes it: both sides then speak"
              + " CURVE alone, with those clients alone")
  String curveKeys;

  @Parameter(
      names = "--insecure",
      order = 6,
      description = "Listen where others than this machine can connect, unencrypted")
  boolean insecure;

  @Parameter(
      names = "--max-connections",
      order = 10,
      description =
          "Connections at once, on each side; fewer where file descriptors or memory are fewer")
  int maxConnections = BrokerBounds.DEFAULT.connections();

  @Parameter(
      names = "--max-peer-mib",
      order = 11,
      description = "MiB a second that one application may send; what is beyond is dropped")
  int maxPeerMib = (int) (BrokerBounds.DEFAULT.peerBytesPerSecond() >> 20);

  @Parameter(
      names = "--allow-old-peers",
      order = 12,
      description = "Let peers of ZMTP 1 and 2 in, which ZeroMQ sends everything")
  boolean allowOldPeers;

  @Override
  protected void check() throws UsageException {
    if (host.isBlank()) throw new UsageException("--host: blank: \"" + host + '"');
    if (curveKeys != null && curveKeys.isBlank()) {
      throw new UsageException("--curve-keys: blank: \"" + curveKeys + '"');
    }
    if (curveKeys != null && allowOldPeers) {
      throw new UsageException("--allow-old-peers: they cannot encrypt, as --curve-keys wants");
    }
    if (curveKeys == null && !insecure && !Endpoints.isLoopback(host)) {
      throw new UsageException(
          "--host: \""
              + host
              + "\" is not loopback: whoever reaches it can read and publish. Give --curve-keys, or"
              + " --insecure if that is wanted");
    }
    if (port == BrokerOptions.MAX_PORT) {
      throw new UsageException("--port: no port above it for the worker side: \"" + port + '"');
    }
    if (maxConnections < BrokerBounds.FEWEST_CONNECTIONS) {
      throw new UsageException(
          "--max-connections: below "
              + BrokerBounds.FEWEST_CONNECTIONS
              + ": \""
              + maxConnections
              + '"');
    }
    if (maxPeerMib < 1) {
      throw new UsageException("--max-peer-mib: below 1: \"" + maxPeerMib + '"');
    }
    if (source.length() > Series.MAX_TEXT) {
      throw new UsageException(
          "--source: longer than " + Series.MAX_TEXT + " characters: \"" + source + '"');
    }
  }

  BrokerOptions options() {
    OptionalInt health = healthPort == null ? OptionalInt.empty() : OptionalInt.of(healthPort);
    BrokerBounds bounds = new BrokerBounds(maxConnections, (long) maxPeerMib << 20, allowOldPeers);
    Optional<Path> keys = Optional.ofNullable(curveKeys).map(Path::of);
    return new BrokerOptions(host, port, health, insecure, source, bounds, keys);
  }
}
