package io.zibrato.broker;

import java.nio.channels.SelectableChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/** Counts the connections of a side that end without a good greeting. For ZeroMQ's thread. */
final class Greetings {
  /*
   * ZeroMQ tells which connection begins and which ends, but not which one's greeting was good. That does not matter for their number: a good greeting takes any one connection out of those that wait
   * for theirs, so that the one it came over may later end as if it had none, or, since each gets one or is ended within the handshake's time-out, be found to wait for too long. Each of both stands
   * for exactly one that ended without.
   */
  private static final long LONGEST_NANOS = 5_000_000_000L; // SocketGuards' time-out, and more

  private final BiConsumer<Cause, String> stopped;
  private final LongSupplier nanoTime;
  private final Map<SelectableChannel, Long> awaited = new LinkedHashMap<>(); // oldest first

  Greetings(BiConsumer<Cause, String> stopped, LongSupplier nanoTime) {
    this.stopped = stopped;
    this.nanoTime = nanoTime;
  }

  /** A connection was accepted. */
  void await(SelectableChannel connection) {
    sweep();
    awaited.put(connection, nanoTime.getAsLong());
  }

  /** Some connection's greeting was good. */
  void good() {
    var oldest = awaited.keySet().iterator();
    if (!oldest.hasNext()) return;
    oldest.next();
    oldest.remove();
  }

  /** A connection ended. */
  void ended(SelectableChannel connection) {
    if (awaited.remove(connection) != null) bad();
    sweep();
  }

  private void sweep() {
    long now = nanoTime.getAsLong();
    var oldest = awaited.values().iterator();
    while (oldest.hasNext() && now - oldest.next() > LONGEST_NANOS) {
      oldest.remove();
      bad();
    }
  }

  private void bad() {
    stopped.accept(Cause.GREETING, "a connection without a greeting that fits ours");
  }
}
