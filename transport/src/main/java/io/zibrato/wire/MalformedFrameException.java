package io.zibrato.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;

/**
 * Bytes that are no message of ours. The message says what is wrong, and shows the first bytes,
 * escaped.
 */
public final class MalformedFrameException extends IOException {
  private static final long serialVersionUID = 1;
  private static final int SHOWN_BYTES = 48;
  private static final int SHOWN_PROBLEM = 200;

  MalformedFrameException(String problem, byte[] bytes) {
    super(escaped(problem.getBytes(UTF_8), SHOWN_PROBLEM) + ": " + escaped(bytes, SHOWN_BYTES));
  }

  /** At most {@code most} bytes, with all that is not printable ASCII as {@code \xHH}. */
  private static String escaped(byte[] bytes, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(bytes.length, most); i++) {
      int b = bytes[i] & 0xFF;
      if (b >= 0x20 && b < 0x7F && b != '\\') text.append((char) b);
      else
        text.append("\\x")
            .append(Character.forDigit(b >> 4, 16))
            .append(Character.forDigit(b & 15, 16));
    }
    if (bytes.length > most) text.append("... (").append(bytes.length).append(" bytes)");
    return text.toString();
  }
}
