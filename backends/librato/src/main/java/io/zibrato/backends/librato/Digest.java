package io.zibrato.backends.librato;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The first half of the SHA-256 of texts: it stands for them, and is small. */
record Digest(long high, long low) implements Comparable<Digest> {
  static final int BYTES = 2 * Long.BYTES;
  static final int MAX_DIGITS = 2 * BYTES;

  /**
   * Of a list, in this order: each text goes in with its length, so that no two lists come to the
   * same; and char by char, since an encoder would make all unpaired surrogates the same.
   */
  static Digest of(List<String> texts) {
    int size = 0;
    for (String text : texts) size += Integer.BYTES + 2 * text.length();
    ByteBuffer bytes = ByteBuffer.allocate(size);
    for (String text : texts) {
      bytes.putInt(text.length());
      for (int i = 0; i < text.length(); i++) bytes.putChar(text.charAt(i));
    }
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.array());
      return read(ByteBuffer.wrap(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  static Digest read(ByteBuffer bytes) {
    return new Digest(bytes.getLong(), bytes.getLong());
  }

  void write(ByteBuffer bytes) {
    bytes.putLong(high).putLong(low);
  }

  /** The first hexadecimal digits. */
  String digits(int n) {
    HexFormat hex = HexFormat.of();
    return (hex.toHexDigits(high) + hex.toHexDigits(low)).substring(0, n);
  }

  @Override
  public int compareTo(Digest other) {
    int byHigh = Long.compare(high, other.high);
    return byHigh != 0 ? byHigh : Long.compare(low, other.low);
  }

  /** Its bits are as good as random. */
  @Override
  public int hashCode() {
    return (int) low;
  }
}
