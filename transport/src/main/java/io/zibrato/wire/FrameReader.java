package io.zibrato.wire;

import io.zibrato.meter.Buckets;
import io.zibrato.meter.Histogram;
import io.zibrato.meter.Series;
import io.zibrato.meter.SeriesType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Reads what {@link FrameWriter} writes, and refuses all else. */
final class FrameReader {
  /**
   * A process that sends more than this at once is none of ours; bounds what a reader holds for a
   * round.
   */
  static final int MAX_PARTS = 10_000;

  private static final int MAX_BUCKETS = Buckets.MOST - Buckets.LEAST + 1;
  private static final SeriesType[] TYPES = SeriesType.values();

  private final byte[] bytes;
  private final String level;
  private final PackReader in;
  private String source = ""; // of the last series; the next one's often is the same

  FrameReader(byte[] bytes) throws MalformedFrameException {
    this.bytes = bytes;
    this.level = Topic.levelOf(bytes);
    if (level == null) throw new MalformedFrameException("no topic of a frame", bytes);
    this.in = new PackReader(bytes, Topic.ofFrames(level).length);
  }

  Frame read() throws MalformedFrameException {
    in.array(FrameWriter.FIELDS);
    UUID instance = instance();
    long started = in.natural();
    long sequence = in.natural();
    long sent = in.natural();
    int flags = in.natural32();
    in.array(2);
    int part = in.natural32();
    int parts = in.natural32();
    if (sequence == 0) throw in.malformed("sequence 0");
    if (part >= parts || parts > MAX_PARTS) throw in.malformed("part " + part + " of " + parts);
    Frame frame =
        new Frame(
            level,
            instance,
            started,
            sequence,
            sent,
            (flags & FrameWriter.FULL) != 0,
            (flags & FrameWriter.LAST) != 0,
            part,
            parts,
            lost(),
            definitions(),
            counters(),
            timers(),
            gauges());
    in.check();
    in.end();
    return frame;
  }

  private UUID instance() throws MalformedFrameException {
    ByteBuffer id = in.binary(16);
    return new UUID(id.getLong(), id.getLong());
  }

  private Map<String, Long> lost() throws MalformedFrameException {
    int size = in.map();
    if (size > 100) throw in.malformed(size + " causes of loss");
    Map<String, Long> lost = new TreeMap<>();
    for (int i = 0; i < size; i++) lost.put(in.string(Series.MAX_LEVEL_BYTES), in.natural());
    return lost;
  }

  private List<Frame.Definition> definitions() throws MalformedFrameException {
    int size = in.array();
    List<Frame.Definition> definitions = new ArrayList<>(size);
    int[] ids = new int[size];
    for (int i = 0; i < size; i++) {
      in.array(5);
      ids[i] = in.natural32();
      definitions.add(new Frame.Definition(ids[i], series()));
    }
    Arrays.sort(ids);
    for (int i = 1; i < size; i++) {
      if (ids[i] == ids[i - 1]) throw in.malformed("id " + ids[i] + " defined twice");
    }
    return definitions;
  }

  private Series series() throws MalformedFrameException {
    int type = in.natural32();
    if (type >= TYPES.length) throw in.malformed("no such type: " + type);
    String name = in.string(Series.MAX_TEXT);
    String text = in.string(Series.MAX_TEXT);
    if (!text.equals(source)) source = text;
    int size = in.map();
    if (size > Series.MAX_TAGS) throw in.malformed(size + " tags");
    Map<String, String> tags = size == 0 ? Map.of() : new HashMap<>();
    for (int i = 0; i < size; i++) tags.put(in.string(Series.MAX_TEXT), in.string(Series.MAX_TEXT));
    try {
      return new Series(level, TYPES[type], name, source, tags);
    } catch (IllegalArgumentException e) {
      throw in.malformed(e.getMessage());
    }
  }

  private List<Frame.CounterValue> counters() throws MalformedFrameException {
    int size = in.array();
    List<Frame.CounterValue> counters = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      in.array(2);
      counters.add(new Frame.CounterValue(in.natural32(), in.natural()));
    }
    return counters;
  }

  private List<Frame.TimerValue> timers() throws MalformedFrameException {
    int size = in.array();
    List<Frame.TimerValue> timers = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      in.array(6);
      int id = in.natural32();
      long count = in.natural();
      long sumNanos = in.natural();
      long leastNanos = in.natural();
      long mostNanos = in.natural();
      Histogram histogram = histogram();
      timers.add(new Frame.TimerValue(id, count, sumNanos, leastNanos, mostNanos, histogram));
    }
    return timers;
  }

  private Histogram histogram() throws MalformedFrameException {
    int size = in.array();
    if (size % 2 != 0 || size / 2 > MAX_BUCKETS) throw in.malformed("histogram of " + size);
    int[] indexes = new int[size / 2];
    long[] counts = new long[size / 2];
    for (int i = 0; i < indexes.length; i++) {
      long index = in.integer();
      indexes[i] = (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, index));
      counts[i] = in.natural();
    }
    try {
      return Histogram.of(indexes, counts, indexes.length);
    } catch (IllegalArgumentException e) {
      throw in.malformed(e.getMessage());
    }
  }

  private List<Frame.GaugeWindow> gauges() throws MalformedFrameException {
    int size = in.array();
    if (size > 100) throw in.malformed(size + " gauge windows");
    List<Frame.GaugeWindow> windows = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      in.array(2);
      long window = in.natural();
      int values = in.array();
      List<Frame.GaugeValue> list = new ArrayList<>(values);
      for (int j = 0; j < values; j++) list.add(gaugeValue());
      windows.add(new Frame.GaugeWindow(window, list));
    }
    return windows;
  }

  private Frame.GaugeValue gaugeValue() throws MalformedFrameException {
    in.array(3);
    int id = in.natural32();
    long epochMillis = in.natural();
    double value = in.float64();
    if (!Double.isFinite(value)) throw in.malformed("gauge value not finite: " + value);
    return new Frame.GaugeValue(id, epochMillis, value);
  }
}
