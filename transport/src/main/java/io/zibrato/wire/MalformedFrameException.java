package io.zibrato.wire;

import java.io.IOException;

/**
 * Bytes that are no message of ours. The message says what is wrong, and shows the first bytes,
 * escaped.
 */
public final class MalformedFrameException extends IOException {
  private static final long serialVersionUID = 1;
  private static final int SHOWN_BYTES = 48;

  MalformedFrameException(String problem, byte[] bytes) {
    super(problem + ": " + escaped(bytes));
  }

  /** At most 48 bytes, with all that is not printable ASCII as {@code \xHH}. */
  static String escaped(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(bytes.length, SHOWN_BYTES); i++) {
      int b = bytes[i] & 0xFF;
      if (b >= 0x20 && b < 0x7F && b != '\\') text.append((char) b);
      else
        text.append("\\x")
            .append(Character.forDigit(b >> 4, 16))
            .append(Character.forDigit(b & 15, 16));
    }
    if (bytes.length > SHOWN_BYTES) text.append("... (").append(bytes.length).append(" bytes)");
    return text.toString();
  }
}
