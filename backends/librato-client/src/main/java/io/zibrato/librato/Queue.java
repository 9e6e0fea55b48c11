package io.zibrato.librato;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Collects measurements and sends them 300 a request, those by source and those by tags apart.
 *
 * <p>What the service has accepted leaves the queue and is never sent again, also if a later part
 * fails. What failed stays, first in line: {@link #submit} tries it again, under the same {@code
 * Idempotency-Key} and unchanged, and {@link #discardFirst} gives it up.
 *
 * <p>It holds as many as are added: without {@code autoSubmitCount}, or while the service fails,
 * that is for the caller to bound.
 *
 * <p>For one thread at a time. In a try-with-resources the queue is submitted at the end, also when
 * the block throws; what then fails is added to the block's exception as a suppressed one.
 */
public final class Queue implements AutoCloseable {
  static final int MAX_PER_REQUEST = 300;

  /** One request to be. Once tried it takes no more: its key stands for what is in it. */
  private static final class Chunk {
    final boolean byTags;
    final List<Measurement> measurements = new ArrayList<>();
    String key;
    boolean tried;

    Chunk(boolean byTags) {
      this.byTags = byTags;
    }

    boolean takes(boolean tagged) {
      return byTags == tagged && !tried && measurements.size() < MAX_PER_REQUEST;
    }
  }

  private final Caller caller;
  private final UnaryOperator<String> sanitizer;
  private final int autoSubmitCount;
  private final Map<String, String> tags;
  private final Deque<Chunk> chunks = new ArrayDeque<>();
  private int size;
  private boolean closed;

  Queue(
      Caller caller,
      UnaryOperator<String> sanitizer,
      int autoSubmitCount,
      Map<String, String> tags) {
    if (autoSubmitCount < 0) {
      throw new IllegalArgumentException("autoSubmitCount < 0: " + autoSubmitCount);
    }
    this.caller = caller;
    this.sanitizer = sanitizer;
    this.autoSubmitCount = autoSubmitCount;
    this.tags = tags;
  }

  /** Adds a gauge. */
  public void add(String name, double value) throws IOException {
    add(Measurement.gauge(name, value));
  }

  /**
   * Adds a measurement, and submits when there are as many as the queue may hold.
   *
   * @throws IOException submitting failed; the measurement is in the queue all the same
   * @throws IllegalStateException the queue is closed
   */
  public void add(Measurement measurement) throws IOException {
    put(measurement);
    submitIfFull();
  }

  /** Adds what the aggregator holds, and clears it; submits when that makes the queue full. */
  public void addAggregator(Aggregator aggregator) throws IOException {
    if (closed) throw new IllegalStateException("the queue is closed");
    aggregator.drain().forEach(this::put);
    submitIfFull();
  }

  void put(Measurement measurement) {
    if (closed) throw new IllegalStateException("the queue is closed");
    boolean tagged = measurement.tagged(tags);
    open(tagged).measurements.add(measurement);
    size++;
  }

  private Chunk open(boolean tagged) {
    for (Chunk each : (Iterable<Chunk>) chunks::descendingIterator) {
      if (each.takes(tagged)) return each;
      if (each.byTags == tagged) break; // an older one would change the order
    }
    Chunk chunk = new Chunk(tagged);
    chunks.addLast(chunk);
    return chunk;
  }

  private void submitIfFull() throws IOException {
    if (autoSubmitCount > 0 && size >= autoSubmitCount) submit();
  }

  /**
   * Sends all that is in the queue, oldest first; an empty one sends nothing.
   *
   * @throws PartlyAcceptedException the service took some of one request; what it refused is lost,
   *     and what comes after is in the queue
   * @throws UnexpectedAnswerException the service took one request, in words that are not the
   *     API's; what comes after is in the queue
   * @throws IOException one request failed; it and those after it are in the queue
   */
  public void submit() throws IOException {
    while (!chunks.isEmpty()) {
      Chunk chunk = chunks.getFirst();
      if (!chunk.tried) chunk.key = caller.newKey();
      chunk.tried = true;
      try {
        Submission.post(
            caller,
            chunk.byTags
                ? Submission.byCommonTags(chunk.measurements, sanitizer, tags)
                : Submission.bySource(chunk.measurements, sanitizer),
            chunk.key);
      } catch (PartlyAcceptedException | UnexpectedAnswerException e) {
        discardFirst(); // the service said that it took it
        throw e;
      }
      discardFirst();
    }
  }

  /**
   * Gives up the first request, such as one that the service refuses.
   *
   * @return how many measurements are lost with it
   */
  public int discardFirst() {
    if (chunks.isEmpty()) return 0;
    int lost = chunks.removeFirst().measurements.size();
    size -= lost;
    return lost;
  }

  /** How many measurements wait. */
  public int size() {
    return size;
  }

  /**
   * The tags of all its tagged measurements. The service merges them with those of each
   * measurement, which win.
   */
  public Map<String, String> tags() {
    return tags;
  }

  /** Submits, and takes no more. Closing again tries what is left again. */
  @Override
  public void close() throws IOException {
    closed = true;
    submit();
  }
}
