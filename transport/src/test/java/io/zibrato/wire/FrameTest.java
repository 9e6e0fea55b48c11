package io.zibrato.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.zibrato.meter.Buckets;
import io.zibrato.meter.Histogram;
import io.zibrato.meter.Series;
import io.zibrato.meter.SeriesType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.ArrayValue;
import org.msgpack.value.Value;

class FrameTest {
  /** Around every bound at which MessagePack takes another byte. */
  private static final long[] NUMBERS = {
    0,
    1,
    2,
    31,
    32,
    127,
    128,
    129,
    255,
    256,
    257,
    32_767,
    32_768,
    65_535,
    65_536,
    65_537,
    (1L << 31) - 1,
    1L << 31,
    (1L << 32) - 1,
    1L << 32,
    (1L << 32) + 1,
    Long.MAX_VALUE - 1,
    Long.MAX_VALUE
  };

  @Test
  void frame_comesBackAsItWas() throws MalformedFrameException {
    assertThat(Message.decode(Frames.rich().encode())).isEqualTo(Frames.rich());
  }

  @Test
  void numbers_comeBackAtEveryBound() throws MalformedFrameException {
    for (long n : NUMBERS) {
      Frame frame = Frames.ofNumber(n);
      assertThat(Message.decode(frame.encode())).as("%s", n).isEqualTo(frame);
    }
  }

  @Test
  void texts_comeBackAtEveryBound() throws MalformedFrameException {
    for (int length : new int[] {1, 31, 32, 85, 86, 255}) {
      for (String letter : new String[] {"a", "é", "€", "\uFFFD"}) {
        String text = letter.repeat(length);
        Series series = new Series("l", SeriesType.GAUGE, text, text, Map.of(text, text));
        Frame frame = withDefinition(series);
        assertThat(Message.decode(frame.encode())).isEqualTo(frame);
      }
    }
  }

  @Test
  void buckets_comeBackAtEveryBound() throws MalformedFrameException {
    Histogram histogram = Histogram.EMPTY;
    for (int i = Buckets.LEAST; i <= Buckets.MOST; i++) {
      histogram = histogram.plus(Histogram.ofBucket(i, 1 + (long) i * i));
    }
    for (Histogram each : List.of(Histogram.EMPTY, histogram)) {
      Frame frame = withTimer(each);
      assertThat(Message.decode(frame.encode())).isEqualTo(frame);
    }
  }

  @Test
  void gaugeValues_comeBackToTheBit() throws MalformedFrameException {
    double[] values = {
      0,
      -0.0,
      1,
      -1,
      Math.PI,
      Double.MIN_VALUE,
      -Double.MIN_VALUE,
      Double.MAX_VALUE,
      -Double.MAX_VALUE,
      Double.MIN_NORMAL
    };
    for (double value : values) {
      Frame frame = withGauge(value);
      assertThat(Message.decode(frame.encode())).isEqualTo(frame);
    }
  }

  @Test
  void lists_comeBackAtTheBoundsOfTheirHeaders() throws MalformedFrameException {
    for (int size : new int[] {0, 15, 16, 17, 65_535, 65_536}) {
      List<Frame.CounterValue> counters = new ArrayList<>();
      for (int i = 0; i < size; i++) counters.add(new Frame.CounterValue(i, i));
      Frame frame = withCounters(counters);
      assertThat(Message.decode(frame.encode())).isEqualTo(frame);
    }
  }

  @Test
  void frame_isMessagePackToOthers() throws IOException {
    byte[] bytes = Frames.rich().encode();
    byte[] topic = Topic.ofFrames("info");
    assertThat(Arrays.copyOf(bytes, topic.length)).isEqualTo(topic);

    try (MessageUnpacker unpacker = unpacker(bytes, topic.length)) {
      ArrayValue array = unpacker.unpackValue().asArrayValue();

      assertThat(unpacker.hasNext()).isFalse();
      assertThat(array.size()).isEqualTo(12);
      assertThat(number(array, 11)).isEqualTo(crc(bytes, bytes.length - 5));
      assertThat(array.get(0).asBinaryValue().asByteArray()).hasSize(16).startsWith(1, 0x23, 0x45);
      assertThat(number(array, 1)).isEqualTo(1_700_000_000_000L);
      assertThat(number(array, 2)).isEqualTo(70_000);
      assertThat(number(array, 3)).isEqualTo(1_700_000_001_000L);
      assertThat(number(array, 4)).isEqualTo(3);
      assertThat(array.get(5)).hasToString("[1,3]");
      assertThat(array.get(6)).hasToString("{\"gauge-queue-full\":5,\"not-finite\":300}");
      ArrayValue series = array.get(7).asArrayValue();
      assertThat(series.get(0)).hasToString("[0,0,\"hits\",\"web1\",{}]");
      assertThat(series.get(1)).hasToString("[300,1,\"größe\",\"\",{\"k\":\"v\",\"région\":\"\"}]");
      assertThat(array.get(8)).hasToString("[[0,0],[1,9223372036854775807]]");
      assertThat(array.get(9)).hasToString("[[300,6,12345,1,9999,[-1,1,200,4,1007,1]]]");
      ArrayValue window = array.get(10).asArrayValue().get(1).asArrayValue();
      assertThat(number(window, 0)).isEqualTo(8);
      Value value = window.get(1).asArrayValue().get(0).asArrayValue().get(2);
      assertThat(value.asFloatValue().toDouble()).isEqualTo(-0.0);
    }
  }

