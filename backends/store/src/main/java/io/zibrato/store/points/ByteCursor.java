package io.zibrato.store.points;

/** A place in what {@link Bytes} wrote. */
final class ByteCursor {
  private final byte[] data;
  private int at;

  ByteCursor(byte[] data) {
    this.data = data;
  }

  boolean more() {
    return at < data.length;
  }

  int peek() {
    return data[at];
  }

  int next() {
    return data[at++];
  }

  long varint() {
    long value = 0;
    int shift = 0;
    while (true) {
      final byte next = data[at++];
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
      shift += 7;
    }
  }

  long zigzag() {
    final long value = varint();
    return value >>> 1 ^ -(value & 1);
  }

  double fixed() {
    long bits = 0;
    for (int shift = 0; shift < 64; shift += 8) {
      bits |= (data[at++] & 0xFFL) << shift;
    }
    return Double.longBitsToDouble(bits);
  }

  Number number() {
    final int kind = data[at++];
    return switch (kind) {
      case Bytes.NULL -> null;
      case Bytes.WHOLE -> zigzag();
      case Bytes.DOUBLE -> fixed();
      default -> throw new IllegalStateException("no kind of number: " + kind);
    };
  }
}
