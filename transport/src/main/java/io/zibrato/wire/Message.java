package io.zibrato.wire;

/**
 * What an application sends: a {@link Frame} of version 2, or a {@link TextMessage} of version 1.
 */
public sealed interface Message permits Frame, TextMessage {
  /** Longer messages are refused by every reader, and by the sockets already. */
  int MAX_BYTES = 1 << 20;

  /** The level that the message was published at. */
  String level();

  /**
   * Reads a message of either version.
   *
   * @throws MalformedFrameException if it is neither
   */
  static Message decode(byte[] bytes) throws MalformedFrameException {
    if (bytes.length > MAX_BYTES) {
      throw new MalformedFrameException("longer than " + MAX_BYTES + " bytes", bytes);
    }
    boolean frame = bytes.length > 0 && bytes[0] == Topic.FRAME;
    return frame ? Frame.decode(bytes) : TextMessage.decode(bytes);
  }
}
