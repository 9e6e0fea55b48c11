package io.zibrato.transport;

import zmq.Msg;
import zmq.io.Metadata;

/**
 * Lets a message that one connection sent into the socket, or not. Called by ZeroMQ's thread, for
 * each message, before anything keeps it; so it must neither wait nor throw.
 *
 * <p>It sees connections that are not encrypted: what travels by CURVE is only told apart later.
 */
@FunctionalInterface
public interface Turnstile {
  Turnstile OPEN = (connection, message, part) -> true;

  /** For a socket with one connection at a time: nothing that comes in parts. */
  static Turnstile wholeMessages() {
    return new WholeMessages();
  }

  /**
   * @param connection one object per connection. Its {@code Peer-Address} is the peer's, unless the
   *     peer lied in its handshake
   * @param part whether more frames of the same message follow
   * @return false to have the message dropped
   */
  boolean lets(Metadata connection, Msg message, boolean part);
}
