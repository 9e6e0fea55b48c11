package io.zibrato.backends;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Parts that wait in memory for the disk to take them. For {@link Spool}, which guards it. */
final class Pending {
  private static final long MAX_BYTES = Runtime.getRuntime().maxMemory() / 4;

  private final Deque<Snapshot> parts = new ArrayDeque<>();
  private final LossTally losses;

  Pending(LossTally losses) {
    this.losses = losses;
  }

  void add(List<Snapshot> more) {
    parts.addAll(more);
  }

  /** Oldest first. */
  List<Snapshot> parts() {
    return List.copyOf(parts);
  }

  long measurements() {
    return parts.stream().mapToLong(Snapshot::size).sum();
  }

  /** Drops the oldest until what is left takes no more than this, and a quarter of the heap. */
  void bound(long maxBytes) {
    long held = parts.stream().mapToLong(Snapshot::approximateBytes).sum();
    while (held > Math.min(maxBytes, MAX_BYTES)) {
      Snapshot oldest = parts.removeFirst();
      held -= oldest.approximateBytes();
      losses.add(Loss.SPOOL_FULL, oldest.size(), () -> "the disk takes nothing");
    }
  }

  /** They are on disk. */
  void clear() {
    parts.clear();
  }

  /** They never will be. */
  void giveUp(String reason) {
    if (!parts.isEmpty()) losses.add(Loss.UNDELIVERED, measurements(), () -> reason);
    parts.clear();
  }
}
