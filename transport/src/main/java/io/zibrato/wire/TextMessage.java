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

  public TextMessage {
    if (!Double.isFinite(value)) throw new IllegalArgumentException("value not finite: " + value);
  }

  /** The series that the measurement belongs to. Version 1 knows no tags. */
  public Series series() {
    return new Series(level, type, name, source);
  }

  /** Version 1 has no escapes: {@code |} and line breaks within a field become {@code _}. */
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

  private static String field(String text) {
    return text.replace('|', '_').replace('\n', '_').replace('\r', '_');
  }

  private static String number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1L << 53;
    return whole ? Long.toString((long) value) : BigDecimal.valueOf(value).toPlainString();
  }

  static TextMessage decode(byte[] bytes) throws MalformedFrameException {
    String[] fields = text(bytes).split("\\|", -1);
    if (fields.length != 6) {
      throw new MalformedFrameException("not six fields but " + fields.length, bytes);
    }
    try {
      double value = Double.parseDouble(fields[3].trim());
      long epochSeconds = (long) Double.parseDouble(fields[4].trim());
      SeriesType type = type(fields[1], bytes);
      TextMessage message =
          new TextMessage(fields[0], type, fields[2], value, epochSeconds, fields[5]);
      message.series();
      return message;
    } catch (IllegalArgumentException e) {
      throw new MalformedFrameException(e.getMessage(), bytes);
    }
  }

  private static SeriesType type(String word, byte[] bytes) throws MalformedFrameException {
    String lower = word.trim().toLowerCase(Locale.ROOT);
    for (SeriesType type : SeriesType.values()) {
      if (lower.startsWith(type.name().toLowerCase(Locale.ROOT))) return type;
    }
    throw new MalformedFrameException("no type of ours: " + word, bytes);
  }

  private static String text(byte[] bytes) throws MalformedFrameException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedFrameException("neither a frame nor UTF-8", bytes);
    }
  }
}
