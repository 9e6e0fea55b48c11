package io.zibrato.backends.statvent;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.meter.Histogram;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MergedTest {
  private final Map<String, Listing> listings = new TreeMap<>();

  private void process(String id, String text) {
    listings.put(id, ListingParser.parse(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String ours(String groups, int lines) {
    return "#zibrato listing: 1\n" + groups + "#zibrato end: " + lines + "\n";
  }

  private static String window(String values) {
    return ours(
        "#zibrato window "
            + values
            + ": 5\nq median: 0\nq 95th: 0\nq 99th: 0\nq 100th: 0\nq mean: 0\n",
        5);
  }

  @Test
  void counts_areSummedUp() {
    process("1", "a: 1\nb: 0.5\nlong: 9223372036854775807\n");
    process("2", "a: 41\nb: 1\nc: 3\nlong: 1\n");

    assertThat(Merged.of(listings).stats())
        .isEqualTo(
            Map.of("a", 42L, "b", 1.5, "c", 3L, "long", new BigInteger("9223372036854775808")));
    assertThat(Merged.of(listings).apart()).isEmpty();
  }

  @Test
  void windows_areMergedByTheirValues() {
    process("1", window("1,2,3,4"));
    process("2", window("100"));

    assertThat(Merged.of(listings).stats())
        .isEqualTo(
            Map.of("q median", 2L, "q 95th", 4L, "q 99th", 4L, "q 100th", 100L, "q mean", 22.0));
  }

  @Test
  void windowOfFloats_makesAllFloats() {
    process("1", window("1,2"));
    process("2", window("1.5"));

    assertThat(Merged.of(listings).stats()).containsEntry("q median", 1.0);
  }

  @Test
  void valuesAtTheEndOfFloats_haveAFiniteMean() {
    process("1", window("1.7e308,1.7e308"));
    process("2", window("1.7e308"));
    process("3", "a: 1.7e308\nb: 1" + "0".repeat(400) + "\n");
    process("4", "a: 1.7e308\nb: -1.5\n");

    Map<String, Number> stats = Merged.of(listings).stats();

    assertThat(stats).containsEntry("a", Double.MAX_VALUE).containsEntry("q 100th", 1.7e308);
    assertThat(stats.get("q mean").doubleValue()).isBetween(1.69e308, 1.71e308);
    assertThat(stats.values()).allMatch(value -> Double.isFinite(value.doubleValue()));
  }

  @Test
  void timers_areMergedByTheirBuckets() {
    process("1", ours("#zibrato timer 3000 160:3: 1\nt.count: 4\n", 1));
    process("2", ours("#zibrato timer 5000000 400:1: 1\nt.count: 1\n", 1));

    double median = Histogram.of(new int[] {160, 400}, new long[] {3, 1}, 2).quantileNanos(0.5);
    assertThat(Merged.of(listings).stats())
        .containsEntry("t.count", 5L)
        .containsEntry("t.seconds", 0.005003)
        .containsEntry("t.median_ms", median / 1e6)
        .containsEntry("t.mean_ms", 5003000 / 4.0 / 1e6)
        .hasSize(7);
  }

  @Test
  void percentilesOfOthers_areShownPerProcess() {
    String five = "q median: 1\nq 95th: 2\nq 99th: 3\nq 100th: 4\nq mean: 2.5\n";
    process("1", five);
    process("2", five.replace("1\n", "9\n") + "n: 1\n");
    process("3", window("7"));

    Merged merged = Merged.of(listings);

    assertThat(merged.stats()).isEqualTo(Map.of("n", 1L));
    assertThat(merged.apart()).hasSize(5);
    assertThat(merged.apart().get("q median"))
        .isEqualTo(new Merged.Apart(ListingParser.NOT_TOLD, Map.of("1", 1L, "2", 9L, "3", 7L)));
  }

  @Test
  void ownCalculators_areShownPerProcess() {
    process("1", ours("#zibrato calculated: 1\nworst: 7\n", 1));
    process("2", ours("#zibrato calculated: 1\nworst: 9\n", 1));

    assertThat(Merged.of(listings).stats()).isEmpty();
    assertThat(Merged.of(listings).apart())
        .isEqualTo(
            Map.of("worst", new Merged.Apart(ListingParser.OWN_RULE, Map.of("1", 7L, "2", 9L))));
  }

  @Test
  void oneNameOfTwoKinds_isShownPerProcess() {
    process("1", window("7"));
    process("2", "q median: 3\n");

    assertThat(Merged.of(listings).apart())
        .isEqualTo(
            Map.of("q median", new Merged.Apart(Merged.TWO_KINDS, Map.of("1", 7L, "2", 3L))));
    assertThat(Merged.of(listings).stats()).containsEntry("q mean", 7.0).hasSize(4);
  }
}
