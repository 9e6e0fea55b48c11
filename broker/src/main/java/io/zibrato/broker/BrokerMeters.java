package io.zibrato.broker;

import io.zibrato.meter.Counter;
import io.zibrato.meter.Gauge;
import io.zibrato.meter.Meters;
import io.zibrato.meter.Series;
import io.zibrato.meter.SeriesType;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What the broker counts about itself, all since it began.
 *
 * <p>Bounded: after {@link #MAX_LEVELS} levels, all further ones are counted as {@value #OTHER}.
 * The broker's thread adds; any thread reads.
 */
final class BrokerMeters {
  /** The level at which our own processes speak of themselves. */
  static final String LEVEL = "zibrato";

  static final int MAX_LEVELS = 1000;
  static final String OTHER = "other";

  private static final System.Logger LOG = System.getLogger(Broker.class.getName());
  private static final String PREFIX = "zibrato.broker.";
  private static final int MAX_SERIES = 4 * (MAX_LEVELS + 1) + Cause.values().length + 3;

  /** What was forwarded of one level. */
  record Traffic(Counter messagesIn, Counter messagesOut, Counter bytesIn, Counter bytesOut) {
    void in(int bytes) {
      messagesIn.increment();
      bytesIn.increment(bytes);
    }

    void out(int bytes) {
      messagesOut.increment();
      bytesOut.increment(bytes);
    }
  }

  private final Meters meters;
  private final Map<Cause, Counter> causes = new EnumMap<>(Cause.class);
  private final SortedMap<String, Traffic> traffic = new ConcurrentSkipListMap<>();
  private final Counter received;
  private final Gauge subscriptions;
  private volatile int subscribed;
  private int levels; // only the broker's thread; ConcurrentSkipListMap.size() walks the map

  BrokerMeters(String source) {
    meters = new Meters(source, MAX_SERIES, level -> false, 16);
    for (Cause cause : Cause.values()) causes.put(cause, counter(cause.kind, "cause", cause.label));
    received = meters.counter(series(SeriesType.COUNTER, "received", Map.of()));
    subscriptions = meters.gauge(series(SeriesType.GAUGE, "subscriptions", Map.of()));
  }

  /** All of it, for the broker's own frames. */
  Meters meters() {
    return meters;
  }

  /** The traffic of a level. Only for the broker's thread. */
  Traffic traffic(String level) {
    Traffic known = traffic.get(level);
    if (known != null) return known;
    String counted = levels < MAX_LEVELS ? level : OTHER;
    return traffic.computeIfAbsent(counted, this::newTraffic);
  }

  /** Whether the level's traffic is counted by itself. */
  boolean knows(String level) {
    return traffic.containsKey(level);
  }

  /** The traffic of all levels that are not counted by themselves. */
  Traffic others() {
    return traffic.computeIfAbsent(OTHER, this::newTraffic);
  }

  SortedMap<String, Traffic> trafficByLevel() {
    return traffic;
  }

  /**
   * Counts a message that goes no further. The first of its cause is logged as a warning, all
   * others at DEBUG.
   */
  void stopped(Cause cause, String what) {
    Counter counter = causes.get(cause);
    boolean first = counter.sum() == 0;
    counter.increment();
    System.Logger.Level level = first ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG;
    if (LOG.isLoggable(level)) {
      LOG.log(level, cause.kind + " (" + cause.label + (first ? ", the first): " : "): ") + what);
    }
  }

  long stopped(Cause cause) {
    return causes.get(cause).sum();
  }

  /**
   * A message came, to be forwarded: it then is one that came in of a level, or one that is dropped
   * by a cause. Any thread.
   */
  void received() {
    received.increment();
  }

  long receivedInAll() {
    return received.sum();
  }

  /** Says how many topics are subscribed to. */
  void subscriptions(int topics) {
    subscribed = topics;
    subscriptions.record(topics);
  }

  int subscriptions() {
    return subscribed;
  }

  private Traffic newTraffic(String level) {
    levels++;
    return new Traffic(
        counter("messages.in", "level", level),
        counter("messages.out", "level", level),
        counter("bytes.in", "level", level),
        counter("bytes.out", "level", level));
  }

  private Counter counter(String name, String tag, String value) {
    return meters.counter(series(SeriesType.COUNTER, name, Map.of(tag, value)));
  }

  private Series series(SeriesType type, String name, Map<String, String> tags) {
    return new Series(LEVEL, type, PREFIX + name, meters.defaultSource(), tags);
  }

  @Override
  public String toString() {
    return "BrokerMeters" + Arrays.toString(traffic.keySet().toArray());
  }
}
