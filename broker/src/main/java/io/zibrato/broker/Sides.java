package io.zibrato.broker;

import io.zibrato.transport.Endpoints;
import io.zibrato.wire.Upstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.ZError;

/**
 * The broker's two sockets, bound to neighbouring ports. One thread makes, uses and closes them.
 *
 * <p>A queue holds messages of a peer that are not yet forwarded, or not yet taken by it; when it
 * is full, TCP slows an application's publisher down, while a worker's further messages are dropped
 * and leave a gap in its frames' sequence.
 *
 * @param publishers XSUB: applications connect to {@code port}
 * @param workers XPUB: workers connect to {@code port + 1}. Neither XPUB_MANUAL, which loses
 *     subscriptions of other workers when one leaves, nor NODROP, with which one stuck worker stops
 *     all
 */
record Sides(ZMQ.Socket publishers, ZMQ.Socket workers, int port) {
  /**
   * Subscriptions, RESYNCs and heartbeats that wait for one application. They are of {@link
   * Upstream#MAX_BYTES} at most.
   */
  static final int QUEUED_UPSTREAM = 10_000;

  private static final int LEAST_QUEUED = 1_000;
  private static final int MOST_QUEUED = 20_000;
  private static final int TYPICAL_MESSAGE_BYTES = 16 * 1024;
  private static final int LINGER_MILLIS = 1_000;
  private static final int ATTEMPTS = 50;

  /** With any domain at all, JeroMQ refuses peers older than ZMTP 3, which it sends everything. */
  static final String PUBLISHERS_DOMAIN = "publishers";

  static final String WORKERS_DOMAIN = "workers";

  /**
   * @param port 0 for any two neighbouring free ports
   * @throws IOException naming the port that could not be bound
   */
  static Sides bind(ZContext context, String host, int port, Guards guards) throws IOException {
    if (port != 0) return bindPair(context, host, port, guards);
    IOException failure = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int candidate = freePort(host);
      if (candidate >= BrokerOptions.MAX_PORT) continue;
      try {
        return bindPair(context, host, candidate, guards);
      } catch (IOException e) {
        failure = e;
      }
    }
    throw new IOException("no two neighbouring free ports on " + host, failure);
  }

  /** Bytes budget: an eighth of the heap for one worker that stalls, at 16 KiB a message. */
  static int queuedMessages(long heapBytes) {
    long messages = heapBytes / 8 / TYPICAL_MESSAGE_BYTES;
    return (int) Math.max(LEAST_QUEUED, Math.min(MOST_QUEUED, messages));
  }

  private static Sides bindPair(ZContext context, String host, int port, Guards guards)
      throws IOException {
    int queued = queuedMessages(Runtime.getRuntime().maxMemory());
    ZMQ.Socket publishers = guards.publishers(context.createSocket(SocketType.XSUB), queued);
    ZMQ.Socket workers = guards.workers(context.createSocket(SocketType.XPUB), queued);
    publishers.setSndHWM(QUEUED_UPSTREAM);
    if (!guards.oldPeers()) {
      publishers.setZAPDomain(PUBLISHERS_DOMAIN);
      workers.setZAPDomain(WORKERS_DOMAIN);
    }
    publishers.setLinger(0);
    workers.setLinger(0); // what waits for a worker that is gone is to go with it
    try {
      bind(publishers, host, port, "publisher side");
      bind(workers, host, port + 1, "worker side");
      return new Sides(publishers, workers, port);
    } catch (IOException e) {
      publishers.close();
      workers.close();
      throw e;
    }
  }

  /** What waits for the workers is to reach them yet, once the sockets close. */
  void lingerAtClose() {
    workers.setLinger(LINGER_MILLIS);
  }

  void close() {
    publishers.close();
    workers.close();
  }

  private static void bind(ZMQ.Socket socket, String host, int port, String side)
      throws IOException {
    try {
      socket.bind(Endpoints.tcp(host, port));
    } catch (ZMQException e) {
      String where = host + ':' + port + " (" + side + "): ";
      boolean inUse = e.getErrorCode() == ZError.EADDRINUSE;
      String why = inUse ? "port " + port + " is in use" : ZError.toString(e.getErrorCode());
      throw new IOException("cannot listen on " + where + why, e);
    }
  }

  private static int freePort(String host) throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, address(host, 0).getAddress())) {
      return probe.getLocalPort();
    }
  }

  /** An address to listen on. */
  static InetSocketAddress address(String host, int port) throws UnknownHostException {
    if (host.equals("*")) return new InetSocketAddress(port);
    return new InetSocketAddress(InetAddress.getByName(host), port);
  }
}
