package io.zibrato.backends.statvent;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.meter.Histogram;
import io.zibrato.meter.TimerReading;
import io.zibrato.statvent.Group;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ListingParserTest {
  private static Listing parse(String text) {
    return ListingParser.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void foreign_isNamesAndNumbers() {
    Listing listing =
        parse("a.b: 42\nMy Nice Stat: 123.450000\nanother[one]: 0\nc: d: -7\ne: 1e3\n: 5\n");

    assertThat(listing.ours()).isFalse();
    assertThat(listing.complete()).isTrue();
    assertThat(listing.lines())
        .isEqualTo(
            Map.of(
                "a.b",
                42L,
                "My Nice Stat",
                123.45,
                "another[one]",
                0L,
                "c: d",
                -7L,
                "e",
                1000.0,
                "",
                5L));
  }

  @Test
  void foreign_whatIsNoNumberIsSkippedAndCounted() {
    Listing listing =
        parse("a: 1\nno number: x\nno colon\nnan: nan\n\ninf: inf\nhex: 0x1p3\na: 2\n");

    assertThat(listing.lines()).isEqualTo(Map.of("a", 3L));
    assertThat(listing.skipped()).isEqualTo(5);
  }

  /** As the original's service has it. */
  @Test
  void spacesAroundAName_areNoPartOfIt() {
    assertThat(parse(" a: 1\na : 2\na b: 3\n").lines()).isEqualTo(Map.of("a", 3L, "a b", 3L));
  }

  @Test
  void foreign_lastLineThatDoesNotEndIsSkipped() {
    assertThat(parse("a: 1\nb: 12").lines()).isEqualTo(Map.of("a", 1L));
    assertThat(parse("a: 1\nb: 12").skipped()).isEqualTo(1);
    assertThat(parse("a: 1\nb").skipped()).isEqualTo(1);
    assertThat(parse("#zibrato listing: 1\n#zibrato end: 0").complete()).isTrue();
  }

  @Test
  @Timeout(20)
  void foreign_longNamesAndNumbersCostNoMoreThanTheirLength() {
    int length = 1_000_000;
    Listing listing =
        parse(
            "median".repeat(length) + ": 1\nn: " + "1".repeat(length) + "x\nm: 1." + "0".repeat(9));

    assertThat(listing.told()).hasSize(1);
    assertThat(listing.skipped()).isEqualTo(2);
    assertThat(parse("n: " + "1".repeat(2000) + ".5\n").skipped()).isEqualTo(1);
    assertThat(Numbers.parse("7.")).isEqualTo(7.0);
    assertThat(Numbers.parse("7.e1")).isEqualTo(70.0);
  }

  @Test
  void foreign_numbersMayBeLong() {
    assertThat(parse("a: 123456789012345678901234567890\n").lines())
        .isEqualTo(Map.of("a", new BigInteger("123456789012345678901234567890")));
  }

  @Test
  void foreign_allFiveLabelsTogetherAreCalculated() {
    Listing listing =
        parse(
            "q median ms: 1\nq 95th ms: 2\nq 99th ms: 3\nq 100th ms: 4\nq mean ms: 2.5\n"
                + "median income: 7\nthe mean: 3\n");

    assertThat(listing.told())
        .contains(
            new Told.Apart("q 99th ms", 3L, ListingParser.NOT_TOLD),
            new Told.Apart("q mean ms", 2.5, ListingParser.NOT_TOLD),
            new Told.Plain(Optional.empty(), "median income", 7L),
            new Told.Plain(Optional.empty(), "the mean", 3L));
  }

  @Test
  void ours_isReadByGroups() {
    Listing listing =
        parse(
            """
            #zibrato listing: 1
            #zibrato incr: 2
            #zibrato end: 5
            orders: 42
            #zibrato window 3,1.5: 5
            q median: 1.500000
            q 95th: 1.500000
            q 99th: 1.500000
            q 100th: 3.000000
            q mean: 2.250000
            #zibrato calculated: 1
            own: 7
            #zibrato timer 1000 -1:3,160:20: 7
            t.count: 24
            t.seconds: 0.000001
            t.median_ms: 1.0
            t.95th_ms: 1.0
            t.99th_ms: 1.0
            t.100th_ms: 1.0
            t.mean_ms: 1.0
            #zibrato counter: 1
            c: 9
            #zibrato of a later version: 1
            d: 1
            #zibrato end: 17
            """);

    assertThat(listing.ours()).isTrue();
    assertThat(listing.complete()).isTrue();
    assertThat(listing.told())
        .containsExactly(
            new Told.Plain(Optional.of(Group.INCR), "#zibrato end", 5L),
            new Told.Plain(Optional.of(Group.INCR), "orders", 42L),
            new Told.Window(
                List.of("q median", "q 95th", "q 99th", "q 100th", "q mean"), List.of(1.5, 3L)),
            new Told.Apart("own", 7L, ListingParser.OWN_RULE),
            new Told.Timer(
                "t",
                new TimerReading(
                    24, 1000, Histogram.of(new int[] {-1, 160}, new long[] {3, 20}, 2))),
            new Told.Plain(Optional.of(Group.COUNTER), "c", 9L),
            new Told.Plain(Optional.empty(), "d", 1L));
  }

  @Test
  void ours_withoutItsLastLineIsIncomplete() {
    assertThat(parse("#zibrato listing: 1\n#zibrato incr: 2\na: 1\n").complete()).isFalse();
    assertThat(parse("#zibrato listing: 1\n#zibrato incr: 1\na: 1\n#zibrato end: 2\n").complete())
        .isFalse();
    assertThat(parse("#zibrato listing: 1\n#zibrato incr: 1\na: 1\n#zibrato end: 1\n").complete())
        .isTrue();
  }

  @Test
  void windowWithoutValuesOrBeyondFloats_isNotTaken() {
    String members = "q median: 1\nq 95th: 2\nq 99th: 3\nq 100th: 4\nq mean: 5\n";
    for (String values : List.of(",", "", "1.5,1" + "0".repeat(400))) {
      assertThat(parse("#zibrato listing: 1\n#zibrato window " + values + ": 5\n" + members).told())
          .as(values)
          .hasSize(5)
          .allMatch(Told.Apart.class::isInstance);
    }
  }

  @Test
  void damagedGroups_areTakenAsTheyStand() {
    String start = "#zibrato listing: 1\n";
    for (String group :
        List.of(
            "#zibrato window 1,x: 1\na: 1\n",
            "#zibrato window 1: 1\na: 1\n",
            "#zibrato window ,: 1\na: 1\n",
            "#zibrato timer x: 1\na.count: 1\n",
            "#zibrato timer 5 3:1,2:1: 1\na.count: 1\n",
            "#zibrato timer 5 99999:1: 1\na.count: 1\n",
            "#zibrato timer 5 3: 1\na.count: 1\n",
            "#zibrato timer 5: 1\na: 1\n")) {
      assertThat(parse(start + group).told())
          .as(group)
          .hasSize(1)
          .first()
          .isInstanceOf(Told.Apart.class);
    }
    assertThat(parse(start + "#zibrato incr: 99999999999\na: 1\n").told()).hasSize(1);
    assertThat(parse(start + "#zibrato incr: -5\nx\n").told()).isEmpty();
  }
}
