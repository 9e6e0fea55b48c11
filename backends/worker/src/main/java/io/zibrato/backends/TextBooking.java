package io.zibrato.backends;

import io.zibrato.meter.Histogram;
import io.zibrato.wire.TextMessage;
import java.util.function.Consumer;

/**
 * What a version 1 message adds. Nothing is cumulative there: each message counts once for each
 * time it comes, and one that is lost is lost.
 */
final class TextBooking {
  private static final long LAST_SECOND = 253_402_300_799L; // of the year 9999
  private static final double NANOS = 1e9;

  private final LossTally losses;

  TextBooking(LossTally losses) {
    this.losses = losses;
  }

  void book(TextMessage message, Consumer<Measurement> sink) {
    SeriesKey key = SeriesKey.of(message.series());
    double value = message.value();
    switch (message.type()) {
      case COUNTER -> {
        if (value != Math.rint(value)) losses.add(Loss.FRACTIONAL, 1, message::toString);
        else if (value < 0) losses.add(Loss.NEGATIVE, 1, message::toString);
        else if (value > 0) sink.accept(new CounterTotal(key, (long) value));
      }
      case TIMER -> {
        long nanos = Math.round(value * NANOS);
        if (value < 0) losses.add(Loss.NEGATIVE, 1, message::toString);
        else sink.accept(new TimerTotal(key, 1, nanos, nanos, nanos, Histogram.ofOne(nanos)));
      }
      case GAUGE -> {
        long second = Math.max(0, Math.min(message.epochSeconds(), LAST_SECOND));
        sink.accept(new GaugeValue(key, second * 1000, value));
      }
    }
  }
}
