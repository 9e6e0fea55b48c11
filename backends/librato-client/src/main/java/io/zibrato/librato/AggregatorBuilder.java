package io.zibrato.librato;

import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Makes an {@link Aggregator}. */
public final class AggregatorBuilder {
  final UnaryOperator<String> sanitizer;
  final Clock clock;
  private final Map<String, String> inherited;
  private final Supplier<Queue> queues;
  String source;
  Map<String, String> tags = Map.of();
  long periodSeconds;
  Long measureTime;

  AggregatorBuilder(
      UnaryOperator<String> sanitizer,
      Map<String, String> inherited,
      Clock clock,
      Supplier<Queue> queues) {
    this.sanitizer = sanitizer;
    this.inherited = inherited;
    this.clock = clock;
    this.queues = queues;
  }

  /** The source of all of it. Default: none. */
  public AggregatorBuilder source(String source) {
    this.source = Objects.requireNonNull(source, "source == null");
    return this;
  }

  /** The tags of all of it, over the client's. Default: the client's, unless there is a source. */
  public AggregatorBuilder tags(Map<String, String> tags) {
    this.tags = Json.copy(tags);
    return this;
  }

  /**
   * Floors the time of all of it to a whole multiple of this; without {@link #measureTime}, that of
   * when it is taken. Default: no floor, and no time of ours.
   */
  public AggregatorBuilder periodSeconds(long seconds) {
    if (seconds < 1) throw new IllegalArgumentException("periodSeconds < 1: " + seconds);
    this.periodSeconds = seconds;
    return this;
  }

  /** The time of what is added until it is taken; after that there is none. Default: none. */
  public AggregatorBuilder measureTime(long epochSeconds) {
    this.measureTime = epochSeconds;
    return this;
  }

  public Aggregator build() {
    if (source != null && !tags.isEmpty()) {
      throw new IllegalArgumentException("source and tags: " + source + ", " + tags);
    }
    tags = source == null ? Tags.over(inherited, tags) : Map.of();
    return new Aggregator(this, queues.get());
  }
}
