package io.zibrato.backends;

/**
 * Which gauge windows of one instance and level are booked. Frames repeat windows and may come in
 * any order; a window older than the last 64 is taken as booked.
 */
final class WindowLog {
  private long newest = -1;
  private long booked; // bit i: window newest - i is booked

  /**
   * How many windows were never seen between the newest booked one and this; 0 before the first.
   */
  long missedBefore(long window) {
    return newest < 0 ? 0 : Math.max(0, window - newest - 1);
  }

  boolean isBooked(long window) {
    if (window > newest) return false;
    long age = newest - window;
    return age >= Long.SIZE || (booked >>> age & 1) != 0;
  }

  void book(long window) {
    if (window > newest) {
      long rise = newest < 0 ? Long.SIZE : window - newest;
      booked = rise >= Long.SIZE ? 0 : booked << rise;
      newest = window;
    }
    long age = newest - window;
    if (age < Long.SIZE) booked |= 1L << age;
  }
}
