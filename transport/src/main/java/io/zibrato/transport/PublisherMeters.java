package io.zibrato.transport;

import io.zibrato.meter.Gauge;
import io.zibrato.meter.Level;
import io.zibrato.meter.LossCause;
import io.zibrato.meter.Losses;
import io.zibrato.meter.Meters;
import io.zibrato.meter.Series;
import io.zibrato.meter.SeriesType;
import io.zibrato.meter.Totals;
import java.util.HashMap;
import java.util.Map;

/**
 * What the publisher counts of its own work, told at the level {@value Level#ZIBRATO} once a worker
 * subscribes to that level by name.
 *
 * <p>All {@code zibrato.publisher.}, since the process began, or once a round:
 *
 * <table>
 * <caption>Series</caption>
 * <tr><td>{@code made}<td>counter<td>messages made: frames, or texts of version 1
 * <tr><td>{@code frames}, {@code bytes}<td>counters<td>those that the socket took
 * <tr><td>{@code refused}<td>counter<td>those it did not, since the broker took no more; their
 *     values went later
 * <tr><td>{@code gauges.in}<td>counter<td>gauge values recorded while their level was wanted
 * <tr><td>{@code gauges.out}<td>counter<td>gauge values that the socket took, each once
 * <tr><td>{@code gauges.held}<td>gauge<td>gauge values that wait
 * <tr><td>{@code lost}<td>counter<td>measurements lost, by tag {@code cause} ({@link LossCause})
 * <tr><td>{@code reconnects}<td>counter<td>sockets made anew
 * <tr><td>{@code silent_seconds}<td>gauge<td>since the broker was last heard
 * <tr><td>{@code series}, {@code overflowed}<td>gauges<td>series there are, and those turned away
 * </table>
 *
 * <p>In each round, {@code made = frames + refused}, and {@code gauges.in = gauges.out +
 * gauges.held} and what was lost for {@code not-finite}, {@code gauge-queue-full} and {@code
 * gauge-unsubscribed}. Of each level, as tag {@code level}, there are the gauges {@code
 * zibrato.level.wanted}, 1 or 0, and {@code zibrato.level.sites}, for the first {@value
 * #MAX_LEVELS} levels. For the publisher's thread only.
 */
final class PublisherMeters {
  private static final String PREFIX = "zibrato.publisher.";
  private static final long SECOND_NANOS = 1_000_000_000L;

  /** Levels told of; their two series each are to stay within what is set aside for our own. */
  private static final int MAX_LEVELS = 100;

  private final Meters meters;
  private final Totals totals;
  private final Map<Level, LevelGauges> levels = new HashMap<>();
  private long heardNanos = System.nanoTime();
  private long made;
  private long frames;
  private long bytes;
  private long refused;
  private long reconnects;
  private long own; // gauge values of ours
  private Meters.GaugeReader out;

  /** Gauge values beyond the queue. */
  record GaugeTraffic(long out, long held) {}

  PublisherMeters(Meters meters) {
    this.meters = meters;
    this.totals = new Totals(meters, PREFIX);
  }

  void made() {
    made++;
  }

  void sent(int messageBytes) {
    frames++;
    bytes += messageBytes;
  }

  void refused() {
    refused++;
  }

  void reconnects() {
    reconnects++;
  }

  /** The broker said something. */
  void heard() {
    heardNanos = System.nanoTime();
  }

  /**
   * Brings the meters up to what was counted; makes them, the first time.
   *
   * @param out where gauge values go, past the queue: a full one is just what is to be told
   */
  void tell(GaugeTraffic traffic, Meters.GaugeReader out) {
    this.out = out;
    totals.tell("made", made);
    totals.tell("frames", frames);
    totals.tell("bytes", bytes);
    totals.tell("refused", refused);
    totals.tell("reconnects", reconnects);
    tellGauges(traffic);
    gauge("series", meters.size());
    gauge("overflowed", meters.overflowed());
    gauge("silent_seconds", (System.nanoTime() - heardNanos) / SECOND_NANOS);
    meters.levels().forEach(this::tell);
  }

  /** Each number is read once, so that they add up while other threads go on. */
  private void tellGauges(GaugeTraffic traffic) {
    long queued = meters.gaugesQueued();
    long turnedAway = 0;
    Losses losses = meters.losses();
    for (LossCause cause : LossCause.values()) {
      long lost = losses.count(cause);
      if (cause == LossCause.NOT_FINITE || cause == LossCause.GAUGE_QUEUE_FULL) turnedAway += lost;
      if (lost > 0) totals.tell("lost", Map.of("cause", cause.label()), lost);
    }
    totals.tell("gauges.in", queued + turnedAway + own);
    totals.tell("gauges.out", traffic.out());
    gauge("gauges.held", queued - meters.gaugesDrained() + traffic.held());
  }

  private void gauge(String name, double value) {
    String source = meters.defaultSource();
    Series series = new Series(Level.ZIBRATO, SeriesType.GAUGE, PREFIX + name, source);
    record(meters.gauge(series), value);
  }

  private void record(Gauge gauge, double value) {
    own++;
    out.value(gauge, System.currentTimeMillis(), value);
  }

  private void tell(Level level) {
    LevelGauges gauges = levels.get(level);
    if (gauges == null && levels.size() < MAX_LEVELS) {
      gauges = new LevelGauges(gauge(level, "wanted"), gauge(level, "sites"));
      levels.put(level, gauges);
    }
    if (gauges == null) return;
    record(gauges.wanted, level.wanted() ? 1 : 0);
    record(gauges.sites, level.siteCount());
  }

  private Gauge gauge(Level level, String name) {
    return meters.gauge(
        new Series(
            Level.ZIBRATO,
            SeriesType.GAUGE,
            "zibrato.level." + name,
            meters.defaultSource(),
            Map.of("level", level.name())));
  }

  private record LevelGauges(Gauge wanted, Gauge sites) {}
}