  @Test
  void frame_ofAnotherWriterIsRead() throws IOException {
    for (long n : NUMBERS) {
      Frame frame = Frames.ofNumber(n);
      assertThat(Message.decode(packedByOther(frame))).as("%s", n).isEqualTo(frame);
    }
    assertThat(Message.decode(packedByOther(Frames.rich()))).isEqualTo(Frames.rich());
  }

  @Test
  void frame_inLongerFormsThanNeededIsRead() throws MalformedFrameException {
    PackWriter out = new PackWriter().raw(Topic.ofFrames("l"));
    byte[] four = {(byte) 0xdd, 0, 0, 0};
    out.raw(four).raw(new byte[] {12}).binary(new byte[16]);
    out.raw(new byte[] {(byte) 0xd3, 0, 0, 0, 0, 0, 0, 0, 5});
    out.raw(new byte[] {(byte) 0xd2, 0, 0, 0, 6}).raw(new byte[] {(byte) 0xd1, 0, 7});
    out.raw(new byte[] {(byte) 0xd0, 0}).array(2).integer(0).integer(1);
    out.raw(new byte[] {(byte) 0xdf, 0, 0, 0, 0});
    for (int i = 0; i < 4; i++) out.raw(new byte[] {(byte) 0xdc, 0, 0});

    Frame frame = (Frame) Message.decode(out.check().toByteArray());

    assertThat(frame.startedMillis()).isEqualTo(5);
    assertThat(frame.sequence()).isEqualTo(6);
    assertThat(frame.sentMillis()).isEqualTo(7);
  }

