package io.zibrato.wire;

import io.zibrato.meter.Series;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * What travels from the workers' side to the applications: subscriptions, and two frames of ours.
 *
 * <pre>
 *   0x00 topic                       unsubscribe (ZeroMQ's)
 *   0x01 topic                       subscribe (ZeroMQ's)
 *   0x03 instance(16) level          RESYNC: send a full frame of this level; an instance of zeros means everyone
 *   0x04 broker(16)                  the broker's heartbeat, once a second; the id is random, one per run of the broker
 * </pre>
 *
 * <p>Nothing longer than {@link #MAX_BYTES} goes up. The heartbeat also goes down, to the workers
 * that subscribe to {@link #heartbeatTopic}.
 */
public sealed interface Upstream {
  int MAX_BYTES = 128;

  byte UNSUBSCRIBE = 0x00;
  byte SUBSCRIBE = 0x01;
  byte RESYNC = 0x03;
  byte HEARTBEAT = 0x04;

  /** The instance that stands for all of them. */
  UUID EVERYONE = new UUID(0, 0);

  /** Somebody wants, or no longer wants, messages that begin with {@code topic}. */
  record Subscription(boolean subscribe, byte[] topic) implements Upstream {
    @Override
    public byte[] encode() {
      return ByteBuffer.allocate(1 + topic.length)
          .put(subscribe ? SUBSCRIBE : UNSUBSCRIBE)
          .put(topic)
          .array();
    }
  }

  /** A worker asks for a full frame of {@code level}. */
  record Resync(UUID instance, String level) implements Upstream {
    @Override
    public byte[] encode() {
      byte[] name = Series.checkLevel(level).getBytes(StandardCharsets.UTF_8);
      return id(ByteBuffer.allocate(17 + name.length).put(RESYNC), instance).put(name).array();
    }
  }

  /** The broker is alive. */
  record Heartbeat(UUID broker) implements Upstream {
    @Override
    public byte[] encode() {
      return id(ByteBuffer.allocate(17).put(HEARTBEAT), broker).array();
    }
  }

  byte[] encode();

  /** What a worker subscribes to, to hear the broker's heartbeat. */
  static byte[] heartbeatTopic() {
    return new byte[] {HEARTBEAT};
  }

  /**
   * Reads one message from upstream.
   *
   * @throws MalformedFrameException if it is none of the four, or too long
   */
  static Upstream decode(byte[] bytes) throws MalformedFrameException {
    if (bytes.length == 0 || bytes.length > MAX_BYTES) {
      throw new MalformedFrameException("not of 1 to " + MAX_BYTES + " bytes", bytes);
    }
    return switch (bytes[0]) {
      case UNSUBSCRIBE, SUBSCRIBE ->
          new Subscription(bytes[0] == SUBSCRIBE, Arrays.copyOfRange(bytes, 1, bytes.length));
      case RESYNC -> resync(bytes);
      case HEARTBEAT -> {
        if (bytes.length != 17) throw new MalformedFrameException("no heartbeat", bytes);
        yield new Heartbeat(id(bytes));
      }
      default -> throw new MalformedFrameException("unknown kind " + bytes[0], bytes);
    };
  }

  private static Resync resync(byte[] bytes) throws MalformedFrameException {
    int length = bytes.length - 17;
    String level = length < 1 ? null : Topic.utf8(bytes, 17, length);
    if (level == null) throw new MalformedFrameException("no RESYNC", bytes);
    try {
      return new Resync(id(bytes), Series.checkLevel(level));
    } catch (IllegalArgumentException e) {
      throw new MalformedFrameException(e.getMessage(), bytes);
    }
  }

  private static ByteBuffer id(ByteBuffer buffer, UUID id) {
    return buffer.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
  }

  private static UUID id(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, 16);
    return new UUID(buffer.getLong(), buffer.getLong());
  }
}
