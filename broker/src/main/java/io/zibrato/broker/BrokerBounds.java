package io.zibrato.broker;

/**
 * What strangers may use up of a {@link Broker}.
 *
 * @param connections at once, on each side; fewer where file descriptors or memory are fewer
 * @param peerBytesPerSecond that one connection of the publisher side may send, with a burst of
 *     four seconds' worth
 * @param oldPeers whether peers of ZMTP 1 and 2 are let in, which are sent everything, and which
 *     none of the bounds for one connection know
 * @throws IllegalArgumentException naming the part that cannot be used, and its value
 */
public record BrokerBounds(int connections, long peerBytesPerSecond, boolean oldPeers) {
  public static final BrokerBounds DEFAULT = new BrokerBounds(4096, 64L << 20, false);

  static final int FEWEST_CONNECTIONS = 8;

  public BrokerBounds {
    if (connections < FEWEST_CONNECTIONS) {
      throw new IllegalArgumentException("connections below 8: " + connections);
    }
    if (peerBytesPerSecond < 1) {
      throw new IllegalArgumentException("peerBytesPerSecond below 1: " + peerBytesPerSecond);
    }
  }
}
