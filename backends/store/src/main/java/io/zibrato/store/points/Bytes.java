package io.zibrato.store.points;

import io.zibrato.store.http.Numbers;
import java.util.Arrays;

/** Bytes being written, in the forms that {@link ByteCursor} reads. */
final class Bytes {
  static final byte NULL = 0;
  static final byte WHOLE = 1;
  static final byte DOUBLE = 2;
  static final byte SUM = 3;

  private byte[] data = new byte[256];
  private int size;

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  byte[] copy() {
    return Arrays.copyOf(data, size);
  }

  void put(byte value) {
    room(1);
    data[size++] = value;
  }

  /** Seven bits a byte, the lowest first; as unsigned. */
  void varint(long value) {
    room(10);
    long left = value;
    while ((left & ~0x7FL) != 0) {
      data[size++] = (byte) (left & 0x7F | 0x80);
      left >>>= 7;
    }
    data[size++] = (byte) left;
  }

  /** Small for small numbers of either sign. */
  void zigzag(long value) {
    varint(value << 1 ^ value >> 63);
  }

  void fixed(double value) {
    room(8);
    final long bits = Double.doubleToRawLongBits(value);
    for (int shift = 0; shift < 64; shift += 8) {
      data[size++] = (byte) (bits >>> shift);
    }
  }

  void number(Number number) {
    if (number == null) {
      put(NULL);
    } else if (Numbers.whole(number)) {
      put(WHOLE);
      zigzag(number.longValue());
    } else {
      put(DOUBLE);
      fixed(number.doubleValue());
    }
  }

  private void room(int more) {
    if (size + more > data.length) {
      data = Arrays.copyOf(data, Math.max(data.length * 2, size + more));
    }
  }
}
