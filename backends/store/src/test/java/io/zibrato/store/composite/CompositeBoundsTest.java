package io.zibrato.store.composite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of every composite, and what none may cost. */
class CompositeBoundsTest {
  private static final Window DAY = new Window(0, 86_399, 60);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void sum_ofScaledIsTheScaledSum(long seed) throws Exception {
    final KeptSeries kept = random(seed);

    equal(
        kept.evaluate("sum(scale(s(\"a\",\"*\"),{factor:\"0.37\"}))", DAY),
        kept.evaluate("scale(sum(s(\"a\",\"*\")),{factor:\"0.37\"})", DAY));
    equal(
        kept.evaluate("subtract([sum(s(\"a\",\"*\")), sum(s(\"b\",\"*\"))])", DAY),
        kept.evaluate(
            "scale(subtract([sum(s(\"b\",\"*\")), sum(s(\"a\",\"*\"))]),{factor:-1})", DAY));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void derive_undoesIntegrate(long seed) throws Exception {
    final KeptSeries kept = random(seed);
    final List<Series> plain = kept.evaluate("s(\"a\",\"*\")", DAY);
    final List<Series> undone = kept.evaluate("derive(integrate(s(\"a\",\"*\")))", DAY);

    for (int i = 0; i < plain.size(); i++) {
      final Series one = plain.get(i);
      final int from = Math.min(1, one.size());
      equal(
          List.of(
              one.with(
                  Arrays.copyOfRange(one.times(), from, one.size()),
                  Arrays.copyOfRange(one.values(), from, one.size()))),
          List.of(undone.get(i)));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void mean_liesBetweenMinAndMaxAndIsTheSumByTheNumber(long seed) throws Exception {
    final KeptSeries kept = random(seed);
    final Series min = kept.evaluate("min(s(\"a\",\"*\"))", DAY).get(0);
    final Series mean = kept.evaluate("mean(s(\"a\",\"*\"))", DAY).get(0);
    final Series max = kept.evaluate("max(s(\"a\",\"*\"))", DAY).get(0);

    for (int i = 0; i < mean.size(); i++) {
      assertThat(mean.values()[i]).isBetween(min.values()[i] - 1e-9, max.values()[i] + 1e-9);
    }
    equal(
        kept.evaluate("mean(zero_fill(s(\"a\",\"*\")))", DAY),
        kept.evaluate("scale(sum(zero_fill(s(\"a\",\"*\"))),{factor:\"1/5\"})", DAY));
  }

  private static KeptSeries random(long seed) {
    final Random random = new Random(seed);
    final KeptSeries kept = new KeptSeries();
    for (int source = 0; source < 5; source++) {
      for (final String metric : List.of("a", "b")) {
        kept.gauge(
            metric,
            "s" + source,
            DoubleStream.generate(
                    () -> random.nextInt(4) == 0 ? Double.NaN : random.nextGaussian() * 1000)
                .limit(random.nextInt(200))
                .toArray());
      }
    }
    return kept;
  }

  private static void equal(List<Series> left, List<Series> right) {
    assertThat(left).hasSameSizeAs(right);
    for (int i = 0; i < left.size(); i++) {
      assertThat(left.get(i).times()).isEqualTo(right.get(i).times());
      assertThat(left.get(i).values()).containsExactly(right.get(i).values(), Offset.offset(1e-6));
    }
  }

  @Test
  void evaluate_boundsNestedShifts() {
    final String shifts = "0," + "1,".repeat(30) + "2d";
    final StringBuilder text = new StringBuilder("s(\"none\",\"*\")");
    for (int i = 0; i < 20; i++) {
      text.insert(0, "timeshift(\"" + shifts + "\",").append(')');
    }

    assertThatThrownBy(() -> new KeptSeries().evaluate(text.toString()))
        .isInstanceOf(CompositeException.class)
        .hasMessage("computes more than 10000 functions");
  }

  @Test
  void evaluate_boundsWhatIsRead() {
    final KeptSeries many = new KeptSeries();
    for (int i = 0; i < 10_001; i++) {
      many.tagged("a", Map.of("host", "h" + i), 1);
    }
    final KeptSeries large = new KeptSeries().gauge("a", "x", new double[1_000_001]);

    assertThatThrownBy(() -> many.evaluate("sum(s(\"a\",\"*\"))"))
        .hasMessage("reads more than 10000 series");
    assertThatThrownBy(() -> large.evaluate("sum(s(\"a\",\"*\"))", new Window(0, 1L << 40, 1)))
        .hasMessageStartingWith("reads more than 1000000 points");
  }

  @Test
  void evaluate_boundsWhatIsComputed() {
    final KeptSeries kept = new KeptSeries().gauge("a", "x", new double[500_000]);
    final String window = "window(s(\"a\",\"*\"),{size:\"64\"})";
    final String all = "sum([" + String.join(",", Collections.nCopies(30, window)) + "])";

    assertThatThrownBy(() -> kept.evaluate(all, new Window(0, 1L << 40, 1)))
        .hasMessage("computes more than 50000000 points");
  }

  @Test
  void evaluate_boundsWhatIsAnswered() {
    final KeptSeries kept = new KeptSeries().gauge("a", "x", new double[1000]);
    final String all = "[" + String.join(",", Collections.nCopies(300, "s(\"a\",\"*\")")) + "]";

    assertThatThrownBy(() -> kept.evaluate(all, DAY))
        .hasMessageStartingWith("comes to more than 10000 series or 250000 points");
  }

  @Test
  void fill_boundsTheTimeItFills() {
    final KeptSeries kept = new KeptSeries().gauge("a", "x", 1);

    assertThatThrownBy(
            () -> kept.evaluate("zero_fill(s(\"a\",\"*\"))", new Window(0, 99_999_999_999L, 1)))
        .hasMessage("fills more than 1000000 points");
  }

  @Test
  void groupBy_ofManyGroupsIsBounded() {
    final KeptSeries kept = new KeptSeries();
    for (int i = 0; i < 9000; i++) {
      kept.tagged("a", Map.of("host", "h" + i), 1);
    }

    assertThatThrownBy(() -> kept.evaluate("group_by(\"host\", sum(s(\"a\",{})))"))
        .isInstanceOf(CompositeException.class)
        .hasMessageStartingWith("computes more than");
  }
}
