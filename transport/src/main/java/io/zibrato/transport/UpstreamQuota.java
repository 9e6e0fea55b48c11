package io.zibrato.transport;

import io.zibrato.meter.Series;
import io.zibrato.wire.Upstream;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import zmq.Msg;

/**
 * What one connection may send upwards: so many different topics, of so many bytes together, and
 * messages at a bounded rate. ZeroMQ keeps every topic, and walks through all of them whenever a
 * connection ends. For ZeroMQ's thread only.
 */
public final class UpstreamQuota {
  /** A topic of a version 2 frame: a level and two bytes around it. */
  public static final int MAX_TOPIC_BYTES = Series.MAX_LEVEL_BYTES + 2;

  /** What to do with a message. */
  public enum Verdict {
    PASS,
    /** None of the kinds that travel upwards. */
    MALFORMED,
    /** A subscription longer than any topic. */
    LONG_TOPIC,
    /** A subscription beyond the connection's bound. */
    TOO_MANY_TOPICS,
    /** Beyond the rate. */
    RATE
  }

  private static final int RESYNC_BYTES = 17;

  private final int maxTopics;
  private final int maxBytes;
  private final long burstNanos;
  private final long permitNanos;
  private final LongSupplier nanoTime;
  private final Set<ByteBuffer> topics = new HashSet<>();
  private int bytes;
  private long emptyAtNanos; // permits have flowed in since then

  /**
   * @param burst messages that may come at once
   * @param perSecond messages that may come for ever
   */
  public UpstreamQuota(
      int maxTopics, int maxBytes, int burst, int perSecond, LongSupplier nanoTime) {
    this.maxTopics = maxTopics;
    this.maxBytes = maxBytes;
    this.permitNanos = 1_000_000_000L / perSecond;
    this.burstNanos = burst * permitNanos;
    this.nanoTime = nanoTime;
    this.emptyAtNanos = nanoTime.getAsLong() - burstNanos;
  }

  public Verdict check(Msg message) {
    if (!inRate()) return Verdict.RATE;
    int size = message.size();
    if (size == 0 || size > Upstream.MAX_BYTES) return Verdict.MALFORMED;
    return switch (message.get(0)) {
      case Upstream.SUBSCRIBE -> subscribe(message);
      case Upstream.UNSUBSCRIBE -> unsubscribe(message);
      case Upstream.RESYNC -> size > RESYNC_BYTES ? Verdict.PASS : Verdict.MALFORMED;
      case Upstream.HEARTBEAT -> size == RESYNC_BYTES ? Verdict.PASS : Verdict.MALFORMED;
      default -> Verdict.MALFORMED;
    };
  }

  /** The topics that are subscribed to. */
  public Set<ByteBuffer> topics() {
    return topics;
  }

  /** What they come to. */
  public int topicBytes() {
    return bytes;
  }

  private boolean inRate() {
    long now = nanoTime.getAsLong();
    if (now - emptyAtNanos > burstNanos) emptyAtNanos = now - burstNanos;
    if (now - emptyAtNanos < permitNanos) return false;
    emptyAtNanos += permitNanos;
    return true;
  }

  private Verdict subscribe(Msg message) {
    int length = message.size() - 1;
    if (length > MAX_TOPIC_BYTES) return Verdict.LONG_TOPIC;
    ByteBuffer topic = topic(message);
    if (topics.contains(topic)) return Verdict.PASS;
    if (topics.size() >= maxTopics || bytes + length > maxBytes) return Verdict.TOO_MANY_TOPICS;
    topics.add(topic);
    bytes += length;
    return Verdict.PASS;
  }

  private Verdict unsubscribe(Msg message) {
    if (topics.remove(topic(message))) bytes -= message.size() - 1;
    return Verdict.PASS;
  }

  static ByteBuffer topic(Msg subscription) {
    byte[] topic = new byte[subscription.size() - 1];
    subscription.getBytes(1, topic, 0, topic.length);
    return ByteBuffer.wrap(topic);
  }
}
