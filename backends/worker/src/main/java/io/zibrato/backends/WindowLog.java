package io.zibrato.backends;

/**
 * Which gauge windows of one instance and level are booked. Frames repeat windows and may come in
 * any order; a window older than the last 64 is taken as booked.
 */
final class WindowLog {
  private long newest = -1;
  private long booked; // bit i: window newest - i is booked

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
