package io.zibrato.broker;

import io.zibrato.transport.CurveKeys;
import io.zibrato.transport.Inflow;
import io.zibrato.transport.SocketGuards;
import io.zibrato.wire.Message;
import io.zibrato.wire.Upstream;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.zeromq.ZMQ;
import zmq.Msg;
import zmq.io.Metadata;

/**
 * All that stands between strangers and the broker's two sockets: how many connections there may
 * be, what each may send, what may wait, and what goes when memory runs short. For the broker's
 * thread, where nothing else is said.
 */
final class Guards {
  /** What the process needs besides connections: its log, the health page, jars. */
  private static final int OWN_DESCRIPTORS = 96;

  /** What ZeroMQ allocates for each connection, roughly, times four. */
  private static final int HEAP_BYTES_PER_CONNECTION = 64 * 1024;

  private static final int LEVELS_PER_CONNECTION = 100;
  private static final long STALLED_NANOS = 2_000_000_000L;

  private final BrokerBounds bounds;
  private final Optional<CurveKeys> keys;
  private final BiConsumer<Cause, String> stopped;
  private final Door publishers;
  private final Door workers;
  private final PublisherTurnstile publisherTurnstile;
  private final Inflow downwards;
  private final Inflow upwards;
  private final Memory memory;
  private long discardedSaid;

  private Guards(
      BrokerBounds bounds,
      int connections,
      Optional<CurveKeys> keys,
      BiConsumer<Cause, String> stopped) {
    this.bounds = bounds;
    this.keys = keys;
    this.stopped = stopped;
    publisherTurnstile = new PublisherTurnstile(bounds.peerBytesPerSecond(), stopped);
    WorkerTurnstile workerTurnstile = new WorkerTurnstile(stopped);
    publishers = new Door(connections, stopped, connection -> {});
    workers = new Door(connections, stopped, workerTurnstile::gone);
    publisherTurnstile.door(publishers);
    workerTurnstile.door(workers);
    int frameBytes = SocketGuards.bytesOnTheWire(Message.MAX_BYTES, keys);
    int upstreamBytes = SocketGuards.bytesOnTheWire(Upstream.MAX_BYTES, keys);
    downwards = Inflow.ofHeap(frameBytes, publisherTurnstile, this::cutStalled);
    upwards = Inflow.ofHeap(upstreamBytes, workerTurnstile, () -> {});
    memory = new Memory(this::relieve);
  }

  /**
   * @param keys to encrypt with; without any, nothing is encrypted
   * @param stopped told by any thread of what went no further
   * @throws IOException if there are too few file descriptors for any connections
   */
  static Guards create(
      BrokerBounds bounds, Optional<CurveKeys> keys, BiConsumer<Cause, String> stopped)
      throws IOException {
    // What a log line needs takes a descriptor to load, and there may be none when one is due.
    Objects.requireNonNull(ZoneId.systemDefault().getRules());
    long byHeap = Runtime.getRuntime().maxMemory() / HEAP_BYTES_PER_CONNECTION / 2;
    long byDescriptors = (Descriptors.free() - OWN_DESCRIPTORS) / 2;
    long connections = Math.min(bounds.connections(), Math.min(byHeap, byDescriptors));
    if (byDescriptors < BrokerBounds.FEWEST_CONNECTIONS) {
      throw new IOException(
          "too few file descriptors: "
              + Descriptors.free()
              + " are left of the process's limit, and two sides need at least "
              + (OWN_DESCRIPTORS + 2 * BrokerBounds.FEWEST_CONNECTIONS));
    }
    return new Guards(
        bounds, (int) Math.max(BrokerBounds.FEWEST_CONNECTIONS, connections), keys, stopped);
  }

  ZMQ.Socket publishers(ZMQ.Socket socket, int queuedMessages) {
    SocketGuards.guard(socket, downwards, queuedMessages, keys);
    socket.setEventHook(publishers::follow, Door.EVENTS);
    return socket;
  }

  ZMQ.Socket workers(ZMQ.Socket socket, int queuedMessages) {
    SocketGuards.guard(socket, upwards, queuedMessages, keys);
    socket.setEventHook(workers::follow, Door.EVENTS);
    return socket;
  }

  boolean oldPeers() {
    return bounds.oldPeers();
  }

  Inflow downwards() {
    return downwards;
  }

  Inflow upwards() {
    return upwards;
  }

  Memory memory() {
    return memory;
  }

  /** Whether a message goes on that may have been encrypted, so that no turnstile saw it. */
  boolean admitsDecrypted(Msg message) {
    return SocketGuards.sawTurnstile(message) || publisherTurnstile.letsDecrypted(message);
  }

  /** Whether the connection may name one more level that is counted by itself. */
  boolean mayNameLevel(Metadata peer) {
    Connection connection = publishers.of(peer);
    return connection == null || connection.levels++ < LEVELS_PER_CONNECTION;
  }

  /** Connections that are open now, on both sides. Any thread. */
  int connections() {
    return publishers.size() + workers.size();
  }

  /**
   * A client was admitted, and so one connection from its host is proven: ZeroMQ does not say which
   * one, and what it sends may be seen by no turnstile.
   */
  void admitted(String domain, String host) {
    (domain.equals(Sides.WORKERS_DOMAIN) ? workers : publishers).proveFrom(host);
  }

  /** Ends all connections from the hosts; whoever is admitted may connect again. */
  void cutFrom(Set<String> hosts) {
    publishers.cutFrom(hosts);
    workers.cutFrom(hosts);
  }

  /** To be called once a second. */
  void tend() {
    long discarded = downwards.discarded() + upwards.discarded();
    for (; discardedSaid < discarded; discardedSaid++) {
      stopped.accept(Cause.NO_ROOM, "a message that there was no room for");
    }
  }

  /** Those that announced long messages and do not send them are among the silent ones. */
  private void cutStalled() {
    int cut = publishers.cutSilent(STALLED_NANOS);
    stopped.accept(Cause.MEMORY, cut + " silent connections, while messages were not completed");
  }

  /** What waits for workers goes with their connections, which they make anew. */
  private void relieve() {
    int cut = workers.cutSilent(0);
    stopped.accept(Cause.MEMORY, "all " + cut + " connections of workers");
  }
}
