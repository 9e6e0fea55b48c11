package io.zibrato.transport;

/** A meter's value as it was last looked at, and as it was last sent. */
interface Sent {
  /** Reads the meter; true when that differs from what was sent. */
  boolean look();

  /** Puts what was looked at into a round. */
  void into(FrameSplitter round);

  /** The link took what was put into a round. */
  void sent();
}
