package io.zibrato.transport;

import io.zibrato.meter.Counter;
import io.zibrato.meter.Level;
import io.zibrato.meter.Meters;
import io.zibrato.meter.Series;
import io.zibrato.meter.SeriesType;

/**
 * What the publisher counts of its own work, told at the level {@value Level#ZIBRATO} once a worker
 * subscribes to that level by name.
 *
 * <p>Counters, since the process began: {@code zibrato.publisher.frames} and {@code .bytes} that
 * the socket took, frames it {@code .refused} because the broker took no more (their values went
 * later), and {@code .reconnects}, sockets made anew. Gauges, once a round: {@code .series} that
 * there are, and {@code .overflowed}, those that were turned away. For the publisher's thread only.
 */
final class PublisherMeters {
  private static final String PREFIX = "zibrato.publisher.";

  private final Meters meters;
  private final Tally frames = new Tally("frames");
  private final Tally bytes = new Tally("bytes");
  private final Tally refused = new Tally("refused");
  private final Tally reconnects = new Tally("reconnects");

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
  }

  private Series series(SeriesType type, String name) {
    return new Series(Level.ZIBRATO, type, PREFIX + name, meters.defaultSource());
  }

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
