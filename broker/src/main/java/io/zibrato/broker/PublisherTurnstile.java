package io.zibrato.broker;

import io.zibrato.transport.Turnstile;
import java.util.function.BiConsumer;
import zmq.Msg;
import zmq.io.Metadata;

/**
 * What a connection of the publisher side may send: whole messages, up to a rate of its own, so
 * that one application's flood is its own loss. For ZeroMQ's thread.
 */
final class PublisherTurnstile implements Turnstile {
  private final long bytesPerSecond;
  private final BiConsumer<Cause, String> stopped;
  private Door door;
  private Metadata last;
  private Connection lastConnection;

  PublisherTurnstile(long bytesPerSecond, BiConsumer<Cause, String> stopped) {
    this.bytesPerSecond = bytesPerSecond;
    this.stopped = stopped;
  }

  void door(Door door) {
    this.door = door;
  }

  @Override
  public boolean lets(Metadata metadata, Msg message, boolean part) {
    Connection connection = connection(metadata);
    if (connection == null) return stop(Cause.FORGED_ADDRESS, message);
    if (connection.isCut()) return false;
    if (part || connection.inParts) {
      connection.inParts = part;
      return stop(Cause.MULTIPART, message);
    }
    connection.heardNanos = System.nanoTime();
    if (!admits(connection, message.size())) return stop(Cause.PEER_RATE, message);
    if (message.size() > 0 && !connection.proven) door.prove(connection);
    return true;
  }

  /**
   * The same, for what was encrypted, and is only known now: its connection may have ended since,
   * as when it is the last that an application sends. For the broker's thread.
   */
  boolean letsDecrypted(Msg message) {
    Connection connection = door.of(message.getMetadata());
    if (connection == null) return true; // its sender's key was admitted
    connection.heardNanos = System.nanoTime();
    if (!connection.proven) door.prove(connection);
    return admits(connection, message.size()) || stop(Cause.PEER_RATE, message);
  }

  private boolean admits(Connection connection, int bytes) {
    if (connection.rate == null) connection.rate = new ByteRate(bytesPerSecond, System::nanoTime);
    return connection.rate.tryTake(bytes);
  }

  private Connection connection(Metadata metadata) {
    if (metadata == last && lastConnection != null) return lastConnection;
    last = metadata;
    lastConnection = door.of(metadata);
    return lastConnection;
  }

  private boolean stop(Cause cause, Msg message) {
    stopped.accept(cause, "a message of " + message.size() + " bytes from the publisher side");
    return false;
  }
}
