package io.zibrato.backends.librato;

import com.google.gson.stream.JsonWriter;
import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.GaugeValue;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.TimerTotal;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * A snapshot as the body of a {@code POST /v1/metrics}.
 *
 * <p>All are gauges there, since Librato's counters are something else. A counter's value is what
 * it counted in the interval. A timer has count, sum, min and max, the last three in seconds; the
 * time of calls that sampling left untimed is taken to be that of the timed ones, so that sum
 * divided by count is the mean. A gauge value keeps its own second.
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

  String encode(Snapshot snapshot) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject().name("gauges").beginArray();
      long endSeconds = snapshot.endMillis() / 1000;
      for (CounterTotal counter : snapshot.counters()) counter(json, counter, endSeconds);
      for (TimerTotal timer : snapshot.timers()) timer(json, timer, endSeconds);
      for (GaugeValue gauge : snapshot.gauges()) gauge(json, gauge);
      json.endArray().endObject();
    } catch (IOException e) {
      throw new AssertionError("no text of ours is out of reach", e);
    }
    return text.toString();
  }

  private void counter(JsonWriter json, CounterTotal counter, long seconds) throws IOException {
    begin(json, "counter", counter.key(), "", seconds);
    json.name("value").value(counter.sum()).endObject();
  }

  private void gauge(JsonWriter json, GaugeValue gauge) throws IOException {
    begin(json, "gauge", gauge.key(), "", Math.floorDiv(gauge.epochMillis(), 1000L));
    json.name("value").jsonValue(plain(BigDecimal.valueOf(gauge.value()))).endObject();
  }

  private void timer(JsonWriter json, TimerTotal timer, long seconds) throws IOException {
    begin(json, "timer", timer.key(), "", seconds);
    json.name("count").value(timer.count()).name("sum").jsonValue(sum(timer));
    if (timer.timed() > 0) {
      json.name("min").jsonValue(seconds(timer.leastNanos()));
      json.name("max").jsonValue(seconds(timer.mostNanos()));
    }
    json.endObject();
    for (String percentile : percentiles) percentile(json, timer, percentile, seconds);
  }

  private void percentile(JsonWriter json, TimerTotal timer, String percentile, long seconds)
      throws IOException {
    if (timer.timed() == 0) return;
    double nanos = timer.histogram().quantileNanos(Double.parseDouble(percentile) / 100);
    long within = Math.max(timer.leastNanos(), Math.min(timer.mostNanos(), Math.round(nanos)));
    begin(json, "timer.p" + percentile, timer.key(), ".p" + percentile, seconds);
    json.name("value").jsonValue(seconds(within)).endObject();
  }

  private void begin(JsonWriter json, String kind, SeriesKey key, String suffix, long seconds)
      throws IOException {
    LibratoNames.Name name = names.of(kind, key, suffix);
    json.beginObject().name("name").value(name.name());
    if (!name.source().isEmpty()) json.name("source").value(name.source());
    json.name("measure_time").value(seconds);
  }

  private static String sum(TimerTotal timer) {
    long timed = timer.timed();
    if (timed == 0 || timed == timer.count()) return seconds(timer.sumNanos());
    BigDecimal nanos =
        BigDecimal.valueOf(timer.sumNanos())
            .multiply(BigDecimal.valueOf(timer.count()))
            .divide(BigDecimal.valueOf(timed), 0, RoundingMode.HALF_EVEN);
    return plain(new BigDecimal(nanos.toBigInteger(), NANO_DIGITS));
  }

  private static String seconds(long nanos) {
    return plain(new BigDecimal(BigInteger.valueOf(nanos), NANO_DIGITS));
  }

  /** The exact number, without an exponent. */
  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
