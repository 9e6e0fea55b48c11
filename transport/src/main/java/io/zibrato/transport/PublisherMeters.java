package io.zibrato.transport;

import io.zibrato.meter.Counter;
import io.zibrato.meter.Gauge;
import io.zibrato.meter.Level;
import io.zibrato.meter.Meters;
import io.zibrato.meter.Series;
import io.zibrato.meter.SeriesType;
import java.util.HashMap;
import java.util.Map;

/**
 * What the publisher counts of its own work, told at the level {@value Level#ZIBRATO} once a worker
 * subscribes to that level by name.
 *
 * <p>Counters, since the process began: {@code zibrato.publisher.frames} and {@code .bytes} that
 * the socket took, frames it {@code .refused} because the broker took no more (their values went
 * later), and {@code .reconnects}, sockets made anew. Gauges, once a round: {@code .series} that
 * there are, and {@code .overflowed}, those that were turned away; and of each level, as tag {@code
 * level}, {@code zibrato.level.wanted}, 1 or 0, and {@code zibrato.level.sites}, for the first
 * {@value #MAX_LEVELS} levels. For the publisher's thread only.
 */
final class PublisherMeters {
  private static final String PREFIX = "zibrato.publisher.";

  /** Levels told of; their two series each are to stay within what is set aside for our own. */
  private static final int MAX_LEVELS = 100;

  private final Meters meters;
  private final Tally frames = new Tally("frames");
  private final Tally bytes = new Tally("bytes");
  private final Tally refused = new Tally("refused");
  private final Tally reconnects = new Tally("reconnects");
  private final Map<Level, LevelGauges> levels = new HashMap<>();

  PublisherMeters(Meters meters) {
    this.meters = meters;
  }

  void sent(int messageBytes) {
    frames.total++;
    bytes.total += messageBytes;
  }

  void refused() {
    refused.total++;
  }

  void reconnects() {
    reconnects.total++;
  }

  /** Brings the meters up to what was counted; makes them, the first time. */
  void tell() {
    frames.tell();
    bytes.tell();
    refused.tell();
    reconnects.tell();
    meters.gauge(series(SeriesType.GAUGE, "series")).record(meters.size());
    meters.gauge(series(SeriesType.GAUGE, "overflowed")).record(meters.overflowed());
    meters.levels().forEach(this::tell);
  }

  private void tell(Level level) {
    LevelGauges gauges = levels.get(level);
    if (gauges == null && levels.size() < MAX_LEVELS) {
      gauges = new LevelGauges(gauge(level, "wanted"), gauge(level, "sites"));
      levels.put(level, gauges);
    }
    if (gauges == null) return;
    gauges.wanted.record(level.wanted() ? 1 : 0);
    gauges.sites.record(level.siteCount());
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

  private Series series(SeriesType type, String name) {
    return new Series(Level.ZIBRATO, type, PREFIX + name, meters.defaultSource());
  }

  private record LevelGauges(Gauge wanted, Gauge sites) {}

  private final class Tally {
    private final String name;
    private long total;
    private long told;

    Tally(String name) {
      this.name = name;
    }

    void tell() {
      Counter counter = meters.counter(series(SeriesType.COUNTER, name));
      if (!counter.level().wanted()) return;
      counter.increment(total - told);
      told = total;
    }
  }
}
