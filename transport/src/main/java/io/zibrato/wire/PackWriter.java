package io.zibrato.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Writes the MessagePack that we use: integers, doubles, strings, binaries, and the headers of
 * arrays and maps, each in its shortest form.
 */
final class PackWriter {
  // Format bytes: the MessagePack specification, "Formats".
  private byte[] bytes = new byte[1024];
  private int size;

  PackWriter raw(byte[] raw) {
    ensure(raw.length);
    System.arraycopy(raw, 0, bytes, size, raw.length);
    size += raw.length;
    return this;
  }

  PackWriter array(int length) {
    return header(length, 0x90, 16, 0xdc, 0xdd);
  }

  PackWriter map(int length) {
    return header(length, 0x80, 16, 0xde, 0xdf);
  }

  PackWriter string(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length < 32) {
      big(0xa0 | utf8.length, 1);
    } else if (utf8.length < 1 << 8) {
      big(0xd9, 1).big(utf8.length, 1);
    } else {
      big(0xda, 1).big(utf8.length, 2);
    }
    return raw(utf8);
  }

  PackWriter binary(byte[] raw) {
    return big(0xc4, 1).big(raw.length, 1).raw(raw);
  }

  PackWriter float64(double value) {
    return big(0xcb, 1).big(Double.doubleToRawLongBits(value), 8);
  }

  PackWriter integer(long n) {
    if (n >= -32 && n < 128) return big(n, 1);
    if (n >= 0) {
      if (n < 1L << 8) return big(0xcc, 1).big(n, 1);
      if (n < 1L << 16) return big(0xcd, 1).big(n, 2);
      if (n < 1L << 32) return big(0xce, 1).big(n, 4);
      return big(0xcf, 1).big(n, 8);
    }
    if (n >= Byte.MIN_VALUE) return big(0xd0, 1).big(n, 1);
    if (n >= Short.MIN_VALUE) return big(0xd1, 1).big(n, 2);
    if (n >= Integer.MIN_VALUE) return big(0xd2, 1).big(n, 4);
    return big(0xd3, 1).big(n, 8);
  }

  /** The CRC-32C of what is written so far. */
  PackWriter check() {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, size);
    return integer(crc.getValue());
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  private PackWriter header(int length, int fix, int fixLimit, int two, int four) {
    if (length < fixLimit) return big(fix | length, 1);
    if (length < 1 << 16) return big(two, 1).big(length, 2);
    return big(four, 1).big(length, 4);
  }

  /** The lowest {@code count} bytes of {@code n}, the highest of them first. */
  private PackWriter big(long n, int count) {
    ensure(count);
    for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) bytes[size++] = (byte) (n >>> shift);
    return this;
  }

  private void ensure(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }
}
