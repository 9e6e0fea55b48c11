package io.zibrato.backends.influx;

import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.GaugeValue;
import io.zibrato.backends.RefusedException;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.TimerTotal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * A snapshot in the line protocol, a line each.
 *
 * <p>A counter has the field {@code count}, what it counted in the interval. A timer has {@code
 * calls}, and {@code sum_ns}, {@code min_ns}, {@code max_ns} and percentiles such as {@code
 * p99_9_ns}, all whole nanoseconds; the time of calls that sampling left untimed is taken to be
 * that of the timed ones, so that sum divided by calls is the mean. A gauge has {@code value}. No
 * two kinds share a field, so that those of one name can share a point.
 */
final class LineEncoder {
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  private final PointKey keys;
  private final PointTimes times;
  private final List<String> percentiles;

  LineEncoder(Map<String, String> tags, PointTimes times, List<String> percentiles) {
    this.keys = new PointKey(tags);
    this.times = times;
    this.percentiles = List.copyOf(percentiles);
  }

  String encode(Snapshot snapshot) throws RefusedException {
    StringBuilder lines = new StringBuilder();
    long time = times.of(snapshot);
    for (CounterTotal counter : snapshot.counters()) {
      lines.append(keys.of(counter.key())).append(" count=").append(counter.sum()).append('i');
      end(lines, time);
    }
    for (TimerTotal timer : snapshot.timers()) {
      lines.append(keys.of(timer.key())).append(" calls=").append(timer.count()).append('i');
      if (timer.timed() > 0) timed(lines, timer);
      end(lines, time);
    }
    for (GaugeValue gauge : snapshot.gauges()) {
      lines.append(keys.of(gauge.key())).append(" value=").append(gauge.value());
      end(lines, PointTimes.of(gauge));
    }
    return lines.toString();
  }

  private static void end(StringBuilder lines, long time) {
    lines.append(' ').append(time).append('\n');
  }

  private void timed(StringBuilder lines, TimerTotal timer) {
    nanos(lines, "sum", sum(timer));
    nanos(lines, "min", timer.leastNanos());
    nanos(lines, "max", timer.mostNanos());
    for (String percentile : percentiles) {
      double nanos = timer.histogram().quantileNanos(Double.parseDouble(percentile) / 100);
      long within = Math.max(timer.leastNanos(), Math.min(timer.mostNanos(), Math.round(nanos)));
      nanos(lines, 'p' + percentile.replace('.', '_'), within);
    }
  }

  private static void nanos(StringBuilder lines, String what, long nanos) {
    lines.append(',').append(what).append("_ns=").append(nanos).append('i');
  }

  /** At most 2^63 - 1, which is 292 years. */
  private static long sum(TimerTotal timer) {
    if (timer.timed() == timer.count()) return timer.sumNanos();
    BigInteger scaled =
        BigInteger.valueOf(timer.sumNanos())
            .multiply(BigInteger.valueOf(timer.count()))
            .divide(BigInteger.valueOf(timer.timed()));
    return scaled.min(MOST).longValueExact();
  }
}
