package io.zibrato.statvent;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.meter.Meters;
import io.zibrato.meter.Series;
import io.zibrato.meter.SeriesType;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListingTest {
  private final StatTable table = new StatTable();
  private final Listing listing = new Listing(table);

  private String text() {
    return new String(listing.bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void nothingRecorded_isFirstAndLastLine() {
    assertThat(text()).isEqualTo("#zibrato listing: 1\n#zibrato end: 0\n");
  }

  @Test
  void recorded_isGroupedByWhatItIs() {
    table.incr("orders", 42);
    table.incr("bytes sent", 123.45);
    table.set("users", 17);
    table.set("load", 0.1234565);
    table.record("q {0}", 3, Labeller.PLACEHOLDER);
    table.record("q {0}", 2, Labeller.PLACEHOLDER);
    table.incr("lost", Double.NaN);

    assertThat(text())
        .isEqualTo(
            """
            #zibrato listing: 1
            #zibrato incr: 2
            bytes sent: 123.450000
            orders: 42
            #zibrato set: 2
            load: 0.123456
            users: 17
            #zibrato window 2,3: 5
            q median: 2
            q 95th: 2
            q 99th: 2
            q 100th: 3
            q mean: 2.500000
            #zibrato lost: 1
            zibrato.statvent.lost.not-finite: 1
            #zibrato end: 10
            """);
  }

  @Test
  void windowBeforeItsFirstValue_isLeftOut() {
    table.incr("orders", 42);
    table.make("q {0}", Labeller.PLACEHOLDER);

    assertThat(text())
        .isEqualTo("#zibrato listing: 1\n#zibrato incr: 1\norders: 42\n#zibrato end: 1\n");
  }

  @Test
  void calculatorsOwn_areAGroupOfTheirOwn() {
    table.rules(sorted -> Map.of("size", sorted.size()), 10);
    table.record("q {0}", 2.5, Labeller.PLACEHOLDER);

    assertThat(text()).contains("#zibrato calculated: 1\nq size: 1\n");
  }

  @Test
  void meters_areListedByTheirSeries() {
    Meters meters = new Meters("here", 100, level -> false, 16);
    listing.add(meters);
    meters.counter(new Series("info", SeriesType.COUNTER, "c", "here")).increment(3);
    meters
        .counter(new Series("debug", SeriesType.COUNTER, "c", "there", Map.of("b", "2", "a", "1")))
        .increment(4);
    meters.gauge(new Series("info", SeriesType.GAUGE, "g", "here")).record(2.5);
    meters.gauge(new Series("info", SeriesType.GAUGE, "not yet", "here"));
    meters.timer(new Series("info", SeriesType.TIMER, "t", "here")).record(1_000_000);
    meters.timer(new Series("info", SeriesType.TIMER, "line\nbreak", "here"));

    assertThat(text())
        .startsWith(
            """
            #zibrato listing: 1
            #zibrato counter: 2
            c: 3
            debug|c@there[a=1,b=2]: 4
            #zibrato gauge: 1
            g: 2.500000
            #zibrato timer 0: 2
            line break.count: 0
            line break.seconds: 0.000000
            #zibrato timer 1000000 318:1: 7
            t.count: 1
            t.seconds: 0.001000
            t.median_ms: 0.9""")
        .endsWith("t.mean_ms: 1.000000\n#zibrato end: 12\n");

    listing.remove(meters);
    assertThat(text()).isEqualTo("#zibrato listing: 1\n#zibrato end: 0\n");
  }
}
