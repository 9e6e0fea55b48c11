package io.zibrato.backends.otlp;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a receiver says that it did not take, in an answer that it took the rest.
 *
 * @param rejected points; 0 if it took all
 * @param message why, or some other warning; empty if there is none
 */
record PartialSuccess(long rejected, String message) {
  static final PartialSuccess NONE = new PartialSuccess(0, "");
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED32 = 5;

  /** Of an {@code ExportMetricsServiceResponse}; all taken, if it is none. */
  static PartialSuccess of(byte[] body, boolean json) {
    try {
      return json ? ofJson(new String(body, StandardCharsets.UTF_8)) : ofAnswer(body);
    } catch (BufferUnderflowException | IllegalArgumentException | JsonParseException e) {
      return NONE;
    }
  }

  private static PartialSuccess ofJson(String text) {
    JsonElement root = JsonParser.parseString(text);
    if (!root.isJsonObject() || !root.getAsJsonObject().has("partialSuccess")) return NONE;
    JsonElement partial = root.getAsJsonObject().get("partialSuccess");
    if (!partial.isJsonObject()) return NONE;
    JsonObject object = partial.getAsJsonObject();
    JsonElement rejected = object.get("rejectedDataPoints");
    JsonElement message = object.get("errorMessage");
    return new PartialSuccess(
        rejected == null || !rejected.isJsonPrimitive() ? 0 : rejected.getAsLong(),
        message == null || !message.isJsonPrimitive() ? "" : message.getAsString());
  }

  private static PartialSuccess ofAnswer(byte[] body) {
    ByteBuffer in = ByteBuffer.wrap(body);
    PartialSuccess partial = NONE;
    while (in.hasRemaining()) {
      long tag = varint(in);
      if (tag == (1 << 3 | LENGTH)) partial = ofMessage(ByteBuffer.wrap(bytes(in)));
      else skip(in, tag);
    }
    return partial;
  }

  private static PartialSuccess ofMessage(ByteBuffer in) {
    long rejected = 0;
    String message = "";
    while (in.hasRemaining()) {
      long tag = varint(in);
      if (tag == (1 << 3 | VARINT)) rejected = varint(in);
      else if (tag == (2 << 3 | LENGTH)) message = new String(bytes(in), StandardCharsets.UTF_8);
      else skip(in, tag);
    }
    return new PartialSuccess(rejected, message);
  }

  private static void skip(ByteBuffer in, long tag) {
    switch ((int) tag & 7) {
      case VARINT -> varint(in);
      case FIXED64 -> in.getLong();
      case LENGTH -> bytes(in);
      case FIXED32 -> in.getInt();
      default -> throw new IllegalArgumentException("no such type: " + (tag & 7));
    }
  }

  private static byte[] bytes(ByteBuffer in) {
    long length = varint(in);
    if (length < 0 || length > in.remaining()) throw new BufferUnderflowException();
    byte[] bytes = new byte[(int) length];
    in.get(bytes);
    return bytes;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = in.get();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) return value;
    }
    throw new IllegalArgumentException("no varint");
  }
}
