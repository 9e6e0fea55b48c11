package io.zibrato.store.composite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParserTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "s(\"a\",\"*\")",
        "series(\"a\", \"%\")",
        " s( \"a.b:c-d_E*\" ,\n\t\"web*\" )\n",
        "s(\"a\", {})",
        "s(\"a\", {\"region\": \"us-*\", zone: \"b\"}, {})",
        "s(\"a\", \"*\", {function: \"sum\", period: \"60\"})",
        "s(\"a\", \"*\", {\"period\": 60})",
        "[]",
        "[s(\"a\",\"*\"), [s(\"b\",\"*\")], []]",
        "sum([s(\"a\",\"*\"), s(\"b\",\"*\")])",
        "divide(s(\"a\",\"*\"))",
        "scale(s(\"a\",\"*\"), {factor: \"1/1024\"})",
        "scale(s(\"a\",\"*\"), {factor: \"-1.5e3\"})",
        "rate(s(\"a\",\"*\"))",
        "rate(s(\"a\",\"*\"), {})",
        "derive(s(\"a\",\"*\"), {detect_reset: true})",
        "fill(s(\"a\",\"*\"), {value: \"last\"})",
        "filter(s(\"a\",\"*\"), {gt: \"0.5\", lte: \"7\", function: \"max\"})",
        "timeshift(\"0,1,2,3w\", mean(s(\"a\",\"%\")))",
        "timeshift(\"+7d\", s(\"a\",\"%\"))",
        "group_by(\"region, az\", sum(s(\"a\", {\"region\": \"us*\"})))",
        "map({source: \"web*\"}, divide([derive(s(\"a\", \"&\")), derive(s(\"b\", \"&\"))]))",
        "map({metric: \"jvm.*\"}, mean(s(\"&\", \"*\")))",
        "map({host: \"*\"}, s(\"a\", {\"host\": \"&\", \"zone\": \"b\"}))",
      })
  void parse_readsTheLanguage(String text) {
    assertThatCode(() -> Composite.parse(text)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "^^ | 1 | expected a function or [",
        "^ ^ | 2 | expected a function or [",
        "7 | 1 | expected a function or [",
        "\"a\" | 1 | expected a function or [",
        "s | 2 | expected ( right after s",
        "s (\"a\",\"*\") | 2 | expected ( right after s",
        "sum[s(\"a\",\"*\")] | 4 | expected ( right after sum",
        "boo(s(\"a\",\"*\")) | 1 | there is no function boo",
        "sum(boo(1)) | 5 | there is no function boo",
        "SUM(s(\"a\",\"*\")) | 1 | there is no function SUM",
        "mavg(s(\"a\",\"*\")) | 1 | there is no function mavg",
        "s() | 3 | expected the metric's name",
        "s(a) | 3 | expected the metric's name",
        "s(\"a\") | 6 | expected ,",
        "s(\"a\",) | 7 | expected a source",
        "s(\"a\",\"*\" | 10 | expected )",
        "s(\"a\",\"*\")) | 11 | expected nothing more",
        "s(\"a\",\"*\") s(\"b\",\"*\") | 12 | expected nothing more",
        "s(\"a\",\"*\",{function:\"median\"}) | 21 | must be mean, sum, min, max or count",
        "s(\"a\",\"*\",{period:\"0\"}) | 19 | must be between 1 and",
        "s(\"a\",\"*\",{period:\"1.5\"}) | 19 | is not a whole number",
        "s(\"a\",\"*\",{size:\"5\"}) | 12 | no such option; it has function, period",
        "s(\"a\",\"*\",{period:\"1\",period:\"2\"}) | 23 | period is there twice",
        "s(\"a\",\"*\",{period \"1\"}) | 19 | expected :",
        "s(\"a\",\"*\",{period:}) | 19 | expected a value",
        "s(\"a\",\"*\",{period:s}) | 19 | expected a value",
        "s(\"a\",\"*\",{period:\"1\",}) | 23 | expected a key",
        "s(\"a\",\"*\",{:\"1\"}) | 12 | expected a key",
        "s(\"a b\",\"*\") | 3 | a metric's name has",
        "s(\"\",\"*\") | 3 | a metric's name has",
        "s(\"a\",\"\") | 7 | expected 1 to 255 characters",
        "s(\"a\",{\"host\":5}) | 15 | expected a string",
        "s(\"a | 3 | this string has no end",
        "s(\"a\\n\",\"*\") | 5 | a backslash is for",
        "s('a','*') | 3 | this character is not of the language",
        "sum() | 5 | expected a function or [",
        "sum(s(\"a\",\"*\"), s(\"b\",\"*\")) | 15 | expected )",
        "sum(s(\"a\",\"*\"), {}) | 15 | expected )",
        "[s(\"a\",\"*\"),] | 13 | expected a function or [",
        "[s(\"a\",\"*\") | 12 | expected ]",
        "rate(s(\"a\",\"*\") s) | 17 | expected , {options} or )",
        "rate(s(\"a\",\"*\"),{duration:\"0\"}) | 27 | must be above zero",
        "scale(s(\"a\",\"*\")) | 17 | scale needs the option factor",
        "scale(s(\"a\",\"*\"),{factor:\"x\"}) | 26 | is not a number",
        "scale(s(\"a\",\"*\"),{factor:\"1/0\"}) | 26 | divides by zero",
        "scale(s(\"a\",\"*\"),{factor:\"1e999\"}) | 26 | is too large",
        "derive(s(\"a\",\"*\"),{detect_reset:\"yes\"}) | 33 | must be true or false",
        "window(s(\"a\",\"*\"),{size:\"65\"}) | 25 | must be between 1 and 64",
        "window(s(\"a\",\"*\"),{size:\"0\"}) | 25 | must be between 1 and 64",
        "window(s(\"a\",\"*\"),{size:\"99999999999\"}) | 25 | must be between 1 and 64",
        "window(s(\"a\",\"*\"),{size:\"99999999999999999999\"}) | 25 | is not a whole number",
        "window(s(\"a\",\"*\"),{function:\"count\"}) | 29 | must be mean, sum, min, max or median",
        "moving_average(s(\"a\",\"*\"),{function:\"sum\"}) | 28 | no such option; it has size",
        "fill(s(\"a\",\"*\")) | 16 | fill needs the option value",
        "fill(s(\"a\",\"*\"),{value:\"first\"}) | 24 | is not a number",
        "filter(s(\"a\",\"*\")) | 18 | needs the option gt, gte, lt or lte",
        "filter(s(\"a\",\"*\"),{eq:\"1\"}) | 20 | no such option; it has function, gt, gte, lt, lte",
        "top(s(\"a\",\"*\")) | 15 | top needs the option count",
        "bottom(s(\"a\",\"*\"),{count:\"1\",function:\"median\"}) | 39 | must be min, max, mean or sum",
        "timeshift(s(\"a\",\"*\")) | 11 | expected the shifts",
        "timeshift(\"1y\",s(\"a\",\"*\")) | 11 | these are no shifts",
        "timeshift(\"\",s(\"a\",\"*\")) | 11 | these are no shifts",
        "timeshift(\"999999999w\",s(\"a\",\"*\")) | 11 | these are no shifts",
        "timeshift(\"1d\") | 15 | expected ,",
        "group_by(\"\",s(\"a\",\"*\")) | 10 | these are no tags",
        "group_by(\"a,,b\",s(\"a\",\"*\")) | 10 | these are no tags",
        "s(\"a\",\"&\") | 7 | \"&\" stands for a source only within map({source: ...}, ...)",
        "map({source:\"*\"},s(\"&\",\"*\")) | 20 | \"&\" stands for a metric only",
        "map({source:\"*\"},s(\"a\",{\"host\":\"&\"})) | 32 | \"&\" stands for a host only",
        "map({source:\"*\"},s(\"a\",\"*\")) | 18 | there is no \"&\"",
        "map({},s(\"a\",\"&\")) | 5 | expected what to map over",
        "map({source:\"*\"},map({source:\"*\"},s(\"a\",\"&\"))) | 22 | no map() within a map()",
      })
  void parse_saysWhereItStopped(String text, int character, String problem) {
    assertThatThrownBy(() -> Composite.parse(text))
        .isInstanceOf(CompositeException.class)
        .hasMessageStartingWith("cannot be read at character " + character + " (")
        .hasMessageContaining(problem);
  }

  @Test
  void parse_showsWhatIsThere() {
    assertThatThrownBy(() -> Composite.parse("sum(\n\u0007)"))
        .hasMessage(
            "cannot be read at character 6 (before  )): this character is not of the language");
    assertThatThrownBy(() -> Composite.parse("sum(s(\"a\",\"*\"), s(\"bbbbbbbbbbbb\",\"*\"))"))
        .hasMessage(
            "cannot be read at character 15 (before , s(\"bbbbbbbbbbbb\",\"...): expected )");
    assertThatThrownBy(() -> Composite.parse("[s(\"\uD83D\uDE00\",\"*\")"))
        .hasMessageStartingWith("cannot be read at character 4 ");
    assertThatThrownBy(() -> Composite.parse("s(\"a\",\"\uD83D\uDE00\" x)"))
        .hasMessageStartingWith("cannot be read at character 11 (before x))");
    assertThatThrownBy(() -> Composite.parse("\uD83D\uDE00"))
        .hasMessageStartingWith("cannot be read at character 1 ");
  }

  @Test
  void parse_boundsDepthAndLength() {
    assertThatThrownBy(() -> Composite.parse("[".repeat(10_000)))
        .hasMessage("is longer than 4096 characters");
    assertThatThrownBy(() -> Composite.parse("[".repeat(4096)))
        .hasMessageStartingWith("cannot be read at character 33 ")
        .hasMessageContaining("nested deeper than 32");
    assertThatThrownBy(() -> Composite.parse("abs(".repeat(40)))
        .hasMessageContaining("nested deeper than 32");
    assertThatCode(() -> Composite.parse("[".repeat(32) + "]".repeat(32)))
        .doesNotThrowAnyException();
    assertThatCode(() -> Composite.parse("[" + "[],".repeat(1364) + "[]]"))
        .doesNotThrowAnyException();
  }

  /** Whatever is cut from, put into or exchanged in a composite, it is read or refused. */
  @Test
  void parse_refusesWhateverElse() {
    final String good =
        "map({source: \"w*\"}, timeshift(\"0,1d\", scale(s(\"a\", \"&\", {period: \"60\"}),"
            + " {factor: \"1/2\"})))";
    final String others = "()[]{},:\"\\&%* a0.-+\u0000\uD83D\n";
    final Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < 50_000; i++) {
      final StringBuilder text = new StringBuilder(good);
      for (int change = random.nextInt(3); change >= 0; change--) {
        final int at = random.nextInt(text.length());
        final char other = others.charAt(random.nextInt(others.length()));
        switch (random.nextInt(3)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, other);
          default -> text.setCharAt(at, other);
        }
      }
      try {
        Composite.parse(text.toString());
      } catch (CompositeException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(10_000, 49_999);
  }

  @Test
  void metrics_areThoseNamedInFull() throws Exception {
    assertThat(
            Composite.parse(
                    "[s(\"a\",\"*\"), sum(s(\"b.*\",\"*\")), map({metric:\"c*\"}, s(\"&\",\"*\")),"
                        + " timeshift(\"1d\", s(\"d\",\"*\"))]")
                .metrics())
        .containsExactlyInAnyOrder("a", "d");
  }
}
