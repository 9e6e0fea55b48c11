package io.zibrato.backends;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Which gauge windows of one instance and level were taken. Frames repeat windows and may come in
 * any order; one older than the last 64 counts as taken.
 */
final class WindowLog {
  private long newest;
  private long taken; // bit i: window newest - i was taken

  /**
   * @param fromFirst windows are expected from number 1 on, rather than from whichever comes first
   */
  WindowLog(boolean fromFirst) {
    newest = fromFirst ? 0 : -1;
  }

  WindowLog(DataInputStream in) throws IOException {
    newest = in.readLong();
    taken = in.readLong();
  }

  void save(DataOutputStream out) throws IOException {
    out.writeLong(newest);
    out.writeLong(taken);
  }

  /** How many windows between the newest taken one and this were never taken. */
  long missedBefore(long window) {
    return newest < 0 ? 0 : Math.max(0, window - newest - 1);
  }

  boolean isTaken(long window) {
    if (window > newest) return false;
    long age = newest - window;
    return age >= Long.SIZE || (taken >>> age & 1) != 0;
  }

  void take(long window) {
    if (window > newest) {
      long rise = newest < 0 ? Long.SIZE : window - newest;
      taken = rise >= Long.SIZE ? 0 : taken << rise;
      newest = window;
    }
    long age = newest - window;
    if (age < Long.SIZE) taken |= 1L << age;
  }
}
