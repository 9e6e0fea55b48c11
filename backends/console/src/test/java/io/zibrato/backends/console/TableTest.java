package io.zibrato.backends.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.GaugeValue;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.TimerTotal;
import io.zibrato.meter.Histogram;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableTest {
  private static final long SECOND = 1_000_000_000L;

  private final LiveRows rows = new LiveRows(Duration.ofSeconds(10), 0);

  @Test
  void rows_countSinceTheBeginningAndRateWithinTheWindow() {
    for (int second = 1; second <= 30; second++) rows.add(counter("hits", 50), second * SECOND);

    Row row = rows.sorted(Order.RATE, 30 * SECOND + 1).get(0);
    assertThat(row.count()).isEqualTo(1500);
    assertThat(row.rate()).isEqualTo(50);
    Row later = rows.sorted(Order.RATE, 60 * SECOND).get(0);
    assertThat(later.count()).isEqualTo(1500);
    assertThat(later.rate()).isZero();
  }

  @Test
  void rate_isOfTheTimeSinceTheBeginningWhileThatIsShorter() {
    rows.add(counter("hits", 50), SECOND);
    rows.add(counter("hits", 50), 2 * SECOND);

    assertThat(rows.sorted(Order.RATE, 2 * SECOND).get(0).rate()).isEqualTo(50);
  }

  @Test
  void rate_isOfTheLastIntervalWhileThatIsLongerThanTheWindow() {
    rows.add(counter("hits", 6000, 60), 60 * SECOND);
    for (int second = 60; second < 120; second++) {
      assertThat(rows.sorted(Order.RATE, second * SECOND).get(0).rate()).isEqualTo(100);
    }
    rows.add(counter("hits", 3000, 60), 120 * SECOND);

    assertThat(rows.sorted(Order.RATE, 120 * SECOND).get(0).rate()).isEqualTo(50);
    assertThat(rows.sorted(Order.RATE, 195 * SECOND).get(0).rate()).isZero();
  }

  @Test
  void rate_countsOfAnIntervalWhatIsWithinTheWindow() {
    for (int i = 1; i <= 5; i++) rows.add(counter("hits", 30, 3), 3 * i * SECOND);

    assertThat(rows.sorted(Order.RATE, 15 * SECOND).get(0).rate()).isEqualTo(10);
    assertThat(rows.sorted(Order.RATE, 17 * SECOND).get(0).rate()).isEqualTo(10);
  }

  @Test
  void rate_isSteadyThoughIntervalsComeSoonerOrLater() {
    long early = SECOND / 50;
    for (int second = 1; second <= 30; second++) {
      rows.add(counter("hits", 50, 1), second * SECOND - second % 2 * early);

      double rate = rows.sorted(Order.RATE, second * SECOND).get(0).rate();
      assertThat(rate).isBetween(49.0, 51.1);
    }
  }

  @Test
  void percentiles_areOfTheLastIntervalWhileThatIsLongerThanTheWindow() {
    rows.add(timer("t", 4_000_000L, 60), 60 * SECOND);

    assertThat(rows.sorted(Order.P99, 119 * SECOND).get(0).p99()).isBetween(0.0038, 0.0042);
    assertThat(rows.sorted(Order.P99, 195 * SECOND).get(0).p99()).isNegative();
  }

  @Test
  void percentiles_areOfTheWindow() {
    rows.add(timer("t", 4_000_000_000L), SECOND);
    assertThat(rows.sorted(Order.P99, SECOND).get(0).p99()).isBetween(3.8, 4.2);
    rows.add(timer("t", 4_000_000L), 11 * SECOND);

    Row row = rows.sorted(Order.P99, 11 * SECOND).get(0);
    assertThat(row.p99()).isBetween(0.0038, 0.0042);
    assertThat(row.value()).isEqualTo(0.004);
    assertThat(row.mostNanos()).isEqualTo(4_000_000L);
    assertThat(row.count()).isEqualTo(2);
  }

  @Test
  void rows_sort() {
    rows.add(counter("b", 7), SECOND);
    rows.add(counter("a", 7), SECOND);
    rows.add(counter("c", 9), SECOND);
    rows.add(timer("d", 5), SECOND);

    assertThat(rows.sorted(Order.RATE, SECOND))
        .extracting(Row::label)
        .containsExactly("c", "a", "b", "d");
    assertThat(rows.sorted(Order.NAME, SECOND))
        .extracting(Row::label)
        .containsExactly("a", "b", "c", "d");
    assertThat(rows.sorted(Order.P99, SECOND)).extracting(Row::label).startsWith("d");
  }

  @Test
  void rows_forgetTheLongestSilent() {
    for (int i = 0; i <= LiveRows.MOST; i++) {
      rows.add(counter("n" + i, 1), SECOND);
      rows.add(counter("n0", 1), SECOND);
    }

    assertThat(rows.forgotten()).isEqualTo(1);
    assertThat(rows.sorted(Order.NAME, SECOND))
        .hasSize(LiveRows.MOST)
        .extracting(Row::label)
        .contains("n0", "n2")
        .doesNotContain("n1");
  }

  @Test
  void lines_fillAnySize() {
    rows.add(counter("\u001b[2J\u202e\u4e2d\u6587\ud800" + "n".repeat(250), 1), SECOND);
    rows.add(timer("t", 5), SECOND);
    SeriesKey gauge = new SeriesKey("g", "s", Map.of("k", "v"));
    rows.add(
        new Snapshot(1, 0, 1, List.of(), List.of(), List.of(new GaugeValue(gauge, 1, -1e300))),
        SECOND);
    List<Row> sorted = rows.sorted(Order.NAME, SECOND);

    for (int width = 1; width < 200; width++) {
      for (int height = 1; height < 6; height++) {
        List<String> lines = Table.lines(sorted, width, height);
        assertThat(lines).hasSize(Math.min(height, 4));
        for (String line : lines) {
          assertThat(line).isEqualTo(Text.fit(line, width)).doesNotContain("\u001b", "\u202e");
        }
      }
    }
    List<String> lines = Table.lines(sorted, 160, 9);
    assertThat(lines.get(0)).matches("series +source +count +per s +value +p50 +p95 +p99 +max");
    assertThat(lines).anyMatch(line -> line.matches("t +s +1 +1\\.00 +5\\.00 ns .* ns"));
    assertThat(lines).anyMatch(line -> line.matches("g k=v +s +1 +1\\.00 +-1\\.00e\\+300 +"));
  }

  @Test
  void lines_leaveColumnsOutWhereThereIsNoRoom() {
    rows.add(counter("hits", 1_234_567), SECOND);

    List<String> lines = Table.lines(rows.sorted(Order.NAME, SECOND), 50, 9);
    assertThat(lines.get(0)).matches("series +count +per s");
    assertThat(lines.get(1)).matches("hits +1,234,567 +1,234,567");
  }

  @Test
  void fit_countsColumns() {
    assertThat(Text.fit("\u4e2d\u6587", 5)).isEqualTo("\u4e2d\u6587 ");
    assertThat(Text.fit("\u4e2d\u6587", 3)).isEqualTo("\u4e2d ");
    assertThat(Text.fit("\ud83d\ude00a", 2)).isEqualTo("\ud83d\ude00");
    assertThat(Text.fit("\uff76\uffb1", 3)).isEqualTo("\uff76\uffb1 "); // halves
    assertThat(Text.fit("a\nb\r", 6)).isEqualTo("a\ufffdb\ufffd  ");
  }

  @Test
  void numbers_haveThreeDigits() {
    assertThat(Text.seconds(0.0123)).isEqualTo("12.3 ms");
    assertThat(Text.seconds(1.5)).isEqualTo("1.50 s");
    assertThat(Text.seconds(250e-9)).isEqualTo("250 ns");
    assertThat(Text.seconds(0)).isEqualTo("0 ns");
    assertThat(Text.number(99.96)).isEqualTo("100");
    assertThat(Text.number(-1234.4)).isEqualTo("-1,234");
    assertThat(Text.number(Double.NaN)).isEmpty();
  }

  @Test
  void terminal_readsItsSize() {
    assertThat(Terminal.size("30 120\n")).isEqualTo(new Terminal.Size(120, 30));
    assertThat(Terminal.size("0 0\n")).isEqualTo(Terminal.Size.USUAL);
    assertThat(Terminal.size("stty: what")).isEqualTo(Terminal.Size.USUAL);
    assertThat(Terminal.size("")).isEqualTo(Terminal.Size.USUAL);
  }

  private static Snapshot counter(String name, long sum) {
    return counter(name, sum, 1);
  }

  private static Snapshot counter(String name, long sum, long seconds) {
    return new Snapshot(
        1,
        0,
        1000 * seconds,
        List.of(new CounterTotal(new SeriesKey(name, "s"), sum)),
        List.of(),
        List.of());
  }

  private static Snapshot timer(String name, long nanos) {
    return timer(name, nanos, 1);
  }

  private static Snapshot timer(String name, long nanos, long seconds) {
    TimerTotal timer =
        new TimerTotal(new SeriesKey(name, "s"), 1, nanos, nanos, nanos, Histogram.ofOne(nanos));
    return new Snapshot(1, 0, 1000 * seconds, List.of(), List.of(timer), List.of());
  }
}
