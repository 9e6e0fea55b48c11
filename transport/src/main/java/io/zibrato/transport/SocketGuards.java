package io.zibrato.transport;

import java.util.Optional;
import org.zeromq.ZMQ;
import zmq.Msg;

/**
 * What every socket of ours is set to before it binds or connects, so that no peer can hurt the
 * process that owns it.
 */
public final class SocketGuards {
  private static final int LINGER_MILLIS = 1500;

  /*
   * Short, because JeroMQ 0.6.0's zmq.poll.Poller never selects a few of a hundred channels that
   * have just connected: when the connecter's handle and the engine's, of one channel, are looked
   * through together, the first one's cancelled key keeps the second from being registered. Nothing
   * is sent or read then. The handshake's time-out needs no channel: it ends such a connection, once
   * the socket's owner polls it, and the next one is a new channel. The publisher, which may have to
   * leave soon, does not wait for it: see Connection.
   */
  private static final int HANDSHAKE_MILLIS = 2_000;

  /** The longest command of a CURVE handshake that JeroMQ can read, INITIATE, has 513 bytes. */
  private static final int CURVE_HANDSHAKE_BYTES = 512;

  /** What CURVE adds to each message. */
  private static final int CURVE_BYTES = 33;

  private SocketGuards() {}

  /**
   * How long a message may be on its way, if so long a one may come out. With keys one of up to 479
   * bytes always may, since the handshake needs that; whoever takes it looks again.
   */
  public static int bytesOnTheWire(int maxMessageBytes, Optional<CurveKeys> keys) {
    if (keys.isEmpty()) return maxMessageBytes;
    return Math.max(maxMessageBytes + CURVE_BYTES, CURVE_HANDSHAKE_BYTES);
  }

  /**
   * Bounds the socket, keeps its connections alive, and encrypts them if there are keys.
   *
   * @param maxMessageBytes a longer message costs its sender the connection, but see {@link
   *     #bytesOnTheWire}
   * @param queuedMessages the high-water mark, both ways, per peer
   * @return the socket
   */
  public static ZMQ.Socket guard(
      ZMQ.Socket socket, int maxMessageBytes, int queuedMessages, Optional<CurveKeys> keys) {
    guard(socket, bytesOnTheWire(maxMessageBytes, keys), queuedMessages);
    keys.ifPresent(some -> some.applyTo(socket));
    return socket;
  }

  /**
   * The same for a socket whose owner tells the inflow what it takes.
   *
   * @param inflow the socket's own, for messages of {@link #bytesOnTheWire}
   */
  public static ZMQ.Socket guard(
      ZMQ.Socket socket, Inflow inflow, int queuedMessages, Optional<CurveKeys> keys) {
    guard(socket, inflow, queuedMessages);
    if (keys.isEmpty()) return socket;
    inflow.sealed(CURVE_BYTES);
    keys.get().applyTo(socket);
    return socket;
  }

  /**
   * Bounds the socket and keeps its connections alive.
   *
   * @param maxMessageBytes a longer message costs its sender the connection
   * @param queuedMessages the high-water mark, both ways, per peer
   * @return the socket
   */
  public static ZMQ.Socket guard(ZMQ.Socket socket, int maxMessageBytes, int queuedMessages) {
    Inflow unbounded = new Inflow(maxMessageBytes, Long.MAX_VALUE, Turnstile.OPEN, () -> {});
    return guard(socket, unbounded, queuedMessages);
  }

  /** Whether the message was shown to its inflow's turnstile; what was encrypted was not. */
  public static boolean sawTurnstile(Msg message) {
    return message instanceof GuardedMsg;
  }

  /**
   * The same for a socket whose owner tells the inflow what it takes.
   *
   * @param inflow the socket's own
   */
  public static ZMQ.Socket guard(ZMQ.Socket socket, Inflow inflow, int queuedMessages) {
    socket.setMaxMsgSize(inflow.maxMessageBytes());
    socket.setMsgAllocator(inflow::allocate);
    socket.setHWM(queuedMessages);
    socket.setLinger(LINGER_MILLIS);
    socket.setHandshakeIvl(HANDSHAKE_MILLIS);
    socket.setHeartbeatIvl(2_000);
    socket.setHeartbeatTimeout(6_000);
    socket.setHeartbeatTtl(10_000);
    socket.setTCPKeepAlive(1);
    socket.setReconnectIVL(100);
    socket.setReconnectIVLMax(2_000);
    socket.setIPv6(true);
    return socket;
  }
}
