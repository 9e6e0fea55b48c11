package io.zibrato.broker;

import io.zibrato.transport.Turnstile;
import io.zibrato.transport.UpstreamQuota;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import zmq.Msg;
import zmq.io.Metadata;

/**
 * What a connection of the worker side may send: so many topics, and messages at a rate. The topics
 * of all connections together are bounded too: the one that has most then goes. For ZeroMQ's
 * thread.
 */
final class WorkerTurnstile implements Turnstile {
  static final int TOPICS = 256;
  static final int TOPIC_BYTES = 4 * 1024;
  static final int MESSAGES_AT_ONCE = 20_000;
  static final int MESSAGES_PER_SECOND = 1_000;

  /** Of all connections, each topic counted once. */
  static final int ALL_TOPIC_BYTES = 64 * 1024;

  private final BiConsumer<Cause, String> stopped;
  private final Map<ByteBuffer, Integer> subscribers = new HashMap<>();
  private int topicBytes;
  private Door door;
  private Metadata last;
  private Connection lastConnection;

  WorkerTurnstile(BiConsumer<Cause, String> stopped) {
    this.stopped = stopped;
  }

  void door(Door door) {
    this.door = door;
  }

  @Override
  public boolean lets(Metadata metadata, Msg message, boolean part) {
    Connection connection = connection(metadata);
    if (connection == null) return stop(Cause.FORGED_UPWARDS, message);
    if (connection.isCut()) return false;
    if (part || connection.inParts) {
      connection.inParts = part;
      return stop(Cause.MALFORMED, message);
    }
    int before = connection.upstream.topics().size();
    return switch (connection.upstream.check(message)) {
      case MALFORMED -> stop(Cause.MALFORMED, message);
      case LONG_TOPIC -> stop(Cause.LONG_TOPIC, message);
      case TOO_MANY_TOPICS -> stop(Cause.TOO_MANY_TOPICS, message);
      case RATE -> stop(Cause.UPSTREAM_RATE, message);
      case PASS -> {
        count(message, connection.upstream.topics().size() - before);
        connection.heardNanos = System.nanoTime();
        if (!connection.proven) door.prove(connection);
        if (topicBytes > ALL_TOPIC_BYTES) cutTheOneWithMost();
        yield true;
      }
    };
  }

  /** A connection ended, and its topics with it. */
  void gone(Connection connection) {
    if (connection == lastConnection) lastConnection = null;
    if (connection.upstream == null) return;
    connection.upstream.topics().forEach(this::remove);
    connection.upstream = null;
  }

  private void count(Msg message, int change) {
    if (change == 0) return;
    byte[] topic = new byte[message.size() - 1];
    message.getBytes(1, topic, 0, topic.length);
    if (change < 0) {
      remove(ByteBuffer.wrap(topic));
    } else if (subscribers.merge(ByteBuffer.wrap(topic), 1, Integer::sum) == 1) {
      topicBytes += topic.length;
    }
  }

  private void remove(ByteBuffer topic) {
    if (subscribers.merge(topic, -1, (n, less) -> n + less == 0 ? null : n + less) == null) {
      topicBytes -= topic.capacity();
    }
  }

  private void cutTheOneWithMost() {
    Connection most = null;
    int bytes = -1;
    for (Connection connection : door.all()) {
      UpstreamQuota quota = connection.upstream;
      if (quota == null || quota.topicBytes() <= bytes) continue;
      most = connection;
      bytes = quota.topicBytes();
    }
    if (most == null) return;
    most.cut();
    gone(most);
    stopped.accept(Cause.TOO_MANY_TOPICS, "the connection with most of them was cut: " + bytes);
  }

  private Connection connection(Metadata metadata) {
    if (metadata == last && lastConnection != null) return lastConnection;
    last = metadata;
    lastConnection = door.of(metadata);
    boolean fresh = lastConnection != null && lastConnection.upstream == null;
    if (fresh && !lastConnection.isCut()) lastConnection.upstream = newQuota();
    return lastConnection;
  }

  private static UpstreamQuota newQuota() {
    return new UpstreamQuota(
        TOPICS, TOPIC_BYTES, MESSAGES_AT_ONCE, MESSAGES_PER_SECOND, System::nanoTime);
  }

  private boolean stop(Cause cause, Msg message) {
    stopped.accept(cause, "a message of " + message.size() + " bytes from the worker side");
    return false;
  }
}
