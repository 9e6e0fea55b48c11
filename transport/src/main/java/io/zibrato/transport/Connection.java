package io.zibrato.transport;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.zeromq.ZEvent;
import org.zeromq.ZMQ;

/**
 * How the connection of one socket that connects fares. Any thread may ask; ZeroMQ's tells.
 *
 * <p>It also finds the connections that JeroMQ 0.6.0 forgets: some, a few in a hundred on a busy
 * machine, are made and then never read from, because the socket channel is registered anew before
 * its old key is gone. Nothing comes over them until the handshake's timeout. A {@link #stalled}
 * socket is to be closed and made anew.
 */
public final class Connection {
  /** A handshake takes a round trip or two. */
  private static final long STALL_NANOS = 1_000_000_000L;

  private final boolean encrypted;
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile boolean connected;
  private volatile boolean handshaken;
  private volatile boolean down;
  private volatile boolean lost;
  private volatile long connectedNanos;
  private volatile int refusedStatus;
  private volatile String refusal;

  private Connection(boolean encrypted) {
    this.encrypted = encrypted;
  }

  /**
   * Follows a socket; to be called before it connects.
   *
   * @param keys that it encrypts with
   */
  public static Connection of(ZMQ.Socket socket, Optional<CurveKeys> keys) {
    Connection connection = new Connection(keys.isPresent());
    socket.setEventHook(
        connection::follow,
        ZMQ.EVENT_CONNECTED
            | ZMQ.EVENT_HANDSHAKE_PROTOCOL
            | ZMQ.HANDSHAKE_FAILED_AUTH
            | ZMQ.EVENT_CONNECT_RETRIED
            | ZMQ.EVENT_DISCONNECTED
            | ZMQ.EVENT_MONITOR_STOPPED);
    return connection;
  }

  /** On ZeroMQ's thread, so it does no more than take note. */
  private void follow(ZEvent event) {
    switch (event.getEvent()) {
      case CONNECTED -> {
        connectedNanos = System.nanoTime();
        handshaken = false;
        refusedStatus = 0;
        connected = true;
        down = false;
      }
      case HANDSHAKE_PROTOCOL -> handshaken = true;
      case CONNECT_RETRIED -> down = true;
      case HANDSHAKE_FAILED_AUTH -> refusedStatus = event.<Integer>getValue();
      case DISCONNECTED -> {
        refusal = whyRefused();
        connected = false;
        down = true;
        lost = true;
      }
      case MONITOR_STOPPED -> end.countDown();
      default -> {}
    }
  }

  /** Whether the last attempt to connect failed, or the connection ended. */
  public boolean down() {
    return down;
  }

  /** Whether the connection was made, but is not used. */
  public boolean stalled() {
    return connected && !handshaken && System.nanoTime() - connectedNanos > STALL_NANOS;
  }

  private String whyRefused() {
    if (refusedStatus != 0) {
      return "does not admit us (status " + refusedStatus + "): it has not our public key";
    }
    if (!encrypted) {
      return handshaken ? null : "breaks off at the greeting: it may want CURVE keys, or be none";
    }
    return handshaken
        ? "breaks off the CURVE handshake: our " + CurveKeys.BROKER + ".key may not be its key"
        : "breaks off at the greeting: it may have no CURVE keys, or be none";
  }

  /**
   * Why the last connection came to nothing, in words that follow "broker"; null if that is not
   * known. Means nothing if anything was heard over it.
   */
  public String refusal() {
    return refusal;
  }

  /** Whether a connection ended since this was last asked. */
  public boolean takeLost() {
    boolean taken = lost;
    if (taken) lost = false;
    return taken;
  }

  /** Waits until the closed socket is no more, its messages sent or its linger over. */
  void awaitEnd(long millis) {
    try {
      end.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
