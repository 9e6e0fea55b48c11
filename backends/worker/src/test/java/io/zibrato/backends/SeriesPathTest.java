package io.zibrato.backends;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesPathTest {
  private static final String HASH = "_[0-9a-f]{16}";
  private final SeriesPath paths =
      new SeriesPath("", "{source}.{name}", 240, true, Set.of("timer"));

  @ParameterizedTest
  @CsvSource({
    "orders, web1, web1.orders",
    "orders, '', -.orders",
    "Checkout.place, not_specified, not_specified.Checkout.place",
    "a-b_c.D, web1.example.com, web1__example__com.a-b_c.D",
    "a__b, s, s.a__b"
  })
  void of_aPlainSeries(String name, String source, String path) {
    assertThat(paths.of(new SeriesKey(name, source))).isEqualTo(path);
  }

  @Test
  void of_tags() {
    assertThat(paths.of(new SeriesKey("orders", "web1", Map.of("zone", "eu.1", "shop", "main"))))
        .isEqualTo("web1.orders._.shop.main.zone.eu__1");
    assertThat(paths.of(new SeriesKey("n", "s", Map.of("k", "")))).isEqualTo("s.n._.k.-");
  }

  @Test
  void of_aTemplateAndPrefix() {
    SeriesPath other = new SeriesPath("shop.eu", "apps.{name}.{source}", 240, true, Set.of());

    assertThat(other.of(new SeriesKey("a.b", "s"))).isEqualTo("shop.eu.apps.a.b.s");
  }

  @ParameterizedTest
  @CsvSource({
    "a b, s, s.a_b",
    "'', s, s.-",
    "a..b, s, s.a.b",
    "a._.b, s, s.a._.b",
    "my.timer, s, s.my.timer",
    "a_0123456789abcdef, s, s.a_0123456789abcdef",
    "n, a__b, a__b.n",
    "n, a_.b, a__b.n",
    "n, -, -.n",
    "n, _, _.n",
    "n, é, _.n"
  })
  void of_whatCouldNotBeReadBack(String name, String source, String beginning) {
    String path = paths.of(new SeriesKey(name, source));

    assertThat(path).matches("[A-Za-z0-9_.-]+").matches(".*" + HASH);
    assertThat(path.replaceFirst(HASH + "$", "")).isEqualTo(beginning);
  }

  @Test
  void of_longTexts() {
    Map<String, String> tags = new HashMap<>();
    for (int i = 0; i < 50; i++) tags.put("key" + i, "v".repeat(255));

    assertThat(paths.of(new SeriesKey("n".repeat(255), "s".repeat(255), tags)))
        .hasSizeLessThanOrEqualTo(240)
        .matches(".*" + HASH);
  }

  @Test
  void of_dependsOnTheSeriesAlone() {
    SeriesKey key = new SeriesKey("a b", "s");

    assertThat(new SeriesPath("", "{source}.{name}", 240, true, Set.of("timer")).of(key))
        .isEqualTo(paths.of(key));
  }

  /** Series of a few short words that separators and escapes are made of. */
  @Test
  void of_neverMakesTwoSeriesOne() {
    Random random = new Random(7);
    String[] bits = {"a", "b", "_", ".", "-", "__", " ", "é", "timer"};
    Map<String, SeriesKey> owners = new HashMap<>();
    for (int i = 0; i < 200_000; i++) {
      Map<String, String> tags = new HashMap<>();
      for (int t = random.nextInt(3); t > 0; t--) tags.put(text(random, bits), text(random, bits));
      SeriesKey key = new SeriesKey(text(random, bits), text(random, bits), tags);
      SeriesKey owner = owners.putIfAbsent(paths.of(key), key);
      if (owner != null) assertThat(owner).isEqualTo(key);
    }
    assertThat(owners).hasSizeGreaterThan(10_000);
  }

  private static String text(Random random, String[] bits) {
    List<String> all = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) all.add(bits[random.nextInt(bits.length)]);
    return String.join("", all);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{name}",
        "{source}",
        "{source}{name}",
        "x{source}.{name}",
        "{source}.{name}.",
        "{source}.{name}.{name}",
        "{source}.a b.{name}",
        "{source}._.{name}",
        "{host}.{name}"
      })
  void isTemplate_refuses(String text) {
    assertThat(SeriesPath.isTemplate(text)).isFalse();
  }
}
