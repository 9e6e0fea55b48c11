package io.zibrato.broker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZFrame;
import org.zeromq.ZMQ;
import org.zeromq.ZMsg;

/**
 * Decides, for each connection whose CURVE handshake is good, whether its key is in the {@link
 * AllowList}: answers ZeroMQ's authentication requests (ZAP, RFC 27). Only for the broker's thread.
 */
final class Admission implements AutoCloseable {
  /*
   * ZeroMQ asks over a socket that is bound to a fixed name within the context; while none is, JeroMQ admits everybody. So this one is bound before the sides, lives in the broker's own thread
   * rather than in one that could end alone, and is closed after them. A request that fails here ends the broker.
   */
  private static final String ADDRESS = "inproc://zeromq.zap.01";
  private static final String VERSION = "1.0";
  private static final String CURVE = "CURVE";
  private static final long REFRESH_NANOS = 1_000_000_000L;
  private static final long HANDSHAKE_NANOS = 1_000_000L; // sooner none that began since is done
  private static final int BURST = 100;
  private static final int MAX_HOSTS = 256;

  private final ZMQ.Socket socket;
  final AllowList allowed;
  private final BiConsumer<Cause, String> refused;
  private final Supplier<Guards> guards;
  private final Map<String, Set<String>> hostsByKey = new HashMap<>();
  private long readNanos;

  /**
   * @param guards of both sides, once there are any
   * @param refused told of each that is not admitted
   */
  Admission(
      ZContext context,
      AllowList allowed,
      Supplier<Guards> guards,
      BiConsumer<Cause, String> refused) {
    this.allowed = allowed;
    this.refused = refused;
    this.guards = guards;
    socket = context.createSocket(SocketType.REP);
    socket.setLinger(0);
    if (!socket.bind(ADDRESS)) throw new IllegalStateException("cannot bind " + ADDRESS);
    refresh();
  }

  /** How many clients are in the list. */
  int clients() {
    return allowed.size();
  }

  ZMQ.Socket socket() {
    return socket;
  }

  /** Answers those who wait, and follows the list; to be called often. */
  void tend() {
    refreshAfter(REFRESH_NANOS);
    for (int i = 0; i < BURST; i++) {
      ZMsg request = ZMsg.recvMsg(socket, ZMQ.DONTWAIT);
      if (request == null) return;
      if (i == 0) refreshAfter(HANDSHAKE_NANOS);
      answer(request);
    }
  }

  private void refreshAfter(long nanos) {
    if (System.nanoTime() - readNanos > nanos) refresh();
  }

  private void refresh() {
    readNanos = System.nanoTime();
    Set<String> hosts = new HashSet<>();
    for (String key : allowed.refresh()) {
      Set<String> some = hostsByKey.remove(key);
      if (some != null) hosts.addAll(some);
    }
    if (!hosts.isEmpty()) guards.get().cutFrom(hosts);
  }

  private void answer(ZMsg request) {
    String version = text(request.poll());
    byte[] sequence = bytes(request.poll());
    String domain = text(request.poll());
    String host = text(request.poll());
    request.poll(); // identity
    String mechanism = text(request.poll());
    byte[] key = bytes(request.poll());
    boolean asked = version.equals(VERSION) && mechanism.equals(CURVE) && key.length == 32;
    Optional<String> name =
        asked ? admit(ZMQ.Curve.z85Encode(key), domain, host) : Optional.empty();
    if (name.isEmpty()) refused(asked, key, host);
    reply(sequence, name);
  }

  private Optional<String> admit(String key, String domain, String host) {
    Optional<String> name = allowed.nameOf(key);
    if (name.isEmpty()) return name;
    Set<String> hosts = hostsByKey.computeIfAbsent(key, k -> new HashSet<>());
    hosts.add(hosts.size() < MAX_HOSTS ? host : Door.ALL_HOSTS);
    guards.get().admitted(domain, host);
    return name;
  }

  private void refused(boolean asked, byte[] key, String host) {
    String whose = asked ? "public key " + ZMQ.Curve.z85Encode(key) : "no CURVE key";
    refused.accept(Cause.NOT_ADMITTED, whose + ", from " + host);
  }

  private void reply(byte[] sequence, Optional<String> name) {
    socket.sendMore(VERSION);
    socket.sendMore(sequence);
    socket.sendMore(name.isEmpty() ? "400" : "200");
    socket.sendMore(name.isEmpty() ? "not in the list of clients" : "OK");
    socket.sendMore(name.orElse(""));
    socket.send(new byte[0]);
  }

  private static byte[] bytes(ZFrame frame) {
    return frame == null ? new byte[0] : frame.getData();
  }

  private static String text(ZFrame frame) {
    return frame == null ? "" : frame.getString(ZMQ.CHARSET);
  }

  @Override
  public void close() {
    socket.close();
  }
}
