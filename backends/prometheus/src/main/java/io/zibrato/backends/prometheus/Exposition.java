package io.zibrato.backends.prometheus;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.GaugeValue;
import io.zibrato.backends.TimerTotal;
import io.zibrato.backends.Total;
import io.zibrato.meter.Buckets;
import io.zibrato.meter.Histogram;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Totals as the metrics of a scrape.
 *
 * <p>A timer is a histogram of seconds, classic and native, of the calls that were timed, and a
 * counter of all calls.
 */
final class Exposition {
  /*
   * Native buckets of schema 4 end at powers of 2^(1/16) of a second, ours at such powers of a nanosecond: a billion is none, so that each of ours lies in two of those.
   * Each goes whole into the one that has the larger part of it, 65 %: the same for all, whose bounds are all the same 1.5 % above ours.
   */
  private static final int SCHEMA = Buckets.SCALE;
  private static final int NANOS_INDEX = 478; // 16 * log2(1e9) is 478.35
  private static final double ZERO_SECONDS = 1e-9;
  private static final double NANOS = 1e9;

  private final ClassicBuckets classic;
  private final double[] bounds;
  private final Map<String, List<CounterDataPointSnapshot>> counters = new TreeMap<>();
  private final Map<String, List<HistogramDataPointSnapshot>> timers = new TreeMap<>();
  private final Map<String, List<GaugeDataPointSnapshot>> gauges = new TreeMap<>();

  private Exposition(ClassicBuckets classic) {
    this.classic = classic;
    this.bounds = classic.upperSeconds();
  }

  static MetricSnapshots of(List<Total> totals, ClassicBuckets classic) {
    Exposition exposition = new Exposition(classic);
    for (Total total : totals) exposition.add(total);
    return exposition.snapshots();
  }

  private void add(Total total) {
    PrometheusNames.Name name = PrometheusNames.of(total.key());
    String metric = name.metric();
    Labels labels =
        Labels.of(
            name.labels().keySet().toArray(new String[0]),
            name.labels().values().toArray(new String[0]));
    if (total.value() instanceof CounterTotal counter) {
      counter(metric, counter.sum(), labels, total.createdMillis());
    } else if (total.value() instanceof TimerTotal timer) {
      counter(metric + PrometheusNames.CALLS, timer.count(), labels, total.createdMillis());
      timers
          .computeIfAbsent(metric + PrometheusNames.SECONDS, each -> new ArrayList<>())
          .add(histogram(timer, labels, total.createdMillis()));
    } else {
      double value = ((GaugeValue) total.value()).value();
      gauges
          .computeIfAbsent(metric + PrometheusNames.VALUE, each -> new ArrayList<>())
          .add(new GaugeDataPointSnapshot(value, labels, null));
    }
  }

  private void counter(String family, long sum, Labels labels, long createdMillis) {
    counters
        .computeIfAbsent(family, each -> new ArrayList<>())
        .add(new CounterDataPointSnapshot(sum, labels, null, createdMillis));
  }

  private HistogramDataPointSnapshot histogram(TimerTotal timer, Labels labels, long created) {
    Histogram histogram = timer.histogram();
    List<Integer> indexes = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    long zeros = 0;
    for (int i = 0; i < histogram.size(); i++) {
      if (histogram.index(i) == Buckets.LEAST) {
        zeros = histogram.count(i);
      } else {
        indexes.add(histogram.index(i) + 1 - NANOS_INDEX);
        counts.add(histogram.count(i));
      }
    }
    return new HistogramDataPointSnapshot(
        ClassicHistogramBuckets.of(bounds, classic.counts(histogram)),
        SCHEMA,
        zeros,
        ZERO_SECONDS,
        NativeHistogramBuckets.of(indexes, counts),
        NativeHistogramBuckets.EMPTY,
        timer.sumNanos() / NANOS,
        labels,
        Exemplars.EMPTY,
        created);
  }

  private MetricSnapshots snapshots() {
    List<MetricSnapshot> all = new ArrayList<>();
    counters.forEach((name, points) -> all.add(new CounterSnapshot(about(name), points)));
    timers.forEach((name, points) -> all.add(new HistogramSnapshot(about(name), points)));
    gauges.forEach((name, points) -> all.add(new GaugeSnapshot(about(name), points)));
    return new MetricSnapshots(all);
  }

  private static MetricMetadata about(String family) {
    String help =
        family.endsWith(PrometheusNames.SECONDS)
            ? "Durations of the calls that were timed."
            : family.endsWith(PrometheusNames.CALLS)
                ? "Calls, timed or not."
                : family.endsWith(PrometheusNames.VALUE) ? "The last value." : "What was counted.";
    return new MetricMetadata(family, help);
  }
}
