package io.zibrato.backends;

import io.zibrato.wire.Frame;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.BitSet;

/**
 * Knows, for one instance and level, whether a full round has come whole, and whether one is
 * needed.
 */
final class FullRounds {
  private static final long ASK_AGAIN_NANOS = 5_000_000_000L;

  private final BitSet parts = new BitSet();
  private long partsOf; // the sequence of the first part of the round that parts are of
  private long lastSequence;
  private long neededAt; // the highest sequence that showed the need; 0 if there is none
  private boolean asked;
  private long askedNanos;
  private boolean complete;

  FullRounds() {}

  /** A round that was half there when it was saved has to come again. */
  FullRounds(DataInputStream in) throws IOException {
    lastSequence = in.readLong();
    neededAt = in.readLong();
    complete = in.readBoolean();
  }

  void save(DataOutputStream out) throws IOException {
    out.writeLong(lastSequence);
    out.writeLong(neededAt);
    out.writeBoolean(complete);
  }

  /** Looks for a gap before the frame. A full round that begins behind a gap closes it. */
  void arrives(Frame frame) {
    boolean beginsFullRound = frame.full() && frame.part() == 0;
    boolean gap = lastSequence == 0 ? !frame.full() : frame.sequence() > lastSequence + 1;
    boolean joinsRoundLate = lastSequence == 0 && frame.part() > 0;
    if ((gap || joinsRoundLate) && !beginsFullRound) need(frame.sequence());
    lastSequence = Math.max(lastSequence, frame.sequence());
  }

  /** A full round is needed that ends no earlier than the frame of that sequence. */
  void need(long sequence) {
    neededAt = Math.max(neededAt, sequence);
  }

  /**
   * Notes that all of the frame is booked.
   *
   * @param whole nothing of it had to be left out
   */
  void booked(Frame frame, boolean whole) {
    if (!frame.full()) return;
    long first = frame.sequence() - frame.part();
    if (first < partsOf) return;
    if (first > partsOf) parts.clear();
    partsOf = first;
    parts.set(frame.part());
    if (parts.cardinality() < frame.parts()) return;
    if (whole) complete = true;
    if (neededAt < first + frame.parts()) neededAt = 0;
  }

  /** Whether a full round has been booked whole at any time. */
  boolean complete() {
    return complete;
  }

  /** Whether to ask for a full round now; true at most once each 5 s. */
  boolean ask(long nowNanos) {
    if (neededAt == 0 || asked && nowNanos - askedNanos < ASK_AGAIN_NANOS) return false;
    asked = true;
    askedNanos = nowNanos;
    return true;
  }
}
