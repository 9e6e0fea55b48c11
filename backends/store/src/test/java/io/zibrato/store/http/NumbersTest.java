package io.zibrato.store.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-1, -1",
    "12345, 12345",
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775808, -9223372036854775808",
    "9223372036854775808, 9223372036854775807", // the nearest double is 2^63, which a long just
    // misses
    "1.0, 1",
    "12.50, 12.5",
    "1.2345E4, 12345",
    "1e-131, 0",
    "-.5, -0.5",
    "123456789012345.25, 123456789012345.25",
    "1e20, 100000000000000000000",
    "0.000001, 0.000001"
  })
  void parse_thenJson(String text, String json) {
    final Number number = Numbers.parse(text);

    if (text.equals("9223372036854775808")) {
      assertThat(number).isEqualTo(0x1p63);
    } else {
      assertThat(Numbers.json(number)).hasToString(json);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "NaN",
        "Infinity",
        "-Infinity",
        "1e127",
        "1e999999999",
        "0x10",
        "1f",
        "1 2",
        "--1",
        "1_000"
      })
  void parse_refuses(String text) {
    assertThat(Numbers.parse(text)).isNull();
  }

  @Test
  void parse_refusesWhatIsLongerThanAnyNumber() {
    assertThat(Numbers.parse("1".repeat(401))).isNull();
  }

  @Test
  void square_leavesTheRangeOfLong() {
    assertThat(Numbers.square(3L)).isEqualTo(9L);
    assertThat(Numbers.square(1L << 40)).isEqualTo(0x1p80);
    assertThat(Numbers.square(0.5)).isEqualTo(0.25);
  }

  @Test
  void divide_staysWholeWhereItIs() {
    assertThat(Numbers.divide(12L, 4)).isEqualTo(3L);
    assertThat(Numbers.divide(1L, 4)).isEqualTo(0.25);
    assertThat(Numbers.divide(5.0, 2)).isEqualTo(2.5);
  }

  @Test
  void compare_tellsNeighboursBeyondDoublesApart() {
    assertThat(Numbers.compare(Long.MAX_VALUE, Long.MAX_VALUE - 1)).isPositive();
    assertThat(Numbers.compare(1L, 1.5)).isNegative();
  }
}
