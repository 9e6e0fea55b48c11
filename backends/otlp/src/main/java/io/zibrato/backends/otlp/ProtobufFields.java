package io.zibrato.backends.otlp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A message in protobuf's binary form. Fields that have their default are written too. */
final class ProtobufFields implements Fields {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  static byte[] encode(Message message) {
    ProtobufFields fields = new ProtobufFields();
    message.write(fields);
    return fields.out.toByteArray();
  }

  @Override
  public void text(int number, String name, String value) {
    bytes(number, value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void choice(int number, String name, int value) {
    tag(number, VARINT);
    varint(out, value);
  }

  @Override
  public void flag(int number, String name, boolean value) {
    choice(number, name, value ? 1 : 0);
  }

  @Override
  public void fixed(int number, String name, long value) {
    tag(number, FIXED64);
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.writeBytes(bytes.putLong(value).array());
  }

  @Override
  public void real(int number, String name, double value) {
    fixed(number, name, Double.doubleToRawLongBits(value));
  }

  @Override
  public void signed(int number, String name, int value) {
    tag(number, VARINT);
    varint(out, Integer.toUnsignedLong(value << 1 ^ value >> 31));
  }

  @Override
  public void counts(int number, String name, long[] values) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    for (long value : values) varint(packed, value);
    bytes(number, packed.toByteArray());
  }

  @Override
  public void message(int number, String name, Message message) {
    bytes(number, encode(message));
  }

  @Override
  public void messages(int number, String name, List<Message> messages) {
    for (Message each : messages) message(number, name, each);
  }

  private void bytes(int number, byte[] bytes) {
    tag(number, LENGTH);
    varint(out, bytes.length);
    out.writeBytes(bytes);
  }

  private void tag(int number, int type) {
    varint(out, number << 3 | type);
  }

  /** Seven bits a byte, the lowest first; all but the last byte have the highest bit set. */
  private static void varint(ByteArrayOutputStream out, long value) {
    long left = value;
    while ((left & ~0x7FL) != 0) {
      out.write((int) (left & 0x7F) | 0x80);
      left >>>= 7;
    }
    out.write((int) left);
  }
}
