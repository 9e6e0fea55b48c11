package io.zibrato.broker;

import io.zibrato.transport.UpstreamQuota;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import zmq.io.Metadata;

/** One connection that was accepted. Its fields are for ZeroMQ's thread, unless they say more. */
final class Connection {
  final SocketChannel channel;
  final String address;

  /** Whether it ever sent something that counts, which tells it from one that only takes place. */
  boolean proven;

  /** Where it stands in the list of those that are not proven. */
  int place = -1;

  /** Whether a message of several parts goes on. */
  boolean inParts;

  ByteRate rate;
  UpstreamQuota upstream;
  volatile long heardNanos = System.nanoTime(); // any thread reads
  private volatile boolean cut;
  private Metadata owner;

  /** How many levels it was the first to name. Only the broker's thread. */
  int levels;

  Connection(SocketChannel channel, String address) {
    this.channel = channel;
    this.address = address;
  }

  /** The address without the port. */
  String host() {
    return address.substring(0, Math.max(0, address.lastIndexOf(':')));
  }

  /**
   * Whether messages of this metadata are this connection's: a peer may claim another's address in
   * its handshake, and the first to claim one keeps it.
   */
  boolean belongsTo(Metadata metadata) {
    if (owner == null) owner = metadata;
    return owner == metadata;
  }

  /** Ends it, by what ZeroMQ takes for the peer's own leaving. Any thread. */
  void cut() {
    cut = true;
    try {
      channel.shutdownInput();
    } catch (IOException e) {
      close();
    }
  }

  /** Whether it was ended; what was read before that is not wanted any more. Any thread. */
  boolean isCut() {
    return cut;
  }

  /** Ends one that ZeroMQ has not begun to read. */
  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Then it is closed.
    }
  }
}
