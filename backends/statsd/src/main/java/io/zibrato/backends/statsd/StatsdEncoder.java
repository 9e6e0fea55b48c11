package io.zibrato.backends.statsd;

import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.GaugeValue;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.TimerTotal;
import io.zibrato.backends.statsd.Naming.Kind;
import io.zibrato.backends.statsd.Naming.Name;
import io.zibrato.backends.statsd.TimerSamples.Sample;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A snapshot as packets of lines.
 *
 * <p>A counter is what it counted in the interval. A timer is {@link TimerSamples}, in
 * milliseconds; calls that sampling left untimed are taken to be like the timed ones, and where
 * none was timed they are a counter {@code name.untimed}. Of a gauge's values the last of the
 * snapshot is sent, since a daemon keeps no other; a value below zero comes after a zero, because
 * alone it would be taken off what the daemon has.
 */
final class StatsdEncoder {
  private final StatsdOptions options;
  private final Naming naming;

  StatsdEncoder(StatsdOptions options) {
    this.options = options;
    this.naming =
        options.dialect() == Dialect.DOGSTATSD
            ? new TagNaming(options.prefix())
            : new PathNaming(options.prefix(), options.template());
  }

  List<byte[]> encode(Snapshot snapshot) {
    Packets packets = new Packets(options.mtu(), options.tcp());
    for (CounterTotal counter : snapshot.counters()) {
      packets.add(line(name(Kind.COUNTER, counter.key()), Long.toString(counter.sum()), "c", ""));
    }
    for (TimerTotal timer : snapshot.timers()) timer(packets, timer);
    for (GaugeValue gauge : last(snapshot.gauges())) gauge(packets, gauge);
    return packets.close();
  }

  private void timer(Packets packets, TimerTotal timer) {
    if (timer.timed() == 0) {
      Name name = name(Kind.UNTIMED, timer.key());
      packets.add(line(name, Long.toString(timer.count()), "c", ""));
      return;
    }
    Name name = name(Kind.TIMER, timer.key());
    for (Sample sample : TimerSamples.of(timer, options.timerSamples())) {
      packets.add(line(name, sample.value(), options.timerType(), sample.rate()));
    }
  }

  private static Iterable<GaugeValue> last(List<GaugeValue> values) {
    Map<SeriesKey, GaugeValue> last = new LinkedHashMap<>();
    for (GaugeValue value : values) {
      last.merge(value.key(), value, (a, b) -> b.epochMillis() >= a.epochMillis() ? b : a);
    }
    return last.values();
  }

  private void gauge(Packets packets, GaugeValue gauge) {
    Name name = name(Kind.GAUGE, gauge.key());
    BigDecimal value = BigDecimal.valueOf(gauge.value());
    String text = value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    String line = line(name, text, "g", "");
    packets.add(value.signum() < 0 ? line(name, "0", "g", "") + '\n' + line : line);
  }

  private Name name(Kind kind, SeriesKey key) {
    return naming.of(kind, key);
  }

  private static String line(Name name, String value, String type, String rate) {
    return name.name() + ':' + value + '|' + type + rate + name.tags();
  }
}
