package io.zibrato.wire;

import io.zibrato.meter.Histogram;
import io.zibrato.meter.Series;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Version 2: what one application measured at one level, cumulative.
 *
 * <p>{@code Broker} forwards it unopened; {@code Worker} books it into its {@code Ledger}. The
 * layout is drawn in {@link FrameWriter}.
 *
 * @param level the level of all series in it
 * @param instance random, one per run of the application
 * @param startedMillis epoch milliseconds at which the instance began to count
 * @param sequence per instance and level, from 1, one more with every frame
 * @param sentMillis epoch milliseconds
 * @param full every live series of the level is in this round
 * @param last the process is leaving; nothing of this level follows
 * @param part this frame's position in its round, from 0
 * @param parts how many frames the round has
 * @param lost measurements lost in the instance since it began, by cause
 * @param definitions what the ids mean: all in a full round, else those new since the last full one
 * @param counters cumulative sums
 * @param timers cumulative counts, sums and histograms
 * @param gauges the last windows of values, oldest first; a window already seen is to be passed
 *     over
 */
public record Frame(
    String level,
    UUID instance,
    long startedMillis,
    long sequence,
    long sentMillis,
    boolean full,
    boolean last,
    int part,
    int parts,
    Map<String, Long> lost,
    List<Definition> definitions,
    List<CounterValue> counters,
    List<TimerValue> timers,
    List<GaugeWindow> gauges)
    implements Message {

  /** What an id means, in all frames of the instance. */
  public record Definition(int id, Series series) {}

  /** A counter's cumulative sum. */
  public record CounterValue(int id, long sum) {}

  /**
   * A timer's cumulative count, sum and histogram, and the least and most of the round's window (0
   * when it was empty).
   */
  public record TimerValue(
      int id, long count, long sumNanos, long leastNanos, long mostNanos, Histogram histogram) {}

  /** The gauge values of one round; windows are numbered per instance and level, rising. */
  public record GaugeWindow(long window, List<GaugeValue> values) {}

  /** A gauge's value, and when it was. */
  public record GaugeValue(int id, long epochMillis, double value) {}

  /** The bytes of this frame, topic first. */
  public byte[] encode() {
    return FrameWriter.encode(this);
  }

  static Frame decode(byte[] bytes) throws MalformedFrameException {
    return new FrameReader(bytes).read();
  }
}
