package io.zibrato.backends.statsd;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.statsd.Naming.Kind;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagNamingTest {
  private final TagNaming naming = new TagNaming("");

  @Test
  void of_eachKindHasANameOfItsOwn() {
    SeriesKey key = new SeriesKey("Checkout.place", "web1");

    assertThat(naming.of(Kind.COUNTER, key))
        .isEqualTo(new Naming.Name("Checkout.place", "|#source:web1"));
    assertThat(naming.of(Kind.TIMER, key).name()).isEqualTo("Checkout.place.time");
    assertThat(naming.of(Kind.GAUGE, key).name()).isEqualTo("Checkout.place.value");
    assertThat(naming.of(Kind.UNTIMED, key).name()).isEqualTo("Checkout.place.untimed");
  }

  @ParameterizedTest
  @CsvSource({
    "a-b, a_b",
    "a__b, a_b",
    "a_.b, a.b",
    "a_, a",
    "1st, st",
    "é, series",
    "'', series",
    "x.time, x.time",
    "value, value",
    "a_0123456789abcdef, a_0123456789abcdef"
  })
  void of_aNameThatDatadogWouldChange(String name, String beginning) {
    String found = naming.of(Kind.COUNTER, new SeriesKey(name, "")).name();

    assertThat(found).matches("[A-Za-z][A-Za-z0-9_.]*_[0-9a-f]{16}").doesNotContain("__");
    assertThat(found.substring(0, found.length() - 17)).isEqualTo(beginning);
  }

  @ParameterizedTest
  @CsvSource({"Web1", "a b", "a/b", "a:b", "'a,b'", "a|b", "a__b", "a_", "é"})
  void of_aTagThatWouldBeChangedHasTheSeries(String value) {
    String tags = naming.of(Kind.COUNTER, new SeriesKey("n", "", Map.of("k", value))).tags();

    assertThat(tags).matches("\\|#series:[0-9a-f]{16},k:[A-Za-z0-9_./-]+");
  }

  @Test
  void of_aTagOfOurOwnNames() {
    assertThat(naming.of(Kind.COUNTER, new SeriesKey("n", "s", Map.of("source", "x"))).tags())
        .matches("\\|#series:[0-9a-f]{16},source:s,source:x");
    assertThat(naming.of(Kind.COUNTER, new SeriesKey("n", "", Map.of("series", "x"))).tags())
        .matches("\\|#series:[0-9a-f]{16},series:x");
  }

  @Test
  void of_moreTagsThanFit() {
    Map<String, String> tags = new HashMap<>();
    for (int i = 0; i < 50; i++) tags.put("key" + i, "v".repeat(60));

    assertThat(naming.of(Kind.COUNTER, new SeriesKey("n", "s", tags)).tags())
        .startsWith("|#series:")
        .hasSizeBetween(600, 702);
  }

  /** It cuts what is longer, and with that what tells series apart. */
  @ParameterizedTest
  @ValueSource(ints = {100, 124, 140, 141, 255})
  void of_noNameIsLongerThanDatadogHolds(int length) {
    TagNaming prefixed = new TagNaming("p".repeat(50));
    for (Kind kind : Kind.values()) {
      for (String name : new String[] {"n".repeat(length), "n".repeat(length - 1) + "-"}) {
        assertThat(prefixed.of(kind, new SeriesKey(name, "")).name()).hasSizeLessThanOrEqualTo(200);
      }
    }
  }
}
