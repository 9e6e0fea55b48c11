package io.zibrato.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/**
 * Bytes as strangers make them, from captures that are valid: whatever they are, reading them gives
 * a message or a {@link MalformedFrameException}, and takes memory in proportion to their length.
 */
class DecoderFuzzTest {
  private static final long SEED = 20_261_121;
  private static final int ROUNDS = 60_000;
  private static final int CHECK_BYTES = 5; // a format and the CRC-32C

  /** An exception, its message, and the readers themselves. */
  private static final long ALLOWANCE_BYTES = 64 * 1024;

  private static final int BYTES_FOR_EACH_BYTE = 200;

  private static final List<byte[]> FRAMES =
      List.of(
          Frames.rich().encode(),
          Frames.ofNumber(0).encode(),
          Frames.ofNumber(1L << 40).encode(),
          Frames.ofNumber(Long.MAX_VALUE).encode());

  private final Random random = new Random(SEED);
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void frame_cutAnywhereIsMalformed() {
    for (byte[] frame : FRAMES) {
      for (int length = 0; length < frame.length; length++) {
        byte[] cut = Arrays.copyOf(frame, length);
        assertThatThrownBy(() -> Message.decode(cut)).isInstanceOf(MalformedFrameException.class);
        if (length > CHECK_BYTES) read(checked(cut));
      }
    }
  }

  @Test
  void frame_changedAnywhere() {
    for (byte[] frame : FRAMES) {
      for (int at = 0; at < frame.length; at++) {
        for (int bits : new int[] {1, 0x80, 0xFF, 0x40}) {
          byte[] changed = frame.clone();
          changed[at] ^= (byte) bits;
          byte[] broken = changed.clone();
          read(broken);
          read(checked(changed));
        }
      }
    }
  }

  @Test
  void frame_changedAtRandom() {
    for (int i = 0; i < ROUNDS; i++) read(checked(mutated(FRAMES.get(i % FRAMES.size()))));
  }

  @Test
  void lengths_thatLie() {
    for (byte[] frame : FRAMES) {
      for (int at = 0; at < frame.length - CHECK_BYTES; at++) {
        for (int format : new int[] {0xdc, 0xdd, 0xde, 0xdf, 0xd9, 0xda, 0xdb, 0xc4, 0xc5, 0xc6}) {
          byte[] lying = frame.clone();
          lying[at] = (byte) format;
          for (int i = at + 1; i < Math.min(at + 5, lying.length); i++) lying[i] = (byte) 0xFF;
          read(checked(lying));
          if (at + 1 < lying.length) lying[at + 1] = 0x7F;
          read(checked(lying));
        }
      }
    }
  }

  @Test
  void nesting_asDeepAsItGets() {
    byte[] topic = Topic.ofFrames("info");
    for (byte format : new byte[] {(byte) 0x91, (byte) 0x9b, (byte) 0x81, (byte) 0xdd}) {
      byte[] deep = new byte[Message.MAX_BYTES];
      Arrays.fill(deep, format);
      System.arraycopy(topic, 0, deep, 0, topic.length);
      read(checked(deep));
    }
  }

  @Test
  void text_changedAtRandom() {
    byte[] text = "info|Counter|name|12.5|1700000000|source".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < ROUNDS; i++) read(mutated(text));
    for (String number :
        List.of("1e999999999", "-1e-999999999", "NaN", "0x1p1023", "9".repeat(9000)))
      read(("info|Gauge|n|" + number + "|0|s").getBytes(StandardCharsets.UTF_8));
    read("|".repeat(Message.MAX_BYTES).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void upstream_changedAtRandom() {
    List<byte[]> valid =
        List.of(
            new Upstream.Subscription(true, Topic.ofFrames("info")).encode(),
            new Upstream.Resync(Frames.INSTANCE, "info").encode(),
            new Upstream.Heartbeat(UUID.randomUUID()).encode());
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes = mutated(valid.get(i % valid.size()));
      bounded(bytes, () -> Upstream.decode(bytes));
    }
  }

  private void read(byte[] bytes) {
    bounded(bytes, () -> Message.decode(bytes));
  }

  private interface Reading {
    Object read() throws MalformedFrameException;
  }

  /** Twice where it takes much, because the first message of a kind loads code. */
  private void bounded(byte[] bytes, Reading reading) {
    long bound = ALLOWANCE_BYTES + (long) BYTES_FOR_EACH_BYTE * bytes.length;
    if (allocatedFor(bytes, reading) < bound) return;
    assertThat(allocatedFor(bytes, reading)).as(() -> Arrays.toString(bytes)).isLessThan(bound);
  }

  private long allocatedFor(byte[] bytes, Reading reading) {
    MalformedFrameException malformed = null;
    long before = threads.getCurrentThreadAllocatedBytes();
    try {
      reading.read();
    } catch (MalformedFrameException e) {
      malformed = e;
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(Arrays.toString(Arrays.copyOf(bytes, 300)), e);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    if (malformed != null) assertThat(malformed.getMessage().length()).isLessThan(2_000);
    return allocated;
  }

  private byte[] mutated(byte[] valid) {
    byte[] bytes = valid.clone();
    for (int changes = 1 + random.nextInt(6); changes > 0 && bytes.length > 1; changes--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes = Arrays.copyOf(bytes, at);
        case 3 -> bytes = spliced(bytes, at, random.nextInt(bytes.length));
        default -> bytes[at] = (byte) (random.nextBoolean() ? 0xFF : 0x00);
      }
    }
    return bytes;
  }

  /** Its beginning, and then a part of it again. */
  private static byte[] spliced(byte[] bytes, int end, int from) {
    byte[] spliced = Arrays.copyOf(bytes, end + bytes.length - from);
    System.arraycopy(bytes, from, spliced, end, bytes.length - from);
    return spliced;
  }

  /** With the right checksum, which every forger can compute. */
  private static byte[] checked(byte[] frame) {
    if (frame.length < CHECK_BYTES) return frame;
    int end = frame.length - CHECK_BYTES;
    CRC32C crc = new CRC32C();
    crc.update(frame, 0, end);
    ByteBuffer.wrap(frame, end, CHECK_BYTES).put((byte) 0xce).putInt((int) crc.getValue());
    return frame;
  }
}
