package io.zibrato.backends;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;

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

  /**
   * Drops the oldest until what is left takes no more than this, and a quarter of the heap.
   *
   * @return how many measurements were dropped
   */
  long bound(long maxBytes) {
    long before = measurements();
    long held = parts.stream().mapToLong(Snapshot::approximateBytes).sum();
    while (held > Math.min(maxBytes, MAX_BYTES)) {
      Snapshot oldest = parts.removeFirst();
      held -= oldest.approximateBytes();
      losses.add(Loss.SPOOL_FULL, oldest.size(), () -> "the disk takes nothing");
    }
    return before - measurements();
  }

  /** When the oldest of them was closed; empty if there is none. */
  OptionalLong oldestMillis() {
    return parts.isEmpty() ? OptionalLong.empty() : OptionalLong.of(parts.peek().endMillis());
  }

  /** They are on disk. */
  void clear() {
    parts.clear();
  }

  /**
   * They never will be.
   *
   * @return how many measurements that are
   */
  long giveUp(String reason) {
    long lost = measurements();
    if (lost > 0) losses.add(Loss.UNDELIVERED, lost, () -> reason);
    parts.clear();
    return lost;
  }
}
