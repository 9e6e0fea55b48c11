package io.zibrato.backends.testing;

import io.zibrato.meter.Histogram;
import io.zibrato.meter.Series;
import io.zibrato.meter.SeriesType;
import io.zibrato.wire.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Frames of one instance and level, as a publisher would send them. */
public final class FrameBuilder {
  private final String level;
  private final UUID instance;
  private final long startedMillis;
  private final long sequence;
  private boolean full;
  private boolean last;
  private int part;
  private int parts = 1;
  private final Map<String, Long> lost = new TreeMap<>();
  private final List<Frame.Definition> definitions = new ArrayList<>();
  private final List<Frame.CounterValue> counters = new ArrayList<>();
  private final List<Frame.TimerValue> timers = new ArrayList<>();
  private final List<Frame.GaugeWindow> gauges = new ArrayList<>();

  public FrameBuilder(String level, UUID instance, long startedMillis, long sequence) {
    this.level = level;
    this.instance = instance;
    this.startedMillis = startedMillis;
    this.sequence = sequence;
  }

  public FrameBuilder full() {
    full = true;
    return this;
  }

  public FrameBuilder last() {
    last = true;
    return this;
  }

  public FrameBuilder part(int part, int parts) {
    this.part = part;
    this.parts = parts;
    return this;
  }

  public FrameBuilder lost(String cause, long count) {
    lost.put(cause, count);
    return this;
  }

  public FrameBuilder define(int id, SeriesType type, String name) {
    return define(id, new Series(level, type, name, "src"));
  }

  public FrameBuilder define(int id, Series series) {
    definitions.add(new Frame.Definition(id, series));
    return this;
  }

  public FrameBuilder counter(int id, long sum) {
    counters.add(new Frame.CounterValue(id, sum));
    return this;
  }

  /** A timer that timed these durations since its instance began, all of them in the window. */
  public FrameBuilder timer(int id, long... nanos) {
    long sum = 0;
    long least = nanos.length == 0 ? 0 : Long.MAX_VALUE;
    long most = 0;
    Histogram histogram = Histogram.EMPTY;
    for (long each : nanos) {
      sum += each;
      least = Math.min(least, each);
      most = Math.max(most, each);
      histogram = histogram.plus(Histogram.ofOne(each));
    }
    return timer(new Frame.TimerValue(id, nanos.length, sum, least, most, histogram));
  }

  public FrameBuilder timer(Frame.TimerValue value) {
    timers.add(value);
    return this;
  }

  public FrameBuilder gauges(long window, Frame.GaugeValue... values) {
    gauges.add(new Frame.GaugeWindow(window, List.of(values)));
    return this;
  }

  public Frame build() {
    return new Frame(
        level,
        instance,
        startedMillis,
        sequence,
        startedMillis,
        full,
        last,
        part,
        parts,
        lost,
        definitions,
        counters,
        timers,
        gauges);
  }

  public byte[] encode() {
    return build().encode();
  }
}
