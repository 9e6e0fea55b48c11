package io.zibrato.inspect;

/**
 * Something that may surprise.
 *
 * @param place the method, class or file that it is about
 */
record Warning(Concern concern, String place, String message) {
  @Override
  public String toString() {
    return "warning: " + place + ": " + message;
  }
}
