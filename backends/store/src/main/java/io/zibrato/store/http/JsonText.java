package io.zibrato.store.http;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes a long answer as it goes, without a tree of it. Commas come by themselves. */
public final class JsonText {
  private byte[] data = new byte[8192];
  private int size;
  private boolean comma;

  public JsonText begin(char bracket) {
    separate();
    put(bracket);
    comma = false;
    return this;
  }

  public JsonText end(char bracket) {
    put(bracket);
    comma = true;
    return this;
  }

  public JsonText name(String name) {
    separate();
    quoted(name);
    put(':');
    comma = false;
    return this;
  }

  public JsonText value(String text) {
    separate();
    quoted(text);
    comma = true;
    return this;
  }

  public JsonText value(JsonElement element) {
    separate();
    utf8(element.toString());
    comma = true;
    return this;
  }

  public JsonText value(long number) {
    separate();
    ascii(Long.toString(number));
    comma = true;
    return this;
  }

  /** As {@link Numbers#json} has it; returns how it was written, for {@link #same}. */
  public String number(Number number) {
    final String text = text(number);
    same(text);
    return text;
  }

  /** A number that was written before. */
  public JsonText same(String number) {
    separate();
    ascii(number);
    comma = true;
    return this;
  }

  private static String text(Number number) {
    if (Numbers.whole(number)) {
      return Long.toString(number.longValue());
    }
    final String text = Double.toString(number.doubleValue());
    return text.indexOf('E') < 0 && !text.endsWith(".0")
        ? text
        : Numbers.json(number).getAsString();
  }

  /** What was written; this must not be written to afterwards. */
  public byte[] bytes() {
    return size == data.length ? data : Arrays.copyOf(data, size);
  }

  private void separate() {
    if (comma) {
      put(',');
    }
  }

  private void put(char c) {
    room(1);
    data[size++] = (byte) c;
  }

  private void quoted(String text) {
    for (int i = 0; i < text.length(); i++) {
      final char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        utf8(new JsonPrimitive(text).toString());
        return;
      }
    }
    put('"');
    ascii(text);
    put('"');
  }

  @SuppressWarnings("deprecation") // copies the low byte of each character, and all are ASCII
  private void ascii(String text) {
    final int length = text.length();
    room(length);
    text.getBytes(0, length, data, size);
    size += length;
  }

  private void utf8(String text) {
    final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    room(bytes.length);
    System.arraycopy(bytes, 0, data, size, bytes.length);
    size += bytes.length;
  }

  private void room(int more) {
    if (size + more > data.length) {
      data = Arrays.copyOf(data, Math.max(data.length * 2, size + more));
    }
  }
}
