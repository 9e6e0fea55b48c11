package io.zibrato.backends;

import io.zibrato.wire.Frame;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What the ledger knows of one run of one application. */
final class Instance {
  final UUID id;

  /** It began before the ledger did. */
  final boolean older;

  final Map<String, Account> levels = new HashMap<>();
  private final Map<String, Long> lost = new HashMap<>();
  private boolean lostStarts;
  long heardNanos;
  boolean left;
  boolean vanished;

  Instance(UUID id, boolean older) {
    this.id = id;
    this.older = older;
    this.lostStarts = older;
  }

  /** Passes on what the application lost since it last said so. */
  void bookLost(Frame frame, LossTally losses) {
    frame
        .lost()
        .forEach(
            (cause, count) -> {
              long before = lost.getOrDefault(cause, 0L);
              if (count <= before) return;
              lost.put(cause, count);
              if (!lostStarts) losses.add(cause, count - before, () -> "in instance " + id);
            });
    lostStarts = false;
  }
}
