package io.zibrato.wire;

import io.zibrato.meter.Series;
import io.zibrato.meter.SeriesType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Version 1: one measurement, as the Python Zibrato 0.2 has always sent it.
 *
 * <pre>level|Counter|name|value|epochSeconds|source</pre>
 *
 * <p>The type is matched loosely: any word that starts like {@code Counter}, {@code Timer} or
 * {@code Gauge}, in any case. A timer's value is in seconds.
 *
 * @param value what a counter adds, a timer's seconds, or a gauge's value; finite
 */
public record TextMessage(
    String level, SeriesType type, String name, double value, long epochSeconds, String source)
    implements Message {

  private static final int FIELDS = 6;

  public TextMessage {
    if (!Double.isFinite(value)) throw new IllegalArgumentException("value not finite: " + value);
  }

  /** The series that the measurement belongs to. Version 1 knows no tags. */
  public Series series() {
    return new Series(level, type, name, source);
  }

  /** Version 1 has no escapes: {@code |} and control characters in a field become {@code _}. */
  public byte[] encode() {
    String word =
        switch (type) {
          case COUNTER -> "Counter";
          case TIMER -> "Timer";
          case GAUGE -> "Gauge";
        };
    String text =
        String.join(
            "|",
            field(level),
            word,
            field(name),
            number(value),
            Long.toString(epochSeconds),
            field(source));
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String field(String text) {
    char[] chars = text.toCharArray();
    for (int i = 0; i < chars.length; i++) {
      if (chars[i] == '|' || Character.isISOControl(chars[i])) chars[i] = '_';
    }
    return new String(chars);
  }

  private static String number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1L << 53;
    return whole ? Long.toString((long) value) : BigDecimal.valueOf(value).toPlainString();
  }

  static TextMessage decode(byte[] bytes) throws MalformedFrameException {
    String[] fields = text(bytes).split("\\|", FIELDS + 1);
    if (fields.length != FIELDS) throw new MalformedFrameException("not of six fields", bytes);
    SeriesType type = type(fields[1]);
    if (type == null) throw new MalformedFrameException("no type of ours", bytes);
    double value = number(fields[3], bytes);
    long epochSeconds = (long) number(fields[4], bytes);
    try {
      TextMessage message =
          new TextMessage(fields[0], type, fields[2], value, epochSeconds, fields[5]);
      message.series();
      return message;
    } catch (IllegalArgumentException e) {
      throw new MalformedFrameException(e.getMessage(), bytes);
    }
  }

  private static double number(String text, byte[] bytes) throws MalformedFrameException {
    try {
      double number = Double.parseDouble(text.trim());
      if (Double.isFinite(number)) return number;
    } catch (NumberFormatException e) {
      // Said below, without the text: it may be as long as the message.
    }
    throw new MalformedFrameException("value or time is no finite number", bytes);
  }

  /** The type that a word stands for, or null. */
  private static SeriesType type(String word) {
    String lower = word.trim().toLowerCase(Locale.ROOT);
    for (SeriesType type : SeriesType.values()) {
      if (lower.startsWith(type.name().toLowerCase(Locale.ROOT))) return type;
    }
    return null;
  }

  private static String text(byte[] bytes) throws MalformedFrameException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedFrameException("neither a frame nor UTF-8", bytes);
    }
  }
}
