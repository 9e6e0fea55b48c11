package io.zibrato.broker;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.zeromq.ZEvent;
import org.zeromq.ZMQ;
import zmq.io.Metadata;

/**
 * The connections of one side, and how many there may be.
 *
 * <p>A connection is <em>proven</em> once something of use came over it. When there are as many
 * connections as may be, one that is not proven, picked at random, makes room for the new one;
 * where all are proven, the new one is closed. So whoever only takes place is pushed out again, and
 * a peer that has nothing to say connects anew.
 *
 * <p>ZeroMQ's thread tells it of connections; other threads may cut them.
 */
final class Door {
  /** Stands for every host. */
  static final String ALL_HOSTS = "*";

  static final int EVENTS =
      ZMQ.EVENT_ACCEPTED
          | ZMQ.EVENT_ACCEPT_FAILED
          | ZMQ.EVENT_DISCONNECTED
          | ZMQ.EVENT_CLOSED
          | ZMQ.EVENT_HANDSHAKE_PROTOCOL
          | ZMQ.HANDSHAKE_FAILED_PROTOCOL;

  /** Accepting is tried again at once, for as long as descriptors are short. */
  private static final long SHORTAGE_NAP_NANOS = 20_000_000;

  private final int most;
  private final BiConsumer<Cause, String> stopped;
  private final Consumer<Connection> onGone;
  private final Random random = new Random();
  private final Map<SelectableChannel, Connection> connections = new ConcurrentHashMap<>();
  private final Map<String, Connection> byAddress = new ConcurrentHashMap<>();
  private final Greetings greetings;
  private final List<Connection> unproven = new ArrayList<>(); // guarded by this

  /**
   * @param most connections at once
   * @param stopped told what was refused
   * @param onGone told by ZeroMQ's thread of each connection that ended
   */
  Door(int most, BiConsumer<Cause, String> stopped, Consumer<Connection> onGone) {
    this.most = most;
    this.stopped = stopped;
    this.onGone = onGone;
    this.greetings = new Greetings(stopped, System::nanoTime);
  }

  /** Takes note of an event of the side's socket. */
  void follow(ZEvent event) {
    switch (event.getEvent()) {
      case ACCEPTED -> {
        SelectableChannel channel = event.getValue();
        if (channel instanceof SocketChannel accepted) accepted(accepted);
      }
      case DISCONNECTED, CLOSED -> {
        SelectableChannel channel = event.getValue();
        gone(channel);
      }
      case ACCEPT_FAILED -> acceptFailed(event);
      case HANDSHAKE_PROTOCOL -> greetings.good();
      case HANDSHAKE_FAILED_PROTOCOL ->
          stopped.accept(Cause.HANDSHAKE, "after its greeting: " + event.getValue());
      default -> {}
    }
  }

  /** The connection that a message came over, or null if the peer lies about its address. */
  Connection of(Metadata metadata) {
    String address = metadata == null ? null : metadata.get(Metadata.PEER_ADDRESS);
    Connection connection = address == null ? null : byAddress.get(address);
    if (connection == null || connection.belongsTo(metadata)) return connection;
    // One of the two claims the other's address. The true one connects anew, from another.
    connection.cut();
    return null;
  }

  synchronized void prove(Connection connection) {
    if (connection.proven) return;
    connection.proven = true;
    leaveUnproven(connection);
  }

  int size() {
    return connections.size();
  }

  Iterable<Connection> all() {
    return connections.values();
  }

  /** Proves the newest of a host that is not yet proven. Any thread. */
  synchronized void proveFrom(String host) {
    for (int i = unproven.size() - 1; i >= 0; i--) {
      Connection connection = unproven.get(i);
      if (!connection.host().equals(host)) continue;
      prove(connection);
      return;
    }
  }

  /** Ends those from the hosts. Any thread. */
  void cutFrom(Set<String> hosts) {
    for (Connection connection : connections.values()) {
      if (hosts.contains(ALL_HOSTS) || hosts.contains(connection.host())) connection.cut();
    }
  }

  /** Ends those that have not been heard for so long, or all with 0. Any thread. */
  int cutSilent(long nanos) {
    long now = System.nanoTime();
    int cut = 0;
    for (Connection connection : connections.values()) {
      if (nanos > 0 && now - connection.heardNanos < nanos) continue;
      connection.cut();
      cut++;
    }
    return cut;
  }

  private void accepted(SocketChannel channel) {
    Connection connection = new Connection(channel, address(channel));
    if (connections.size() >= most) forgetClosed();
    if (connections.size() >= most && !makeRoom()) {
      connection.close();
      stopped.accept(Cause.TOO_MANY_CONNECTIONS, "a connection beyond " + most);
      return;
    }
    greetings.await(channel);
    connections.put(channel, connection);
    byAddress.put(connection.address, connection);
    synchronized (this) {
      connection.place = unproven.size();
      unproven.add(connection);
    }
  }

  /** ZeroMQ may not tell of every end. */
  private void forgetClosed() {
    for (SelectableChannel channel : List.copyOf(connections.keySet())) {
      if (!channel.isOpen()) gone(channel);
    }
  }

  private boolean makeRoom() {
    Connection victim;
    synchronized (this) {
      if (unproven.isEmpty()) return false;
      victim = unproven.get(random.nextInt(unproven.size()));
    }
    victim.cut();
    gone(victim.channel);
    stopped.accept(Cause.TOO_MANY_CONNECTIONS, "one that said nothing made room for another");
    return true;
  }

  private void gone(SelectableChannel channel) {
    Connection connection = connections.remove(channel);
    if (connection == null) return;
    greetings.ended(channel);
    byAddress.remove(connection.address, connection);
    synchronized (this) {
      leaveUnproven(connection);
    }
    onGone.accept(connection);
  }

  private void leaveUnproven(Connection connection) {
    int place = connection.place;
    if (place < 0) return;
    connection.place = -1;
    Connection last = unproven.remove(unproven.size() - 1);
    if (last == connection) return;
    unproven.set(place, last);
    last.place = place;
  }

  /** Without descriptors, accepting fails at once and for ever: that must not take a processor. */
  private void acceptFailed(ZEvent event) {
    Object error = event.getValue();
    stopped.accept(Cause.ACCEPT_FAILED, "a connection: " + error);
    makeRoom();
    LockSupport.parkNanos(SHORTAGE_NAP_NANOS);
  }

  /** As ZeroMQ writes it into the metadata. */
  private static String address(SocketChannel channel) {
    try {
      InetSocketAddress address = (InetSocketAddress) channel.getRemoteAddress();
      return address.getAddress().getHostAddress() + ':' + address.getPort();
    } catch (IOException e) {
      return "gone " + System.identityHashCode(channel);
    }
  }
}
