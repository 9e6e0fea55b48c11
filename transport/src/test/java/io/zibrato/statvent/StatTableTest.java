package io.zibrato.statvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.zibrato.meter.Meters;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatTableTest {
  private final StatTable table = new StatTable();
  private final Listing listing = new Listing(table);

  @Test
  void incr_addsWholeNumbers() {
    table.incr("n", 1);
    table.incr("n", 41);

    assertThat(listing.recorded()).isEqualTo(Map.of("n", 42L));
  }

  @Test
  void incr_takesNegativeOnes() {
    table.incr("n", 5);
    table.incr("n", -7);

    assertThat(listing.recorded()).isEqualTo(Map.of("n", -2L));
  }

  @Test
  void incr_stopsAtBothEnds() {
    table.incr("most", Long.MAX_VALUE);
    table.incr("most", 1);
    table.set("least", Long.MIN_VALUE);
    table.incr("least", -1);
    table.set("over", Long.MAX_VALUE);
    table.incr("over", 5);

    assertThat(listing.recorded())
        .isEqualTo(Map.of("most", Long.MAX_VALUE, "least", Long.MIN_VALUE, "over", Long.MAX_VALUE));
  }

  @Test
  void float_makesAStatAFloat() {
    table.incr("n", 1);
    table.incr("n", 0.5);
    table.incr("n", 2);

    assertThat(listing.recorded()).isEqualTo(Map.of("n", 3.5));
  }

  @Test
  void set_replacesAndIsAddedTo() {
    table.incr("n", 7);
    table.incr("n", 0.5);
    table.set("n", 40);
    table.incr("n", 2);
    table.set("m", 1.5);
    table.incr("m", 1);

    assertThat(listing.recorded()).isEqualTo(Map.of("n", 42L, "m", 2.5));
  }

  @Test
  void record_keepsTheLastHundred() {
    for (int i = 1; i <= 150; i++) table.record("q {0}", i, Labeller.PLACEHOLDER);

    assertThat(listing.recorded())
        .isEqualTo(
            Map.of(
                "q median",
                100L,
                "q 95th",
                145L,
                "q 99th",
                149L,
                "q 100th",
                150L,
                "q mean",
                100.5));
  }

  @Test
  void record_oneFloatMakesAllFloats() {
    table.record("{0}", 3, Labeller.PLACEHOLDER);
    table.record("{0}", 1.5, Labeller.PLACEHOLDER);

    assertThat(listing.recorded()).containsEntry("median", 1.5).containsEntry("100th", 3.0);
  }

  @Test
  void record_wholeBeyondAFloatsPrecisionIsAFloat() {
    table.record("{0}", (1L << 53) + 1, Labeller.PLACEHOLDER);
    table.record("max {0}", Long.MAX_VALUE, Labeller.PLACEHOLDER);

    assertThat(listing.recorded())
        .containsEntry("median", 0x1p53)
        .containsEntry("max 100th", 0x1p63);
  }

  @Test
  void record_namesByTheFirstLabeller() {
    table.record("q", 3, (name, label) -> label + " of " + name);
    table.record("q", 5, (name, label) -> "not used");

    assertThat(listing.recorded()).containsEntry("median of q", 3L).containsEntry("mean of q", 4.0);
  }

  @Test
  void calculator_andWindowOfTheUsersOwn() {
    for (int i = 1; i <= 10; i++) table.record("{0}", i, Labeller.PLACEHOLDER);
    table.rules(sorted -> Map.of("least", sorted.get(0), "size", sorted.size()), 3);
    table.record("{0}", 11, Labeller.PLACEHOLDER);

    assertThat(listing.recorded()).isEqualTo(Map.of("least", 9L, "size", 3L));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.rules(Calculator.PERCENTILES, 0))
        .withMessageContaining("0");
  }

  @Test
  void calculatorThatFails_leavesOutItsNameOnly() {
    table.incr("n", 1);
    table.record("{0}", 1, Labeller.PLACEHOLDER);
    table.rules(
        sorted -> {
          throw new IllegalStateException("not today");
        },
        100);

    assertThat(listing.recorded()).isEqualTo(Map.of("n", 1L));
  }

  @Test
  void names_areAnyTextWithoutLineBreaks() {
    table.incr("", 1);
    table.incr("a: b -> c {0} \u00e9", 1);

    assertThat(listing.recorded()).containsOnlyKeys("", "a: b -> c {0} \u00e9");
    for (String name : List.of("a\nb", "a\r")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> table.incr(name, 1))
          .withMessageContaining("line break");
      assertThatIllegalArgumentException().isThrownBy(() -> table.set(name, 1.5));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> table.record(name, 1, (each, label) -> label));
    }
    assertThatNullPointerException()
        .isThrownBy(() -> table.incr(null, 1))
        .withMessage("name == null");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.record("no place", 1, Labeller.PLACEHOLDER))
        .withMessageContaining("no place");
  }

  @Test
  void floats_stopAtBothEnds() {
    table.incr("most", 1.7e308);
    table.incr("most", 1.7e308);
    table.set("least", -1.7e308);
    table.incr("least", -1.7e308);
    table.record("{0}", 1.7e308, Labeller.PLACEHOLDER);
    table.record("{0}", 1.7e308, Labeller.PLACEHOLDER);

    assertThat(listing.recorded())
        .containsEntry("most", Double.MAX_VALUE)
        .containsEntry("least", -Double.MAX_VALUE)
        .containsEntry("mean", 1.7e308);
    assertThat(new String(listing.bytes(), StandardCharsets.UTF_8)).contains("#zibrato end: 7");
  }

  @Test
  void calculatorsNumbers_areWholeIfTheirTypeIs() {
    table.record("{0}", 1, Labeller.PLACEHOLDER);
    table.rules(
        sorted ->
            Map.of(
                "decimal",
                new BigDecimal("1.5"),
                "short",
                (short) 2,
                "big",
                BigInteger.TEN,
                "bigger",
                BigInteger.ONE.shiftLeft(70)),
        100);

    assertThat(listing.recorded())
        .isEqualTo(Map.of("decimal", 1.5, "short", 2L, "big", 10L, "bigger", 0x1p70));
  }

  @Test
  void notFinite_isCountedNotKept() {
    table.incr("n", Double.NaN);
    table.set("n", Double.POSITIVE_INFINITY);
    table.record("{0}", Double.NaN, Labeller.PLACEHOLDER);

    assertThat(listing.recorded()).isEmpty();
    assertThat(table.lost()).isEqualTo(Map.of("not-finite", 3L));
  }

  @Test
  void endlessNames_shareOne() {
    for (int i = 0; i < StatTable.MAX_NAMES + 10; i++) table.incr("n" + i, 1);
    table.set("s", 1);
    table.record("{0}", 1, Labeller.PLACEHOLDER);

    assertThat(listing.recorded())
        .hasSize(StatTable.MAX_NAMES + 1)
        .containsEntry(Meters.OVERFLOW, 10L);
    assertThat(table.lost()).isEqualTo(Map.of("too-many-names", 2L));
  }

  @Test
  void manyThreads_loseNothing() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      threads.add(
          new Thread(
              () -> {
                for (int i = 0; i < 20_000; i++) {
                  table.incr("whole", 3);
                  table.incr("whole", -1);
                  table.incr("float", 0.5);
                  table.record("{0}", i, Labeller.PLACEHOLDER);
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) thread.join();

    assertThat(listing.recorded())
        .containsEntry("whole", 8 * 20_000 * 2L)
        .containsEntry("float", 80_000.0)
        .containsKey("median");
  }
}
