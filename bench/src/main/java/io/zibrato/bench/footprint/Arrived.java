package io.zibrato.bench.footprint;

import io.zibrato.wire.Frame;

/**
 * What of a subject has arrived at its peer.
 *
 * @param widestFullRound definitions in the widest full round, of which all parts arrived
 */
record Arrived(
    long frames,
    long bytes,
    long counters,
    long timers,
    long buckets,
    long gauges,
    long widestFullRound) {
  static final int FIGURES = 7;

  static Arrived of(Figures figures) {
    return new Arrived(
        (long) figures.of("frames"),
        (long) figures.of("bytes"),
        (long) figures.of("counters"),
        (long) figures.of("timers"),
        (long) figures.of("buckets"),
        (long) figures.of("gauges"),
        (long) figures.of("widest-full-round"));
  }

  Figures figures() {
    Figures figures = new Figures();
    figures.put("frames", frames);
    figures.put("bytes", bytes);
    figures.put("counters", counters);
    figures.put("timers", timers);
    figures.put("buckets", buckets);
    figures.put("gauges", gauges);
    figures.put("widest-full-round", widestFullRound);
    return figures;
  }

  Arrived minus(Arrived earlier) {
    return new Arrived(
        frames - earlier.frames,
        bytes - earlier.bytes,
        counters - earlier.counters,
        timers - earlier.timers,
        buckets - earlier.buckets,
        gauges - earlier.gauges,
        widestFullRound);
  }

  /** Counts frames up. For one thread. */
  static final class Tally {
    private long frames;
    private long bytes;
    private long counters;
    private long timers;
    private long buckets;
    private long gauges;
    private long widest;
    private long definitions; // of the full round under way

    void add(Frame frame, int length) {
      frames++;
      bytes += length;
      counters += frame.counters().size();
      timers += frame.timers().size();
      for (Frame.TimerValue timer : frame.timers()) buckets += timer.histogram().size();
      for (Frame.GaugeWindow window : frame.gauges()) gauges += window.values().size();
      if (!frame.full()) return;
      definitions = (frame.part() == 0 ? 0 : definitions) + frame.definitions().size();
      if (frame.part() == frame.parts() - 1) widest = Math.max(widest, definitions);
    }

    Arrived sum() {
      return new Arrived(frames, bytes, counters, timers, buckets, gauges, widest);
    }
  }
}
