package io.zibrato.backends.librato;

import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.GaugeValue;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.TimerTotal;
import io.zibrato.librato.Measurement;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * A snapshot as what {@code POST /v1/metrics} takes.
 *
 * <p>All are gauges there, since Librato's counters are something else. A counter's value is what
 * it counted in the interval. A timer has count, sum, min and max, the last three in seconds; the
 * time of calls that sampling left untimed is taken to be that of the timed ones, so that sum
 * divided by count is the mean. A gauge value keeps its own second. Numbers are exact.
 */
final class LibratoEncoder {
  private static final int NANO_DIGITS = 9;

  private final LibratoNames names;
  private final List<String> percentiles;

  LibratoEncoder(LibratoNames names, List<String> percentiles) {
    this.names = names;
    this.percentiles = new ArrayList<>(percentiles);
  }

  /** How many of Librato's measurements one of ours may become. */
  int most() {
    return 1 + percentiles.size();
  }

  List<Measurement> encode(Snapshot snapshot) {
    List<Measurement> all = new ArrayList<>();
    long endSeconds = snapshot.endMillis() / 1000;
    int day = LibratoNames.day(snapshot);
    for (CounterTotal counter : snapshot.counters()) {
      LibratoNames.Name name = names.of(LibratoNames.COUNTER, counter.key(), day);
      all.add(at(Measurement.gauge(name.name(), counter.sum()), name, endSeconds));
    }
    for (TimerTotal timer : snapshot.timers()) timer(all, timer, endSeconds, day);
    for (GaugeValue gauge : snapshot.gauges()) {
      LibratoNames.Name name = names.of(LibratoNames.GAUGE, gauge.key(), day);
      BigDecimal value = plain(BigDecimal.valueOf(gauge.value()));
      long seconds = Math.floorDiv(gauge.epochMillis(), 1000L);
      all.add(at(Measurement.gauge(name.name(), value), name, seconds));
    }
    return all;
  }

  private void timer(List<Measurement> all, TimerTotal timer, long seconds, int day) {
    LibratoNames.Name name = names.of(LibratoNames.TIMER, timer.key(), day);
    Measurement summary = Measurement.summary(name.name(), timer.count(), sum(timer));
    if (timer.timed() > 0) {
      summary = summary.min(seconds(timer.leastNanos())).max(seconds(timer.mostNanos()));
    }
    all.add(at(summary, name, seconds));
    if (timer.timed() == 0) return;
    for (String percentile : percentiles) {
      LibratoNames.Name own = names.ofPercentile(percentile, timer.key(), day);
      all.add(at(Measurement.gauge(own.name(), quantile(timer, percentile)), own, seconds));
    }
  }

  private static BigDecimal quantile(TimerTotal timer, String percentile) {
    double nanos = timer.histogram().quantileNanos(Double.parseDouble(percentile) / 100);
    return seconds(Math.max(timer.leastNanos(), Math.min(timer.mostNanos(), Math.round(nanos))));
  }

  private static Measurement at(Measurement measurement, LibratoNames.Name name, long seconds) {
    Measurement timed = measurement.time(seconds);
    return name.source().isEmpty() ? timed : timed.source(name.source());
  }

  private static BigDecimal sum(TimerTotal timer) {
    long timed = timer.timed();
    if (timed == 0 || timed == timer.count()) return seconds(timer.sumNanos());
    BigDecimal nanos =
        BigDecimal.valueOf(timer.sumNanos())
            .multiply(BigDecimal.valueOf(timer.count()))
            .divide(BigDecimal.valueOf(timed), 0, RoundingMode.HALF_EVEN);
    return plain(new BigDecimal(nanos.toBigInteger(), NANO_DIGITS));
  }

  private static BigDecimal seconds(long nanos) {
    return plain(new BigDecimal(BigInteger.valueOf(nanos), NANO_DIGITS));
  }

  /** The same number in as few digits as it has. */
  private static BigDecimal plain(BigDecimal number) {
    return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
  }
}
