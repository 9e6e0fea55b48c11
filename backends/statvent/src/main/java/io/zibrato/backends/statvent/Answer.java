package io.zibrato.backends.statvent;

import java.util.Optional;

/**
 * What became of one pipe in one round.
 *
 * @param detail why there is no listing; empty where the state says all
 * @param listing of an answered one
 */
record Answer(State state, String detail, Optional<Listing> listing) {
  enum State {
    /** It told its numbers. */
    ANSWERED,
    /** Nobody wrote into it in time; its process is there, or may be. */
    SILENT,
    /** It did not come to its end in time, or told too much. */
    CUT_OFF,
    /** Its process is dead, and it was removed. */
    REMOVED,
    /** It went away. */
    GONE,
    /** It could not be read. */
    UNREADABLE
  }

  static Answer of(Listing listing) {
    return new Answer(State.ANSWERED, "", Optional.of(listing));
  }

  static Answer none(State state, String detail) {
    return new Answer(state, detail, Optional.empty());
  }
}
