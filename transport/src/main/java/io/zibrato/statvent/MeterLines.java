package io.zibrato.statvent;

import io.zibrato.meter.Counter;
import io.zibrato.meter.Gauge;
import io.zibrato.meter.Histogram;
import io.zibrato.meter.Meter;
import io.zibrato.meter.Meters;
import io.zibrato.meter.Series;
import io.zibrato.meter.Timer;
import io.zibrato.meter.TimerReading;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lists meters, in the order of their names.
 *
 * <p>The name in the listing is the series' own, after the level and a bar unless that is {@code
 * info}, followed by {@code @} and the source unless that is the process's, and by the tags: {@code
 * debug|shop.line@web1[city=Rome,size=l]}. It depends on nothing but the series, so processes that
 * measure the same series list the same name.
 */
final class MeterLines {
  private static final String PLAIN_LEVEL = "info";

  private final Meters meters;
  private final Map<String, Number> counters = new TreeMap<>();
  private final Map<String, Number> gauges = new TreeMap<>();
  private final Map<String, Timer> timers = new TreeMap<>();

  MeterLines(Meters meters) {
    this.meters = meters;
  }

  void write(Lines lines) {
    for (Meter meter : meters.from(0)) sort(meter);
    lines.group(Group.COUNTER, "", counters);
    lines.group(Group.GAUGE, "", gauges);
    timers.forEach((name, timer) -> timer(lines, name, timer.read()));
  }

  private void sort(Meter meter) {
    String name = name(meter.series());
    if (meter instanceof Counter counter) {
      counters.merge(name, counter.sum(), (a, b) -> a.longValue() + b.longValue());
    } else if (meter instanceof Timer timer) {
      timers.put(name, timer);
    } else if (meter instanceof Gauge gauge && !Double.isNaN(gauge.last())) {
      gauges.put(name, gauge.last());
    }
  }

  private static void timer(Lines lines, String name, TimerReading reading) {
    Map<String, Number> numbers = new LinkedHashMap<>();
    TimerLines.of(reading).forEach((suffix, number) -> numbers.put(name + suffix, number));
    Histogram histogram = reading.histogram();
    StringBuilder told = new StringBuilder().append(reading.sumNanos()).append(' ');
    for (int i = 0; i < histogram.size(); i++) {
      if (i > 0) told.append(',');
      told.append(histogram.index(i)).append(':').append(histogram.count(i));
    }
    lines.group(Group.TIMER, told.toString().stripTrailing(), numbers);
  }

  private String name(Series series) {
    StringBuilder name = new StringBuilder();
    if (!series.level().equals(PLAIN_LEVEL)) name.append(series.level()).append('|');
    name.append(series.name());
    if (!series.source().equals(meters.defaultSource())) name.append('@').append(series.source());
    if (!series.tags().isEmpty()) {
      name.append('[');
      series.tags().forEach((key, value) -> name.append(key).append('=').append(value).append(','));
      name.setCharAt(name.length() - 1, ']');
    }
    return name.toString().replace('\n', ' ').replace('\r', ' ');
  }
}
