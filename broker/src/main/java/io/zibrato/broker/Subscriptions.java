package io.zibrato.broker;

import io.zibrato.wire.Topic;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * The topics that at least one worker subscribes to, as far as they were passed up.
 *
 * <p>Exact, because XPUB tells only of a topic's first subscriber and of its last. One thread.
 */
final class Subscriptions {
  /**
   * Further topics are refused. Fewer than {@link Sides#QUEUED_UPSTREAM}, because a publisher that
   * connects is sent all of them at once.
   */
  static final int MAX_TOPICS = 4096;

  private final Set<ByteBuffer> topics = new HashSet<>();

  /** Returns false where there is no room for another topic. */
  boolean add(byte[] topic) {
    ByteBuffer key = ByteBuffer.wrap(topic);
    return topics.contains(key) || topics.size() < MAX_TOPICS && topics.add(key);
  }

  /** Returns whether it was there. */
  boolean remove(byte[] topic) {
    return topics.remove(ByteBuffer.wrap(topic));
  }

  /** Whether somebody may be sent messages of this topic. */
  boolean want(byte[] topic) {
    return topics.stream().anyMatch(subscribed -> Topic.matches(subscribed.array(), topic));
  }

  int size() {
    return topics.size();
  }
}
