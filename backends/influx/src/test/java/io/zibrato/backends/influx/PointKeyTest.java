package io.zibrato.backends.influx;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.backends.SeriesKey;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PointKeyTest {
  private final PointKey keys = new PointKey(Map.of());

  @Test
  void series_isWhatItIs() {
    SeriesKey key = new SeriesKey("orders", "web1", Map.of("shop", "main", "area", "x"));

    assertThat(keys.of(key)).isEqualTo("orders,area=x,shop=main,source=web1");
    assertThat(keys.of(new SeriesKey("orders", ""))).isEqualTo("orders");
  }

  @Test
  void separators_areEscaped() {
    SeriesKey key = new SeriesKey("a b,c=\"d\"", "e f", Map.of("g=h,i j", "k=l,m n"));

    assertThat(keys.of(key)).isEqualTo("a\\ b\\,c=\"d\",g\\=h\\,i\\ j=k\\=l\\,m\\ n,source=e\\ f");
  }

  @Test
  void letters_ofAllScriptsPass() {
    assertThat(keys.of(new SeriesKey("\u00e9\u05d0\ud83d\ude00", "\u00fc")))
        .isEqualTo("\u00e9\u05d0\ud83d\ude00,source=\u00fc");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a\nb", "a\0b", "a\\b", "a\\", "\uFFFD", "\uD800", "#a", "_a", "a\u00a0b"})
  void measurement_thatCannotPassIsTold(String name) {
    assertThat(keys.of(new SeriesKey(name, "s")))
        .matches("[^#_\\s\\\\][^\\s\\\\]*,series=[0-9a-f]{16},source=s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "time", "source", "series", "_field", "a\nb"})
  void tag_thatCannotPassIsTold(String tag) {
    assertThat(keys.of(new SeriesKey("n", "", Map.of(tag, "v"))))
        .matches("n,series=[0-9a-f]{16},tag_\\w+=v|n,a_b=v,series=[0-9a-f]{16}");
  }

  @Test
  void tags_thatComeToTheSameAreOne() {
    Map<String, String> tags = Map.of("a\n", "1", "a\r", "2");

    assertThat(LineReader.lines(keys.of(new SeriesKey("n", "", tags)) + " count=1i 1\n"))
        .hasSize(1);
  }

  @Test
  void key_isBounded() {
    Map<String, String> tags = new HashMap<>();
    for (int i = 0; i < 50; i++) tags.put(i + "\u20ac".repeat(250), "\u20ac".repeat(255));

    String key = keys.of(new SeriesKey("n".repeat(10_000), "s", tags));

    assertThat(key).contains(",series=").hasSizeLessThan(33_000);
  }

  @Test
  void common_tagsAreEachPoints() {
    PointKey common = new PointKey(Map.of("site", "berlin"));

    assertThat(common.of(new SeriesKey("n", "s"))).isEqualTo("n,site=berlin,source=s");
    assertThat(common.of(new SeriesKey("n", "s", Map.of("site", "rome"))))
        .matches("n,series=[0-9a-f]{16},site=berlin,source=s,tag_site=rome");
  }
}
