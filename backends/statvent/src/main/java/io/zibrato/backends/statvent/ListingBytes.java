package io.zibrato.backends.statvent;

import java.io.ByteArrayOutputStream;

/** What was read of one listing, up to what one may have. For one thread. */
final class ListingBytes {
  static final String TOO_MUCH = "more than 16 MiB or 200000 lines";

  private static final int MOST_BYTES = 16 * 1024 * 1024;
  private static final int MOST_LINES =
      200_000; // a line of a few bytes is a hundred once it is read

  private final ByteArrayOutputStream all = new ByteArrayOutputStream();
  private int lines;

  /** Returns whether that is still not too much. */
  boolean add(byte[] buffer, int length) {
    all.write(buffer, 0, length);
    for (int i = 0; i < length; i++) if (buffer[i] == '\n') lines++;
    return all.size() <= MOST_BYTES && lines <= MOST_LINES;
  }

  byte[] bytes() {
    return all.toByteArray();
  }
}
