package io.zibrato;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zibrato.meter.Counter;
import io.zibrato.meter.Meter;
import io.zibrato.meter.Series;
import io.zibrato.meter.SeriesType;
import io.zibrato.meter.Timer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ZibratoTest {
  private final Zibrato zibrato =
      Zibrato.builder().host("127.0.0.1").port(1).source("web1").maxSeries(50).build();

  @AfterEach
  void close() {
    zibrato.close();
  }

  @Test
  void nothing_startsBeforeTheFirstMeter() {
    assertThat(publisherThreads()).isZero();
    zibrato.levels();
    assertThat(publisherThreads()).isZero();

    zibrato.counter("info", "hits");

    assertThat(publisherThreads()).isEqualTo(1);
  }

  @Test
  void nothing_startsWhenDisabled() {
    try (Zibrato disabled = Zibrato.builder().enabled(false).build()) {
      Counter counter = disabled.counter("info", "hits");
      counter.increment();

      assertThat(counter.sum()).isZero();
      assertThat(publisherThreads()).isZero();
    }
  }

  @Test
  void meter_isFoundAgainByLevelAndName() {
    assertThat(zibrato.counter("info", "a")).isSameAs(zibrato.counter("info", "a"));
    assertThat(zibrato.counter("info", "a")).isNotSameAs(zibrato.counter("warn", "a"));
    assertThat(zibrato.timer("info", "a")).isSameAs(zibrato.timer("info", "a", ""));
    assertThat(zibrato.gauge("info", "a").series())
        .isEqualTo(new Series("info", SeriesType.GAUGE, "a", "web1"));
    assertThat(zibrato.counter("info", "a", "db1", "k=v").series())
        .isEqualTo(new Series("info", SeriesType.COUNTER, "a", "db1", Map.of("k", "v")));
  }

  @Test
  void blocks_countAndTimeOnceHoweverTheyEnd() {
    Counter counter = zibrato.counter("info", "c");
    Timer timer = zibrato.timer("info", "t");

    assertThatThrownBy(
            () -> {
              try (var c = zibrato.countMe("info", "c", 4);
                  var t = zibrato.timeMe("info", "t")) {
                assertThat(c).isNotNull();
                assertThat(t).isNotNull();
                throw new IllegalStateException("as asked");
              }
            })
        .hasMessage("as asked");

    assertThat(counter.sum()).isEqualTo(4);
    assertThat(timer.count()).isEqualTo(1);
    CountedBlock counted = zibrato.countMe("info", "c");
    counted.close();
    counted.close();
    TimedBlock timed = zibrato.timeMe("info", "t");
    timed.close();
    timed.close();
    assertThat(counter.sum()).isEqualTo(5);
    assertThat(timer.count()).isEqualTo(2);
  }

  @Test
  void arguments_thatAreNoneAreNamed() {
    assertThatThrownBy(() -> zibrato.counter(null, "a")).hasMessage("level == null");
    assertThatThrownBy(() -> zibrato.counter("info", null)).hasMessage("name == null");
    assertThatThrownBy(() -> zibrato.counter("info", "a", null)).hasMessage("source == null");
    assertThatThrownBy(() -> zibrato.timer("", "a")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> zibrato.timer("info", "a", "", "tag"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"tag\"");
  }

  @Test
  void endlessNames_areBounded() {
    for (int i = 0; i < 1_000; i++) zibrato.counter("info", "c" + i).increment();

    List<Meter> meters = zibrato.meters().from(0);
    assertThat(meters).hasSize(51);
    assertThat(meters.stream().mapToLong(meter -> ((Counter) meter).sum()).sum()).isEqualTo(1_000);
  }

  @Test
  void close_twice() {
    zibrato.counter("info", "hits");
    zibrato.close();
    zibrato.close();

    zibrato.counter("info", "hits").increment();
    assertThat(publisherThreads()).isZero();
  }

  private static long publisherThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("zibrato-publisher"))
        .count();
  }
}
