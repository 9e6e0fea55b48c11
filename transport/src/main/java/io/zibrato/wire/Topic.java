package io.zibrato.wire;

import io.zibrato.meter.Series;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The leading bytes that ZeroMQ matches subscriptions with.
 *
 * <p>A subscription matches every message that begins with it. Frames of version 2 begin with
 * {@code 0x02 level 0x00}, messages of version 1 with {@code level|}. Our own subscriptions are
 * whole topics, so that {@code info} never matches {@code information}; others' may be any prefix.
 */
public final class Topic {
  /** The first byte of a version 2 frame. No text begins with it. */
  public static final byte FRAME = 0x02;

  /** What decoding puts where bytes are not UTF-8. */
  private static final char REPLACEMENT = '\uFFFD';

  private Topic() {}

  /** The topic of version 2 frames at {@code level}. */
  public static byte[] ofFrames(String level) {
    byte[] name = Series.checkLevel(level).getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(name.length + 2).put(FRAME).put(name).put((byte) 0).array();
  }

  /** The topic of version 1 messages at {@code level}, written as {@link TextMessage} writes it. */
  public static byte[] ofText(String level) {
    return (TextMessage.field(Series.checkLevel(level)) + '|').getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The level of a message of either version, or null where its first bytes are no topic. Looks at
   * no more than a topic's length.
   */
  public static String levelOf(byte[] message) {
    boolean frame = message.length > 0 && message[0] == FRAME;
    int from = frame ? 1 : 0;
    byte end = (byte) (frame ? 0 : '|');
    for (int i = from; i < message.length && i - from <= Series.MAX_LEVEL_BYTES; i++) {
      if (message[i] == end) return i == from ? null : utf8(message, from, i - from);
    }
    return null;
  }

  /** The text of these bytes, or null when they are not UTF-8. */
  static String utf8(byte[] bytes, int from, int length) {
    String text = new String(bytes, from, length, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) < 0) return text;
    byte[] again = text.getBytes(StandardCharsets.UTF_8);
    return Arrays.equals(again, 0, again.length, bytes, from, from + length) ? text : null;
  }

  /**
   * Whether a subscription may match messages of the topic: one of the two begins with the other.
   */
  public static boolean matches(byte[] subscription, byte[] topic) {
    int shared = Math.min(subscription.length, topic.length);
    for (int i = 0; i < shared; i++) {
      if (subscription[i] != topic[i]) return false;
    }
    return true;
  }
}
