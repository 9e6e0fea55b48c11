package io.zibrato.backends;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.meter.Histogram;
import io.zibrato.meter.SeriesType;
import io.zibrato.wire.TextMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextBookingTest {
  private final LossTally losses = new LossTally();
  private final TextBooking booking = new TextBooking(losses);
  private final List<Measurement> booked = new ArrayList<>();
  private final SeriesKey key = new SeriesKey("n", "s");

  @Test
  void counter_addsItsValueEachTime() {
    book(SeriesType.COUNTER, 3);
    book(SeriesType.COUNTER, 3);
    book(SeriesType.COUNTER, 0);

    assertThat(booked).containsExactly(new CounterTotal(key, 3), new CounterTotal(key, 3));
  }

  @Test
  void counter_mustBeWhole() {
    book(SeriesType.COUNTER, 1.5);
    book(SeriesType.COUNTER, -1);

    assertThat(booked).isEmpty();
    assertThat(losses.count(Loss.FRACTIONAL)).isEqualTo(1);
    assertThat(losses.count(Loss.NEGATIVE)).isEqualTo(1);
  }

  @Test
  void timer_isInSeconds() {
    book(SeriesType.TIMER, 0.0015);

    long nanos = 1_500_000;
    assertThat(booked)
        .containsExactly(new TimerTotal(key, 1, nanos, nanos, nanos, Histogram.ofOne(nanos)));
  }

  @Test
  void timer_isNotNegative() {
    book(SeriesType.TIMER, -1);

    assertThat(booked).isEmpty();
    assertThat(losses.count(Loss.NEGATIVE)).isEqualTo(1);
  }

  @Test
  void gauge_keepsItsTime() {
    book(SeriesType.GAUGE, -2.5);

    assertThat(booked).containsExactly(new GaugeValue(key, 1_700_000_000_000L, -2.5));
  }

  @Test
  void gauge_survivesAnyTime() {
    for (long second : new long[] {Long.MIN_VALUE, -1, Long.MAX_VALUE}) {
      booking.book(new TextMessage("info", SeriesType.GAUGE, "n", 1, second, "s"), booked::add);
    }

    assertThat(booked)
        .allSatisfy(each -> assertThat(((GaugeValue) each).epochMillis()).isNotNegative());
  }

  private void book(SeriesType type, double value) {
    booking.book(new TextMessage("info", type, "n", value, 1_700_000_000L, "s"), booked::add);
  }
}
