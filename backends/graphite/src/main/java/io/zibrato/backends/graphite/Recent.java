package io.zibrato.backends.graphite;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What carbon took in the last minutes, which it may not have on disk yet; bounded in bytes. One
 * thread.
 */
final class Recent {
  private final long maxAgeNanos;
  private final long maxBytes;
  private final Deque<Taken> all = new ArrayDeque<>();
  private long bytes;

  private record Taken(long nanos, List<byte[]> packets) {
    long bytes() {
      return packets.stream().mapToLong(packet -> packet.length + 32L).sum();
    }
  }

  Recent(Duration maxAge, long maxBytes) {
    this.maxAgeNanos = maxAge.toNanos();
    this.maxBytes = maxBytes;
  }

  void add(List<byte[]> packets, long nowNanos) {
    Taken taken = new Taken(nowNanos, packets);
    all.add(taken);
    bytes += taken.bytes();
    while (bytes > maxBytes) bytes -= all.remove().bytes();
    forget(nowNanos);
  }

  private void forget(long nowNanos) {
    while (!all.isEmpty() && nowNanos - all.peek().nanos() > maxAgeNanos) {
      bytes -= all.remove().bytes();
    }
  }

  /** Oldest first. */
  List<byte[]> packets(long nowNanos) {
    forget(nowNanos);
    List<byte[]> packets = new ArrayList<>();
    for (Taken taken : all) packets.addAll(taken.packets());
    return packets;
  }

  /** All of it was taken again. */
  void renew(long nowNanos) {
    List<Taken> again = List.copyOf(all);
    all.clear();
    for (Taken taken : again) all.add(new Taken(nowNanos, taken.packets()));
  }
}
