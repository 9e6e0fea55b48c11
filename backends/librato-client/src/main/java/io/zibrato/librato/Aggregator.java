package io.zibrato.librato;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * Sums up the values of gauges, so that one measurement a metric travels: their count, sum, least
 * and greatest. For one thread at a time.
 */
public final class Aggregator {
  private final UnaryOperator<String> sanitizer;
  private final Clock clock;
  private final String source;
  private final Map<String, String> tags;
  private final long periodSeconds;
  private final Queue queue;

  /** By sanitized name. */
  private final Map<String, Tally> tallies = new LinkedHashMap<>();

  private Long measureTime;

  /**
   * @param queue what {@link #submit} sends with
   */
  Aggregator(AggregatorBuilder builder, Queue queue) {
    this.sanitizer = builder.sanitizer;
    this.clock = builder.clock;
    this.source = builder.source;
    this.tags = builder.tags;
    this.periodSeconds = builder.periodSeconds;
    this.measureTime = builder.measureTime;
    this.queue = queue;
  }

  /**
   * Adds a value. Names that the client's sanitizer makes one are one metric.
   *
   * @throws IllegalArgumentException the value, or the sum with it, is not finite; it is not added
   */
  public void add(String name, double value) {
    Json.finite("value", value);
    tallies.computeIfAbsent(sanitizer.apply(name), each -> new Tally(name)).add(value);
  }

  /** How many metrics it holds something of, without what failed. */
  public int size() {
    return tallies.size();
  }

  /** How many measurements wait for the next {@link #submit} since one failed. */
  public int failed() {
    return queue.size();
  }

  /**
   * Gives up the first request that failed, such as one that the service refuses, since all else
   * waits behind it.
   *
   * @return how many measurements are lost with it
   */
  public int discardFirst() {
    return queue.discardFirst();
  }

  /**
   * The time that what is added gets, floored to the period; nothing if the service is to take its
   * own. Once asked, it stays the same until what was added is taken.
   */
  public OptionalLong measureTime() {
    if (periodSeconds > 0) {
      long time = measureTime == null ? clock.instant().getEpochSecond() : measureTime;
      measureTime = time - Math.floorMod(time, periodSeconds);
    }
    return measureTime == null ? OptionalLong.empty() : OptionalLong.of(measureTime);
  }

  /** Forgets what was added, the time it was to have, and what failed. */
  public void clear() {
    forget();
    while (queue.discardFirst() > 0) {}
  }

  private void forget() {
    tallies.clear();
    measureTime = null;
  }

  /** What was added, which it then forgets. */
  List<Measurement> drain() {
    OptionalLong time = measureTime();
    List<Measurement> measurements = new ArrayList<>(tallies.size());
    tallies.forEach(
        (sanitized, tally) -> {
          Measurement each = Measurement.of(tally);
          if (source != null) each = each.source(source);
          if (!tags.isEmpty()) each = each.tags(tags);
          if (time.isPresent()) each = each.time(time.getAsLong());
          measurements.add(each);
        });
    forget();
    return measurements;
  }

  /**
   * Sends what was added, 300 metrics a request, and starts anew. With nothing added nothing is
   * sent.
   *
   * @throws IOException some of it failed; that is kept, with its time, and sent before all else
   *     next time, until it is accepted or given up by {@link #discardFirst} or {@link #clear}.
   *     What was accepted is not sent again.
   */
  public void submit() throws IOException {
    queue.addAggregator(this);
    queue.submit();
  }
}
