package io.zibrato.backends;

import io.zibrato.meter.Series;
import io.zibrato.wire.Topic;
import io.zibrato.wire.Upstream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a worker is told.
 *
 * @param endpoints the worker sides of one or more brokers, as {@code tcp://host:port}
 * @param levels the levels to subscribe to; none means all but {@code zibrato}
 * @param flush how long an interval is
 * @param state the folder of what is booked, and of closed intervals until the service takes them;
 *     one worker's alone
 * @param spoolMaxBytes how much disk those intervals may take
 * @param spoolMaxAge how long they are kept
 * @param retryMax the longest pause between two tries, unless the service asks for a longer one
 * @param source of what the worker tells of itself, at the level {@code zibrato}
 * @param curveKeys the folder of the keys to encrypt with, to all brokers; without one, that of the
 *     process's setting {@code curve.keys}; without both, nothing is encrypted
 */
public record WorkerOptions(
    List<String> endpoints,
    Set<String> levels,
    Duration flush,
    Path state,
    long spoolMaxBytes,
    Duration spoolMaxAge,
    Duration retryMax,
    String source,
    Optional<Path> curveKeys) {
  /** The level at which our own processes speak of themselves. */
  static final String OWN_LEVEL = "zibrato";

  public WorkerOptions {
    endpoints = List.copyOf(endpoints);
    levels = Set.copyOf(levels);
    if (endpoints.isEmpty()) throw new IllegalArgumentException("endpoints is empty");
    if (flush.compareTo(Duration.ofMillis(10)) < 0) {
      throw new IllegalArgumentException("flush < 0.01 s: " + flush);
    }
    if (state == null) throw new NullPointerException("state == null");
    if (spoolMaxBytes < 1) {
      throw new IllegalArgumentException("spoolMaxBytes < 1: " + spoolMaxBytes);
    }
    if (spoolMaxAge.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("spoolMaxAge < 1 s: " + spoolMaxAge);
    }
    if (retryMax.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("retryMax < 1 s: " + retryMax);
    }
    if (source == null) throw new NullPointerException("source == null");
    if (source.isEmpty() || source.length() > Series.MAX_TEXT) {
      throw new IllegalArgumentException("source not of 1 to 255 characters: " + source);
    }
  }

  /** Where the first broker is. */
  String publisherHost() {
    String endpoint = endpoints.get(0);
    return endpoint.substring("tcp://".length(), endpoint.lastIndexOf(':'));
  }

  /** The first broker's publisher side: always the port below its worker side. */
  int publisherPort() {
    String endpoint = endpoints.get(0);
    return Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1)) - 1;
  }

  /** Whether messages of the level are for this worker. */
  boolean wants(String level) {
    return levels.isEmpty() ? !level.equals(OWN_LEVEL) : levels.contains(level);
  }

  /** What to subscribe to: both versions of each level, and the broker's heartbeat. */
  List<byte[]> topics() {
    List<byte[]> topics = new ArrayList<>(List.of(Upstream.heartbeatTopic()));
    if (levels.isEmpty()) topics.add(new byte[0]);
    for (String level : levels) {
      topics.add(Topic.ofFrames(level));
      topics.add(Topic.ofText(level));
    }
    return topics;
  }
}
