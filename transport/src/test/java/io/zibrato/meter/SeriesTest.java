package io.zibrato.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SeriesTest {
  @Test
  void series_takesWhatIsAtItsBounds() {
    String text = "n".repeat(Series.MAX_TEXT);
    Map<String, String> tags = new TreeMap<>();
    for (int i = 0; i < Series.MAX_TAGS; i++) tags.put(i + "k".repeat(200), text);

    Series series = new Series("é".repeat(32), SeriesType.GAUGE, text, text, tags);

    assertThat(series.tags()).isEqualTo(tags);
    assertThat(new Series("l", SeriesType.GAUGE, "n", "").source()).isEmpty();
  }

  @Test
  void series_namesThePartThatIsOutOfBounds() {
    String long256 = "n".repeat(256);
    assertRejected("level", "", "n", "s", Map.of());
    assertRejected("level", "é".repeat(33), "n", "s", Map.of());
    assertRejected("level", "a\0b", "n", "s", Map.of());
    assertRejected("name", "l", "", "s", Map.of());
    assertRejected("name", "l", long256, "s", Map.of());
    assertRejected("source", "l", "n", long256, Map.of());
    assertRejected("tag key", "l", "n", "s", Map.of("", "v"));
    assertRejected("tag key", "l", "n", "s", Map.of(long256, "v"));
    assertRejected("tag value", "l", "n", "s", Map.of("k", long256));
    Map<String, String> many = new TreeMap<>();
    for (int i = 0; i <= Series.MAX_TAGS; i++) many.put("k" + i, "v");
    assertRejected("tags", "l", "n", "s", many);
  }

  @Test
  void series_differsByEveryPart() {
    Series series = new Series("l", SeriesType.GAUGE, "n", "s", Map.of("k", "v"));

    assertThat(series)
        .isEqualTo(new Series("l", SeriesType.GAUGE, "n", "s", new TreeMap<>(Map.of("k", "v"))))
        .isNotEqualTo(new Series("m", SeriesType.GAUGE, "n", "s", Map.of("k", "v")))
        .isNotEqualTo(new Series("l", SeriesType.TIMER, "n", "s", Map.of("k", "v")))
        .isNotEqualTo(new Series("l", SeriesType.GAUGE, "o", "s", Map.of("k", "v")))
        .isNotEqualTo(new Series("l", SeriesType.GAUGE, "n", "t", Map.of("k", "v")))
        .isNotEqualTo(new Series("l", SeriesType.GAUGE, "n", "s"));
  }

  @Test
  void tags_areReadFromTheirKeyValueForm() {
    assertThat(Series.tags(List.of("a=1", "b=", "c=x=y")))
        .isEqualTo(Map.of("a", "1", "b", "", "c", "x=y"));
    for (String none : List.of("", "a", "=v")) {
      assertThatThrownBy(() -> Series.tags(List.of(none)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("key=value");
    }
  }

  private static void assertRejected(
      String part, String level, String name, String source, Map<String, String> tags) {
    assertThatThrownBy(() -> new Series(level, SeriesType.COUNTER, name, source, tags))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(part);
  }
}
