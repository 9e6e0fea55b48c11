package io.zibrato.broker;

import io.zibrato.wire.Topic;
import io.zibrato.wire.Upstream;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * Finds the traffic that a message belongs to by the bytes it begins with, without decoding its
 * level where the topic came by lately. One thread.
 */
final class RecentTopics {
  private static final int SIZE = 32;

  private record Known(byte[] topic, BrokerMeters.Traffic traffic) {
    boolean begins(byte[] message) {
      int length = topic.length;
      return message.length >= length && Arrays.equals(topic, 0, length, message, 0, length);
    }
  }

  private final BrokerMeters meters;
  private final Known[] known = new Known[SIZE]; // what is found moves ahead by one
  private final BooleanSupplier mayNameLevel;
  private int size;

  RecentTopics(BrokerMeters meters) {
    this(meters, () -> true);
  }

  /**
   * @param mayNameLevel asked when a message is the first of its level: otherwise its traffic is
   *     that of all the others
   */
  RecentTopics(BrokerMeters meters, BooleanSupplier mayNameLevel) {
    this.meters = meters;
    this.mayNameLevel = mayNameLevel;
  }

  /** The traffic of the message's level, or null where its first bytes are no topic. */
  BrokerMeters.Traffic traffic(byte[] message) {
    for (int i = 0; i < size; i++) {
      Known found = known[i];
      if (!found.begins(message)) continue;
      if (i > 0) {
        known[i] = known[i - 1];
        known[i - 1] = found;
      }
      return found.traffic;
    }
    return decode(message);
  }

  private BrokerMeters.Traffic decode(byte[] message) {
    // A heartbeat is the broker's own to send; from elsewhere it is no topic.
    if (message.length == 0 || message[0] == Upstream.HEARTBEAT) return null;
    String level = Topic.levelOf(message);
    if (level == null) return null;
    if (!meters.knows(level) && !mayNameLevel.getAsBoolean()) return meters.others();
    BrokerMeters.Traffic traffic = meters.traffic(level);
    boolean frame = message[0] == Topic.FRAME;
    Known topic = new Known(frame ? Topic.ofFrames(level) : Topic.ofText(level), traffic);
    // A level that is written in more than one way, as text may be, is decoded each time.
    if (topic.begins(message)) remember(topic);
    return traffic;
  }

  private void remember(Known topic) {
    if (size < SIZE) size++;
    known[size - 1] = topic;
  }
}
