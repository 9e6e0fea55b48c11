package io.zibrato.librato;

import java.time.Clock;
import java.util.Map;

/**
 * A connection to a service that speaks the Librato API.
 *
 * <p>Any number of threads may share one; 16 requests travel at a time, and others wait. Each
 * method that asks the service blocks its caller until the answer is there: at most the timeout for
 * each try, and the pauses between them. One daemon thread, started by the first request, watches
 * over the timeouts.
 *
 * <pre>{@code
 * try (LibratoClient client =
 *     LibratoClient.builder().credentials("user@example.com", "token").build()) {
 *   client.metrics().submit(Measurement.gauge("temperature", 20.5).source("cellar"));
 * }
 * }</pre>
 */
public final class LibratoClient implements AutoCloseable {
  private final Options options;
  private final Caller caller;
  private final Clock clock;

  LibratoClient(Options options, Caller caller, Clock clock) {
    this.options = options;
    this.caller = caller;
    this.clock = clock;
  }

  public static LibratoClientBuilder builder() {
    return new LibratoClientBuilder();
  }

  /** Metrics, and measurements by source. */
  public Metrics metrics() {
    return new Metrics(caller, options);
  }

  /** Measurements by tags. */
  public Measurements measurements() {
    return new Measurements(caller, options);
  }

  public Annotations annotations() {
    return new Annotations(caller);
  }

  public Alerts alerts() {
    return new Alerts(caller);
  }

  /** What alerts notify. */
  public Services services() {
    return new Services(caller);
  }

  /** Spaces and their charts. */
  public Spaces spaces() {
    return new Spaces(caller);
  }

  /** A queue that sends when it is told to, with the client's tags. */
  public Queue newQueue() {
    return newQueue(0, Map.of());
  }

  /** A queue that also sends by itself, with the client's tags. */
  public Queue newQueue(int autoSubmitCount) {
    return newQueue(autoSubmitCount, Map.of());
  }

  /**
   * A queue with tags of its own.
   *
   * @param autoSubmitCount as soon as it holds so many it sends them; 0 for never
   * @param tags of all its tagged measurements, over the client's tags where they have one name
   */
  public Queue newQueue(int autoSubmitCount, Map<String, String> tags) {
    return new Queue(caller, options.sanitizer(), autoSubmitCount, Tags.over(options.tags(), tags));
  }

  /** Starts to make an aggregator. */
  public AggregatorBuilder newAggregator() {
    return new AggregatorBuilder(options.sanitizer(), options.tags(), clock, this::plainQueue);
  }

  /** Aggregators bring their own tags. */
  private Queue plainQueue() {
    return new Queue(caller, options.sanitizer(), 0, Map.of());
  }

  /** The tags of measurements that have neither a source nor tags of their own. */
  public Map<String, String> tags() {
    return options.tags();
  }

  /**
   * Ends what is under way, which then throws; asking afterwards is an {@link
   * IllegalStateException}. Queues and aggregators are not submitted: close them before. Closing
   * twice is fine.
   */
  @Override
  public void close() {
    caller.close();
  }

  @Override
  public String toString() {
    return options.toString();
  }
}
