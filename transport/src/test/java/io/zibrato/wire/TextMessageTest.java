package io.zibrato.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zibrato.meter.SeriesType;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextMessageTest {
  @Test
  void text_isReadAsThePythonOriginalSendsIt() throws MalformedFrameException {
    assertThat(decode("info|Counter|hits|3|1700000000|web1"))
        .isEqualTo(new TextMessage("info", SeriesType.COUNTER, "hits", 3, 1_700_000_000L, "web1"));
    assertThat(decode("debug|Timer|slow.part|0.0123|1700000000.25|"))
        .isEqualTo(
            new TextMessage("debug", SeriesType.TIMER, "slow.part", 0.0123, 1_700_000_000L, ""));
    assertThat(decode("info|Gauge|größe|-1.5e-7|1700000000|not_specified"))
        .isEqualTo(
            new TextMessage(
                "info", SeriesType.GAUGE, "größe", -1.5e-7, 1_700_000_000L, "not_specified"));
  }

  @ParameterizedTest
  @CsvSource({
    "Counter,COUNTER",
    "counter,COUNTER",
    "COUNTERS,COUNTER",
    "CounterMeter,COUNTER",
    "timer,TIMER",
    "Timers,TIMER",
    "GAUGE,GAUGE",
    "gauge_x,GAUGE",
    "' Gauge ',GAUGE"
  })
  void type_isMatchedLoosely(String word, SeriesType type) throws MalformedFrameException {
    assertThat(decode("l|" + word + "|n|1|1|s").type()).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "info",
        "info|Counter|hits|3|1700000000",
        "info|Counter|hits|3|1700000000|web1|more",
        "info|Sum|hits|3|1700000000|web1",
        "info||hits|3|1700000000|web1",
        "|Counter|hits|3|1700000000|web1",
        "info|Counter||3|1700000000|web1",
        "info|Counter|hits||1700000000|web1",
        "info|Counter|hits|three|1700000000|web1",
        "info|Counter|hits|NaN|1700000000|web1",
        "info|Counter|hits|1e999|1700000000|web1",
        "info|Counter|hits|3|now|web1",
        "info|Counter|hits|3|Infinity|web1",
        "in\u0000fo|Counter|hits|3|1|web1"
      })
  void text_thatIsNoneIsMalformed(String text) {
    assertThatThrownBy(() -> decode(text)).isInstanceOf(MalformedFrameException.class);
  }

  @Test
  void text_thatIsNotUtf8IsMalformed() {
    byte[] bytes = "info|Counter|h?ts|3|1|s".getBytes(StandardCharsets.UTF_8);
    bytes[14] = (byte) 0xff;

    assertThatThrownBy(() -> Message.decode(bytes)).isInstanceOf(MalformedFrameException.class);
  }

  @Test
  void text_ofManyFieldsIsMalformedAtSmallCost() {
    String bars = "|".repeat(Message.MAX_BYTES);

    assertThatThrownBy(() -> decode(bars))
        .isInstanceOf(MalformedFrameException.class)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
  }

  @Test
  void malformedMessage_isCutAndEscaped() {
    String value = "\n\u001b[31m" + "9x".repeat(100_000);

    assertThatThrownBy(() -> decode("info|Counter|hits|" + value + "|1|s"))
        .isInstanceOf(MalformedFrameException.class)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400).matches("[ -~]*"));
    assertThatThrownBy(() -> decode("\u001b[31m\n".repeat(50) + "|Counter|hits|1|1|s"))
        .isInstanceOf(MalformedFrameException.class)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1_200).matches("[ -~]*"));
  }

  @Test
  void text_comesBackAsItWas() throws MalformedFrameException {
    double[] values = {
      0,
      1,
      -1,
      0.1,
      1e-9,
      123456.789,
      9.007199254740991E15,
      1e300,
      -1e-300,
      Double.MIN_VALUE,
      Double.MAX_VALUE,
      Long.MAX_VALUE
    };
    for (double value : values) {
      for (SeriesType type : SeriesType.values()) {
        TextMessage message = new TextMessage("info", type, "n", value, 1_700_000_000L, "s");
        assertThat(Message.decode(message.encode())).isEqualTo(message);
      }
    }
  }

  @Test
  void wholeValue_isWrittenWithoutAPoint() {
    assertThat(text(new TextMessage("l", SeriesType.COUNTER, "n", 12, 5, "s")))
        .isEqualTo("l|Counter|n|12|5|s");
    assertThat(text(new TextMessage("l", SeriesType.TIMER, "n", 1e-7, 5, "s")))
        .isEqualTo("l|Timer|n|0.00000010|5|s");
  }

  @Test
  void field_cannotPassForTwo() throws MalformedFrameException {
    TextMessage message = new TextMessage("a|b", SeriesType.GAUGE, "c|d\n\r\0", 1, 5, "\u0002e");

    TextMessage read = (TextMessage) Message.decode(message.encode());

    assertThat(read).isEqualTo(new TextMessage("a_b", SeriesType.GAUGE, "c_d___", 1, 5, "_e"));
    assertThat(Topic.matches(Topic.ofText("a|b"), message.encode())).isTrue();
  }

  @Test
  void level_ofAControlCharacterIsNotTakenForAFrame() throws MalformedFrameException {
    TextMessage message = new TextMessage("\u0002x", SeriesType.GAUGE, "n", 1, 5, "s");

    assertThat(Message.decode(message.encode())).isInstanceOf(TextMessage.class);
  }

  private static String text(TextMessage message) {
    return new String(message.encode(), StandardCharsets.UTF_8);
  }

  private static TextMessage decode(String text) throws MalformedFrameException {
    return (TextMessage) Message.decode(text.getBytes(StandardCharsets.UTF_8));
  }
}
