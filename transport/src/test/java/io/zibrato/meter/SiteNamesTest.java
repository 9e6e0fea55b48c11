package io.zibrato.meter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SiteNamesTest {
  private final Meters meters = new Meters("src", 10_000, "debug"::equals, 16);

  @Test
  void sites_areWovenOnesAndMetersWithoutOne() {
    Level debug = meters.level("debug");
    Series order = series("order");
    debug.site("com.example.Shop.order", order);
    debug.site("com.example.Shop.order", order);
    debug.site("com.example.Shop.reorder", order);
    meters.counter(order);
    meters.counter(series("byHand"));
    meters.counter(series("byHand"));

    assertThat(debug.sites())
        .containsExactly(
            "com.example.Shop.order counter order",
            "com.example.Shop.reorder counter order",
            "counter byHand");
    assertThat(debug.siteCount()).isEqualTo(3);
    assertThat(meters.level("info").sites()).isEmpty();
    assertThat(debug.wanted()).isFalse();
  }

  @Test
  void sites_areKeptUpToALimitAndCountedPastIt() {
    for (int i = 0; i < SiteNames.MAX_NAMES + 5; i++) meters.counter(series("c" + i));

    assertThat(meters.level("debug").sites()).hasSize(SiteNames.MAX_NAMES);
    assertThat(meters.level("debug").siteCount()).isEqualTo(SiteNames.MAX_NAMES + 5);
  }

  private static Series series(String name) {
    return new Series("debug", SeriesType.COUNTER, name, "src");
  }
}