  @Test
  void truncation_isMalformedWhereverItIs() {
    byte[] bytes = Frames.rich().encode();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> Message.decode(cut))
          .as("cut to %s", length)
          .isInstanceOf(MalformedFrameException.class);
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThatThrownBy(() -> Message.decode(longer)).isInstanceOf(MalformedFrameException.class);
  }

  @Test
  void mutations_areReadOrMalformedAndNothingElse() {
    byte[][] valid = {
      Frames.rich().encode(),
      Frames.ofNumber(Long.MAX_VALUE).encode(),
      "info|Counter|hits|3|1700000000|web1".getBytes(StandardCharsets.UTF_8)
    };
    Random random = new Random(20261121);
    int malformed = 0;
    for (int i = 0; i < 60_000; i++) {
      byte[] bytes = mutated(valid[i % valid.length], random);
      if (i % 2 == 0) seal(bytes);
      try {
        Message message = Message.decode(bytes);
        assertThat(message.level()).isNotEmpty();
        if (message instanceof Frame frame) {
          assertThat(Message.decode(frame.encode())).isEqualTo(frame);
        }
      } catch (MalformedFrameException e) {
        malformed++;
        assertThat(e.getMessage()).matches("[ -~]*").hasSizeLessThan(1_000);
      }
    }
    assertThat(malformed).isGreaterThan(10_000);
  }

  /** As they would otherwise be believed, for good: no smaller value is. */
  @Test
  void changedBits_areAllMalformed() {
    byte[] valid = Frames.rich().encode();
    for (int bit = 0; bit < 8 * valid.length; bit++) {
      byte[] bytes = valid.clone();
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      if (bit / 8 == 0) continue; // no frame any more, by its first byte
      assertThatThrownBy(() -> Message.decode(bytes))
          .as("bit %s", bit)
          .isInstanceOf(MalformedFrameException.class);
    }
  }

  @Test
  void randomBytes_areMalformed() {
    Random random = new Random(4);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      if (i % 2 == 0 && bytes.length > 3) {
        bytes[0] = Topic.FRAME;
        bytes[2] = 0;
      }
      try {
        Message.decode(bytes);
      } catch (MalformedFrameException e) {
        assertThat(e.getMessage()).matches("[ -~]*");
      }
    }
  }

  @Test
  void hostileLengths_costNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[][] headers = {
      {(byte) 0xdd, (byte) 0x7f, -1, -1, -1},
      {(byte) 0xdd, -1, -1, -1, -1},
      {(byte) 0xdf, -1, -1, -1, -1},
      {(byte) 0xdc, -1, -1},
      {(byte) 0xde, -1, -1},
      {(byte) 0xdb, (byte) 0x7f, -1, -1, -1},
      {(byte) 0xda, -1, -1},
      {(byte) 0xc6, (byte) 0x7f, -1, -1, -1},
    };
    byte[] valid = Frames.rich().encode();
    long most = 0;
    for (int at = 6; at < valid.length; at++) {
      for (byte[] header : headers) {
        byte[] bytes = valid.clone();
        System.arraycopy(header, 0, bytes, at, Math.min(header.length, bytes.length - at));
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
          Message.decode(bytes);
        } catch (MalformedFrameException e) {
          // One of the two is to happen, and no more.
        }
        most = Math.max(most, threads.getCurrentThreadAllocatedBytes() - before);
      }
    }

    assertThat(most).isLessThan(64 << 10);
  }

  @Test
  void largestMessage_isReadWithinBounds() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    // A million empty arrays where definitions belong, after an honest header.
    PackWriter out = new PackWriter().raw(Topic.ofFrames("l")).array(12).binary(new byte[16]);
    out.integer(1).integer(1).integer(1).integer(0).array(2).integer(0).integer(1).map(0);
    int size = Message.MAX_BYTES - 100;
    out.array(size).raw(new byte[size]);
    byte[] bytes = out.toByteArray();
    long before = threads.getCurrentThreadAllocatedBytes();

    assertThatThrownBy(() -> Message.decode(bytes)).isInstanceOf(MalformedFrameException.class);

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(16 << 20);
  }

  @Test
  void message_thatIsTooLongIsNotLookedAt() {
    assertThatThrownBy(() -> Message.decode(new byte[Message.MAX_BYTES + 1]))
        .isInstanceOf(MalformedFrameException.class)
        .hasMessageContaining("longer than");
  }

  @Test
  void level_thatIsNotUtf8IsMalformed() {
    for (int length : new int[] {1, 22, 64}) {
      byte[] bytes = new byte[length + 100];
      Arrays.fill(bytes, 1, length + 1, (byte) 0xff);
      bytes[0] = Topic.FRAME;
      assertThatThrownBy(() -> Message.decode(bytes)).isInstanceOf(MalformedFrameException.class);
    }
  }

  @Test
  void name_thatIsNotUtf8IsMalformed() {
    byte[] bytes = withDefinition(new Series("l", SeriesType.COUNTER, "\u00e9", "s")).encode();
    for (int i = 0; i < bytes.length; i++) if (bytes[i] == (byte) 0xc3) bytes[i] = (byte) 0xff;

    assertThatThrownBy(() -> Message.decode(bytes))
        .isInstanceOf(MalformedFrameException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void fields_outOfTheirBoundsAreMalformed() {
    Frame rich = Frames.rich();
    assertMalformed(frame(rich, 0, 0, 1), "sequence");
    assertMalformed(frame(rich, 1, 1, 1), "part");
    assertMalformed(frame(rich, 1, 0, FrameReader.MAX_PARTS + 1), "part");
    assertMalformed(frame(rich, -1, 0, 1), "negative");
    Frame.Definition twice =
        new Frame.Definition(1, new Series("info", SeriesType.COUNTER, "n", "s"));
    assertMalformed(withDefinitions(List.of(twice, twice)), "twice");
    assertMalformed(withGauge(Double.NaN), "finite");
    assertMalformed(withGauge(Double.POSITIVE_INFINITY), "finite");
    assertMalformed(withCounters(List.of(new Frame.CounterValue(-1, 1))), "-1");
    assertMalformed(withCounters(List.of(new Frame.CounterValue(1, -1))), "-1");
  }

  private static void assertMalformed(Frame frame, String word) {
    assertThatThrownBy(() -> Message.decode(frame.encode()))
        .isInstanceOf(MalformedFrameException.class)
        .hasMessageContaining(word);
  }

  /** Writes the right check over the last bytes, where it is in the frames that these were. */
  private static void seal(byte[] bytes) {
    if (bytes.length < 5 || bytes[bytes.length - 5] != (byte) 0xce) return;
    ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) crc(bytes, bytes.length - 5));
  }

  private static byte[] mutated(byte[] valid, Random random) {
    byte[] bytes = valid.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
        default -> {
          int length = Math.min(random.nextInt(9), bytes.length - at);
          System.arraycopy(bytes, random.nextInt(bytes.length - length + 1), bytes, at, length);
        }
      }
    }
    return bytes;
  }

  private static long crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return crc.getValue();
  }

  private static byte[] packedByOther(Frame frame) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(Topic.ofFrames(frame.level()));
    try (MessagePacker packer = MessagePack.newDefaultPacker(out)) {
      packer.packArrayHeader(12);
      packer.packBinaryHeader(16);
      packer.addPayload(bytes(frame.instance()));
      packer.packLong(frame.startedMillis()).packLong(frame.sequence());
      packer.packLong(frame.sentMillis());
      packer.packInt((frame.full() ? 1 : 0) + (frame.last() ? 2 : 0));
      packer.packArrayHeader(2).packInt(frame.part()).packInt(frame.parts());
      packer.packMapHeader(frame.lost().size());
      for (var lost : frame.lost().entrySet()) {
        packer.packString(lost.getKey()).packLong(lost.getValue());
      }
      packer.packArrayHeader(frame.definitions().size());
      for (Frame.Definition definition : frame.definitions()) pack(packer, definition);
      packer.packArrayHeader(frame.counters().size());
      for (Frame.CounterValue counter : frame.counters()) {
        packer.packArrayHeader(2).packInt(counter.id()).packLong(counter.sum());
      }
      packer.packArrayHeader(frame.timers().size());
      for (Frame.TimerValue timer : frame.timers()) pack(packer, timer);
      packer.packArrayHeader(frame.gauges().size());
      for (Frame.GaugeWindow window : frame.gauges()) pack(packer, window);
      packer.flush();
      packer.packLong(crc(out.toByteArray(), out.size()));
    }
    return out.toByteArray();
  }

  private static void pack(MessagePacker packer, Frame.Definition definition) throws IOException {
    Series series = definition.series();
    packer.packArrayHeader(5).packInt(definition.id()).packInt(series.type().ordinal());
    packer.packString(series.name()).packString(series.source());
    packer.packMapHeader(series.tags().size());
    for (var tag : series.tags().entrySet()) {
      packer.packString(tag.getKey()).packString(tag.getValue());
    }
  }

  private static void pack(MessagePacker packer, Frame.TimerValue timer) throws IOException {
    packer.packArrayHeader(6).packInt(timer.id()).packLong(timer.count());
    packer.packLong(timer.sumNanos()).packLong(timer.leastNanos()).packLong(timer.mostNanos());
    Histogram histogram = timer.histogram();
    packer.packArrayHeader(2 * histogram.size());
    for (int i = 0; i < histogram.size(); i++) {
      packer.packInt(histogram.index(i)).packLong(histogram.count(i));
    }
  }

  private static void pack(MessagePacker packer, Frame.GaugeWindow window) throws IOException {
    packer.packArrayHeader(2).packLong(window.window()).packArrayHeader(window.values().size());
    for (Frame.GaugeValue value : window.values()) {
      packer.packArrayHeader(3).packInt(value.id()).packLong(value.epochMillis());
      packer.packDouble(value.value());
    }
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  private static MessageUnpacker unpacker(byte[] bytes, int from) {
    return MessagePack.newDefaultUnpacker(bytes, from, bytes.length - from);
  }

  private static long number(ArrayValue array, int index) {
    return array.get(index).asIntegerValue().toLong();
  }

  private static Frame frame(Frame like, long sequence, int part, int parts) {
    return new Frame(
        like.level(),
        like.instance(),
        like.startedMillis(),
        sequence,
        like.sentMillis(),
        like.full(),
        like.last(),
        part,
        parts,
        like.lost(),
        like.definitions(),
        like.counters(),
        like.timers(),
        like.gauges());
  }

  private static Frame withDefinition(Series series) {
    return withDefinitions(List.of(new Frame.Definition(1, series)));
  }

  private static Frame withDefinitions(List<Frame.Definition> definitions) {
    return frame(definitions, List.of(), List.of(), List.of());
  }

  private static Frame withCounters(List<Frame.CounterValue> counters) {
    return frame(List.of(), counters, List.of(), List.of());
  }

  private static Frame withTimer(Histogram histogram) {
    Frame.TimerValue timer = new Frame.TimerValue(1, histogram.total(), 10, 1, 5, histogram);
    return frame(List.of(), List.of(), List.of(timer), List.of());
  }

  private static Frame withGauge(double value) {
    Frame.GaugeWindow window = new Frame.GaugeWindow(1, List.of(new Frame.GaugeValue(1, 1, value)));
    return frame(List.of(), List.of(), List.of(), List.of(window));
  }

  private static Frame frame(
      List<Frame.Definition> definitions,
      List<Frame.CounterValue> counters,
      List<Frame.TimerValue> timers,
      List<Frame.GaugeWindow> gauges) {
    String level = definitions.isEmpty() ? "l" : definitions.get(0).series().level();
    return new Frame(
        level,
        Frames.INSTANCE,
        1,
        1,
        1,
        false,
        false,
        0,
        1,
        Map.of(),
        definitions,
        counters,
        timers,
        gauges);
  }
}
