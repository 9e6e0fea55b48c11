package io.zibrato.backends.statsd;

import io.zibrato.backends.Backend;
import io.zibrato.backends.Pacer;
import io.zibrato.backends.RetryException;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.TcpCourier;
import io.zibrato.backends.Whereabouts;
import java.io.IOException;
import java.util.List;

/**
 * Delivers to a StatsD daemon what was measured in each interval, for it to add up.
 *
 * <p>Over UDP every datagram is sent once, and nobody knows whether it arrived. Over TCP each part
 * has a connection of its own, and counts as delivered once the daemon has read it to its end; one
 * whose connection fails before is sent again, and may count twice, which {@code
 * WorkerStats.ambiguousRetries} tells. StatsD has no times: what is delivered late counts when it
 * is.
 */
final class StatsdBackend extends Backend {
  /** Of a part whose fate may be unknown, so not many; a datagram holds some thirty. */
  private static final int UDP_BATCH = 100;

  private final StatsdEncoder encoder;
  private final UdpSender udp;
  private final TcpCourier tcp;

  StatsdBackend(StatsdOptions options) {
    encoder = new StatsdEncoder(options);
    Pacer pacer = new Pacer(options.packetsPerSecond());
    udp =
        options.tcp()
            ? null
            : new UdpSender(
                new Whereabouts(options.host(), options.port()), options.timeout(), pacer);
    tcp =
        options.tcp()
            ? new TcpCourier(
                options.host(), options.port(), options.timeout(), options.confirm(), pacer)
            : null;
  }

  @Override
  public void connect() throws IOException {
    if (tcp != null) tcp.greet();
    else udp.greet();
  }

  @Override
  public int batchSize() {
    return tcp != null ? super.batchSize() : UDP_BATCH;
  }

  @Override
  public void flush(Snapshot snapshot) throws RetryException {
    List<byte[]> packets = encoder.encode(snapshot);
    if (packets.isEmpty()) return;
    if (tcp != null) tcp.deliver(packets);
    else udp.deliver(snapshot, packets);
  }

  @Override
  public void close() throws IOException {
    if (tcp != null) tcp.close();
    else udp.close();
  }
}
