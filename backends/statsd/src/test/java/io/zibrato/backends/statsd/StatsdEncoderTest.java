package io.zibrato.backends.statsd;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.GaugeValue;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.TimerTotal;
import io.zibrato.meter.Histogram;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatsdEncoderTest {
  private Dialect dialect = Dialect.STATSD;
  private boolean tcp;
  private int mtu = 1432;
  private String prefix = "";

  private List<String> encode(Snapshot snapshot) {
    StatsdOptions options =
        new StatsdOptions(
            tcp,
            "127.0.0.1",
            1,
            dialect,
            dialect == Dialect.STATSD ? "ms" : "d",
            4,
            mtu,
            1000,
            prefix,
            "{source}.{name}",
            true,
            Duration.ofSeconds(1));
    return new StatsdEncoder(options)
        .encode(snapshot).stream()
            .map(packet -> new String(packet, StandardCharsets.US_ASCII))
            .toList();
  }

  private static Snapshot counters(CounterTotal... counters) {
    return new Snapshot(1, 0, 1000, List.of(counters), List.of(), List.of());
  }

  private static Snapshot gauges(GaugeValue... gauges) {
    return new Snapshot(1, 0, 1000, List.of(), List.of(), List.of(gauges));
  }

  private static Snapshot timers(TimerTotal... timers) {
    return new Snapshot(1, 0, 1000, List.of(), List.of(timers), List.of());
  }

  @Test
  void encode_counters() {
    assertThat(
            encode(
                counters(
                    new CounterTotal(new SeriesKey("orders", "web1", Map.of("shop", "main")), 3),
                    new CounterTotal(new SeriesKey("n", "s"), Long.MAX_VALUE))))
        .containsExactly("web1.orders._.shop.main:3|c\ns.n:9223372036854775807|c");
  }

  @Test
  void encode_countersWithTags() {
    dialect = Dialect.DOGSTATSD;
    prefix = "shop";

    assertThat(
            encode(
                counters(
                    new CounterTotal(
                        new SeriesKey("orders", "web1", Map.of("zone", "eu", "a", "b")), 3),
                    new CounterTotal(new SeriesKey("n", ""), 0))))
        .containsExactly("shop.orders:3|c|#source:web1,a:b,zone:eu\nshop.n:0|c");
  }

  @Test
  void encode_timers() {
    Histogram histogram = Histogram.ofOne(1_000_000).plus(Histogram.ofOne(3_500_000));
    TimerTotal timer =
        new TimerTotal(new SeriesKey("t", "s"), 2, 4_500_000, 1_000_000, 3_500_000, histogram);
    TimerTotal many =
        new TimerTotal(
            new SeriesKey("m", "s"), 17, 17_000, 1000, 1000, Histogram.ofBucket(159, 17));

    assertThat(encode(timers(timer))).containsExactly("s.t:1|ms\ns.t:3.5|ms");
    assertThat(encode(timers(many)).get(0).split("\n"))
        .containsExactly(
            "s.m:0.001|ms|@0.25",
            "s.m:0.001|ms|@0.25",
            "s.m:0.001|ms|@0.25",
            "s.m:0.001|ms|@0.25",
            "s.m:0.001|ms");
    dialect = Dialect.DOGSTATSD;
    assertThat(encode(timers(timer)))
        .containsExactly("t.time:1|d|#source:s\nt.time:3.5|d|#source:s");
    assertThat(encode(timers(many)).get(0)).startsWith("m.time:0.001|d|@0.25|#source:s\n");
  }

  @Test
  void encode_untimedCallsAreCounted() {
    TimerTotal untimed = new TimerTotal(new SeriesKey("t", "s"), 3, 0, 0, 0, Histogram.EMPTY);

    assertThat(encode(timers(untimed))).containsExactly("s.t.untimed:3|c");
    dialect = Dialect.DOGSTATSD;
    assertThat(encode(timers(untimed))).containsExactly("t.untimed:3|c|#source:s");
  }

  @ParameterizedTest
  @CsvSource({
    "0, s.g:0|g",
    "-0.0, s.g:0|g",
    "4.50, s.g:4.5|g",
    "100, s.g:100|g",
    "1e21, s.g:1000000000000000000000|g",
    "-2.5, 's.g:0|g\ns.g:-2.5|g'"
  })
  void encode_gauge(double value, String lines) {
    assertThat(encode(gauges(new GaugeValue(new SeriesKey("g", "s"), 1, value))))
        .containsExactly(lines);
  }

  @Test
  void encode_theLastOfAGaugesValues() {
    SeriesKey key = new SeriesKey("g", "s");

    assertThat(
            encode(
                gauges(
                    new GaugeValue(key, 5, 1),
                    new GaugeValue(key, 9, 2),
                    new GaugeValue(key, 7, 3))))
        .containsExactly("s.g:2|g");
  }

  @Test
  void encode_fillsPacketsToTheMtu() {
    mtu = 256;
    List<CounterTotal> counters = new ArrayList<>();
    for (int i = 0; i < 200; i++) counters.add(new CounterTotal(new SeriesKey("name" + i, "s"), i));
    Snapshot snapshot = counters(counters.toArray(CounterTotal[]::new));

    List<String> packets = encode(snapshot);
    tcp = true;
    List<String> stream = encode(snapshot);

    assertThat(packets).allMatch(packet -> packet.length() <= 256 && !packet.endsWith("\n"));
    assertThat(packets.subList(0, packets.size() - 1)).allMatch(packet -> packet.length() > 238);
    assertThat(stream).allMatch(packet -> packet.length() <= 256 && packet.endsWith("\n"));
    assertThat(StatsdReader.lines(String.join("\n", packets))).hasSize(200);
    assertThat(StatsdReader.lines(String.join("", stream))).hasSize(200);
  }

  @Test
  void encode_keepsTheZeroBeforeANegativeGauge() {
    mtu = 256;
    List<GaugeValue> gauges = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      gauges.add(new GaugeValue(new SeriesKey("gauge" + i, "s"), 1, -1 - i));
    }

    for (String packet : encode(gauges(gauges.toArray(GaugeValue[]::new)))) {
      assertThat(packet).matches("(?s)\\S+:0\\|g\n.*");
      assertThat(packet).matches("(?s).*:-\\d+\\|g");
    }
  }
}
