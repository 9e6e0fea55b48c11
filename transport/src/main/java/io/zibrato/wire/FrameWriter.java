package io.zibrato.wire;

import io.zibrato.meter.Histogram;
import io.zibrato.meter.Series;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * The layout of a version 2 frame.
 *
 * <pre>
 *   0x02 level 0x00          the topic; then one MessagePack array of
 *    0 instance   bin 16
 *    1 started    int        epoch milliseconds
 *    2 sequence   int        per instance and level, from 1
 *    3 sent       int        epoch milliseconds
 *    4 flags      int        1 full, 2 last
 *    5 part       [i, n]     position in the round, and its number of frames
 *    6 lost       {cause: count}
 *    7 series     [[id, type, name, source, {key: value}], ...]    type 0 counter, 1 timer, 2 gauge
 *    8 counters   [[id, sum], ...]
 *    9 timers     [[id, count, sumNanos, leastNanos, mostNanos, [index, count, ...]], ...]
 *   10 gauges     [[window, [[id, epochMillis, value], ...]], ...]
 *   11 check      int        CRC-32C (RFC 3720, B.4) of all bytes before it, the topic's too
 * </pre>
 *
 * <p>The check is there because a value that was damaged on the way, and became a larger one, would
 * stay: values are cumulative, and a smaller one is never believed. TCP's own sum lets one damaged
 * segment in 65,536 pass. It is no protection from whoever can compute it.
 */
final class FrameWriter {
  static final int FIELDS = 12;
  static final int FULL = 1;
  static final int LAST = 2;

  private FrameWriter() {}

  static byte[] encode(Frame frame) {
    PackWriter out = new PackWriter();
    out.raw(Topic.ofFrames(frame.level())).array(FIELDS);
    out.binary(bytes(frame.instance())).integer(frame.startedMillis()).integer(frame.sequence());
    out.integer(frame.sentMillis()).integer((frame.full() ? FULL : 0) | (frame.last() ? LAST : 0));
    out.array(2).integer(frame.part()).integer(frame.parts());
    out.map(frame.lost().size());
    frame.lost().forEach((cause, count) -> out.string(cause).integer(count));
    out.array(frame.definitions().size());
    for (Frame.Definition definition : frame.definitions()) definition(out, definition);
    out.array(frame.counters().size());
    for (Frame.CounterValue counter : frame.counters()) {
      out.array(2).integer(counter.id()).integer(counter.sum());
    }
    out.array(frame.timers().size());
    for (Frame.TimerValue timer : frame.timers()) timer(out, timer);
    out.array(frame.gauges().size());
    for (Frame.GaugeWindow window : frame.gauges()) window(out, window);
    return out.check().toByteArray();
  }

  private static void definition(PackWriter out, Frame.Definition definition) {
    Series series = definition.series();
    out.array(5).integer(definition.id()).integer(series.type().ordinal());
    out.string(series.name()).string(series.source()).map(series.tags().size());
    series.tags().forEach((key, value) -> out.string(key).string(value));
  }

  private static void timer(PackWriter out, Frame.TimerValue timer) {
    out.array(6).integer(timer.id()).integer(timer.count()).integer(timer.sumNanos());
    out.integer(timer.leastNanos()).integer(timer.mostNanos());
    Histogram histogram = timer.histogram();
    out.array(2 * histogram.size());
    for (int i = 0; i < histogram.size(); i++) {
      out.integer(histogram.index(i)).integer(histogram.count(i));
    }
  }

  private static void window(PackWriter out, Frame.GaugeWindow window) {
    out.array(2).integer(window.window()).array(window.values().size());
    for (Frame.GaugeValue value : window.values()) {
      out.array(3).integer(value.id()).integer(value.epochMillis()).float64(value.value());
    }
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }
}
