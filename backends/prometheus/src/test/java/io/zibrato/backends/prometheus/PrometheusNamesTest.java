package io.zibrato.backends.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.backends.SeriesKey;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusNamesTest {
  private static PrometheusNames.Name of(String name, String source, Map<String, String> tags) {
    return PrometheusNames.of(new SeriesKey(name, source, tags));
  }

  @Test
  void plainNames_needNoMore() {
    assertThat(of("Shop.order", "web1.example.com", Map.of("shop", "main")))
        .hasToString("Name[metric=Shop_order, labels={shop=main, source=web1.example.com}]");
    assertThat(of("n", "", Map.of())).hasToString("Name[metric=n, labels={}]");
  }

  @ParameterizedTest
  @CsvSource({"a_b, a_b", "a-b, a_b", "1a, z_1a", "_a, z__a", "a., a_", "é, z__", ".a, z__a"})
  void otherNames_standInALabel(String name, String metric) {
    assertThat(of(name, "", Map.of()))
        .hasToString("Name[metric=" + metric + ", labels={name=" + name + "}]");
  }

  /** So that no counter is called as a timer's histogram is. */
  @ParameterizedTest
  @CsvSource({
    "a.total, a_total_",
    "a.seconds, a_seconds_",
    "a.value, a_value_",
    "a.calls, a_calls_",
    "count, count_",
    "a.seconds.count, a_seconds_count_",
    "account, account"
  })
  void names_endInNoneOfTheFormatsWords(String name, String metric) {
    assertThat(of(name, "", Map.of())).hasToString("Name[metric=" + metric + ", labels={}]");
  }

  @ParameterizedTest
  @CsvSource({"le, v", "name, v", "source, v", "series, v", "a-b, v", "__name__, v", "k, ''"})
  void tagsThatMayBeNoLabels_areToldByAHash(String key, String value) {
    Map<String, String> labels = of("n", "s", Map.of(key, value)).labels();

    assertThat(labels.get("series")).matches("[0-9a-f]{16}");
    assertThat(labels).containsEntry("source", "s");
    assertThat(labels.keySet()).allMatch(each -> each.matches("[a-z][A-Za-z0-9_]*"));
    assertThat(labels).doesNotContainKey("le");
  }

  @Test
  void manyTags_areCutAndToldByAHash() {
    Map<String, String> tags = new HashMap<>();
    for (int i = 0; i < 50; i++) tags.put("t" + i, "v");

    Map<String, String> labels = of("n", "s", tags).labels();

    assertThat(labels).hasSize(22).containsKey("series");
    tags.put("t49", "w");
    assertThat(of("n", "s", tags).labels()).isNotEqualTo(labels);
  }
}
