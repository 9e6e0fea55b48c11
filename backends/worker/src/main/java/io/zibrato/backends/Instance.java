package io.zibrato.backends;

import io.zibrato.wire.Frame;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What the ledger knows of one run of one application. */
final class Instance {
  /** Ours have some ten; whoever makes up more is not listened to. */
  static final int MAX_CAUSES = 100;

  final UUID id;

  /** It began before the ledger did. */
  final boolean older;

  final Map<String, Account> levels = new HashMap<>();
  private final Map<String, Long> lost = new HashMap<>();
  private boolean lostStarts;
  long heardNanos;
  boolean left;
  boolean vanished;

  /** Whether anything but its accounts changed since it was last saved. */
  boolean changed = true;

  /** Of what all instances may take on; set when the ledger takes it in. */
  Budget seriesBudget;

  Budget gaugeBudget;

  Instance(UUID id, boolean older) {
    this.id = id;
    this.older = older;
    this.lostStarts = older;
  }

  /** One that was saved. */
  Instance(UUID id, DataInputStream in) throws IOException {
    this.id = id;
    this.older = in.readBoolean();
    this.lostStarts = in.readBoolean();
    this.left = in.readBoolean();
    this.vanished = in.readBoolean();
    for (int more = in.readInt(); more > 0; more--) lost.put(in.readUTF(), in.readLong());
    this.changed = false;
  }

  byte[] encoded() {
    return Encoded.of(this::save);
  }

  private void save(DataOutputStream out) throws IOException {
    out.writeBoolean(older);
    out.writeBoolean(lostStarts);
    out.writeBoolean(left);
    out.writeBoolean(vanished);
    out.writeInt(lost.size());
    for (Map.Entry<String, Long> each : lost.entrySet()) {
      out.writeUTF(each.getKey());
      out.writeLong(each.getValue());
    }
  }

  /** Passes on what the application lost since it last said so. */
  void bookLost(Frame frame, LossTally losses) {
    frame
        .lost()
        .forEach(
            (cause, count) -> {
              long before = lost.getOrDefault(cause, 0L);
              if (count <= before) return;
              if (lost.size() >= MAX_CAUSES && !lost.containsKey(cause)) return;
              lost.put(cause, count);
              changed = true;
              if (!lostStarts)
                losses.addOfApplication(cause, count - before, () -> "instance " + id);
            });
    if (lostStarts) changed = true;
    lostStarts = false;
  }
}
