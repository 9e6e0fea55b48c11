package io.zibrato.backends.otlp;

import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.GaugeValue;
import io.zibrato.backends.RefusedException;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.TimerTotal;
import io.zibrato.backends.Total;
import io.zibrato.meter.Buckets;
import io.zibrato.meter.Histogram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Totals and gauge values as an {@code ExportMetricsServiceRequest}.
 *
 * <p>A counter is a monotonic cumulative sum. A timer is a cumulative exponential histogram of its
 * timed calls, in nanoseconds, with our own buckets: they are those of OTLP's scale 4. Where calls
 * were left untimed, all of them are a sum of their own. A gauge has a point for each value, in the
 * order of their times; of one millisecond the last that came, as receivers hold one.
 */
final class OtlpEncoder {
  private static final int CUMULATIVE = 2;
  private static final long NANOS = 1_000_000; // of a millisecond
  private static final int GAUGE_FIELD = 5;
  private static final int SUM_FIELD = 7;
  private static final int HISTOGRAM_FIELD = 10;
  private static final String NO_UNIT = ""; // 1 is for ratios

  private final boolean json;
  private final Map<String, String> resource;
  private final String version;

  /** A metric: its field's number and name, its unit if it has one, its points so far. */
  private record Metric(int number, String field, String unit, List<Fields.Message> points) {}

  OtlpEncoder(boolean json, Map<String, String> resource, String version) {
    this.json = json;
    this.resource = resource;
    this.version = version;
  }

  byte[] encode(List<Total> totals, List<GaugeValue> gauges) throws RefusedException {
    Map<String, Metric> metrics = new LinkedHashMap<>();
    for (Total total : totals) add(metrics, total);
    for (GaugeValue gauge : inOrder(gauges)) add(metrics, gauge);
    Fields.Message request =
        fields -> {
          if (!metrics.isEmpty()) fields.messages(1, "resourceMetrics", List.of(ofAll(metrics)));
        };
    return json ? JsonFields.encode(request) : ProtobufFields.encode(request);
  }

  private Fields.Message ofAll(Map<String, Metric> metrics) {
    List<Fields.Message> messages = new ArrayList<>();
    metrics.forEach((name, metric) -> messages.add(fields -> metric(fields, name, metric)));
    return fields -> {
      fields.message(1, "resource", each -> each.attributes(1, resource));
      fields.messages(
          2,
          "scopeMetrics",
          List.of(
              scoped -> {
                scoped.message(
                    1,
                    "scope",
                    scope -> {
                      scope.text(1, "name", "io.zibrato");
                      scope.text(2, "version", version);
                    });
                scoped.messages(2, "metrics", messages);
              }));
    };
  }

  private static void metric(Fields fields, String name, Metric metric) {
    fields.text(1, "name", name);
    fields.text(3, "unit", metric.unit());
    fields.message(
        metric.number(),
        metric.field(),
        data -> {
          data.messages(1, "dataPoints", metric.points());
          if (metric.number() != GAUGE_FIELD) {
            data.choice(2, "aggregationTemporality", CUMULATIVE);
          }
          if (metric.number() == SUM_FIELD) data.flag(3, "isMonotonic", true);
        });
  }

  private static void add(Map<String, Metric> metrics, Total total) throws RefusedException {
    long start = nanos(total.createdMillis());
    long time = nanos(total.timeMillis());
    if (total.value() instanceof CounterTotal counter) {
      OtlpNames.Name name = OtlpNames.of(counter.key(), OtlpNames.COUNTER);
      sum(metrics, name, start, time, counter.sum());
      return;
    }
    TimerTotal timer = (TimerTotal) total.value();
    if (timer.count() != timer.timed()) {
      OtlpNames.Name calls = OtlpNames.of(timer.key(), OtlpNames.CALLS);
      sum(metrics, calls, start, time, timer.count());
    }
    if (timer.timed() == 0) return;
    OtlpNames.Name name = OtlpNames.of(timer.key(), OtlpNames.TIMER);
    points(metrics, name, HISTOGRAM_FIELD, "exponentialHistogram", "ns")
        .add(fields -> histogram(fields, name, start, time, timer));
  }

  private static void sum(
      Map<String, Metric> metrics, OtlpNames.Name name, long start, long time, long value) {
    points(metrics, name, SUM_FIELD, "sum", NO_UNIT)
        .add(
            fields -> {
              fields.attributes(7, name.attributes());
              fields.fixed(2, "startTimeUnixNano", start);
              fields.fixed(3, "timeUnixNano", time);
              fields.fixed(6, "asInt", value);
            });
  }

  private static void histogram(
      Fields fields, OtlpNames.Name name, long start, long time, TimerTotal timer) {
    fields.attributes(1, name.attributes());
    fields.fixed(2, "startTimeUnixNano", start);
    fields.fixed(3, "timeUnixNano", time);
    fields.fixed(4, "count", timer.timed());
    fields.real(5, "sum", timer.sumNanos());
    fields.signed(6, "scale", Buckets.SCALE);
    fields.fixed(7, "zeroCount", 0);
    fields.message(8, "positive", each -> buckets(each, timer.histogram()));
    fields.real(12, "min", timer.leastNanos());
    fields.real(13, "max", timer.mostNanos());
  }

  /** From the lowest to the highest, with what is empty between. */
  private static void buckets(Fields fields, Histogram histogram) {
    int lowest = histogram.index(0);
    long[] counts = new long[histogram.index(histogram.size() - 1) - lowest + 1];
    for (int i = 0; i < histogram.size(); i++) {
      counts[histogram.index(i) - lowest] = histogram.count(i);
    }
    fields.signed(1, "offset", lowest);
    fields.counts(2, "bucketCounts", counts);
  }

  private static List<GaugeValue> inOrder(List<GaugeValue> gauges) {
    Map<SeriesKey, TreeMap<Long, GaugeValue>> series = new LinkedHashMap<>();
    for (GaugeValue gauge : gauges) {
      series.computeIfAbsent(gauge.key(), any -> new TreeMap<>()).put(gauge.epochMillis(), gauge);
    }
    return series.values().stream().flatMap(each -> each.values().stream()).toList();
  }

  private static void add(Map<String, Metric> metrics, GaugeValue gauge) throws RefusedException {
    long time = nanos(gauge.epochMillis());
    OtlpNames.Name name = OtlpNames.of(gauge.key(), OtlpNames.GAUGE);
    points(metrics, name, GAUGE_FIELD, "gauge", NO_UNIT)
        .add(
            fields -> {
              fields.attributes(7, name.attributes());
              fields.fixed(3, "timeUnixNano", time);
              fields.real(4, "asDouble", gauge.value());
            });
  }

  private static List<Fields.Message> points(
      Map<String, Metric> metrics, OtlpNames.Name name, int number, String field, String unit) {
    return metrics
        .computeIfAbsent(name.metric(), any -> new Metric(number, field, unit, new ArrayList<>()))
        .points();
  }

  private static long nanos(long millis) throws RefusedException {
    if (millis >= 0 && millis <= Long.MAX_VALUE / NANOS) return millis * NANOS;
    throw new RefusedException("OTLP has no such time: " + millis + " ms since 1970");
  }
}
