package io.zibrato.backends.prometheus;

import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.GaugeValue;
import io.zibrato.backends.TimerTotal;
import io.zibrato.backends.Total;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Totals as a request of remote-write 1.0, in protobuf: of each series one sample, labels in the
 * order of their names. Where they end, the sample is the marker of what is stale.
 *
 * <table>
 * <caption>prometheus.WriteRequest</caption>
 * <tr><td>WriteRequest<td>1: TimeSeries, repeated
 * <tr><td>TimeSeries<td>1: Label, repeated; 2: Sample, repeated
 * <tr><td>Label<td>1: name; 2: value
 * <tr><td>Sample<td>1: value, a double; 2: epoch milliseconds, a varint
 * </table>
 */
final class WriteRequest {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;
  private static final double NANOS = 1e9;

  private static final long STALE = 0x7ff0000000000002L; // the one NaN that tells a series' end

  private final ClassicBuckets classic;
  private final boolean ends;
  private final long endMillis;
  private final double[] bounds;
  private final ByteArrayOutputStream all = new ByteArrayOutputStream();

  private WriteRequest(ClassicBuckets classic, boolean ends, long endMillis) {
    this.classic = classic;
    this.ends = ends;
    this.endMillis = endMillis;
    this.bounds = classic.upperSeconds();
  }

  static byte[] of(List<Total> totals, ClassicBuckets classic) {
    return new WriteRequest(classic, false, 0).of(totals);
  }

  /** That nothing more comes of them, from that time on, or just after their last sample. */
  static byte[] ofEnds(List<Total> totals, long endMillis, ClassicBuckets classic) {
    return new WriteRequest(classic, true, endMillis).of(totals);
  }

  private byte[] of(List<Total> totals) {
    for (Total total : totals) add(total);
    return all.toByteArray();
  }

  private void add(Total total) {
    PrometheusNames.Name name = PrometheusNames.of(total.key());
    long millis = ends ? Math.max(endMillis, total.timeMillis() + 1) : total.timeMillis();
    if (total.value() instanceof CounterTotal counter) {
      series(name, "_total", null, counter.sum(), millis);
    } else if (total.value() instanceof TimerTotal timer) {
      series(name, PrometheusNames.CALLS + "_total", null, timer.count(), millis);
      histogram(name, timer, millis);
    } else {
      series(name, PrometheusNames.VALUE, null, ((GaugeValue) total.value()).value(), millis);
    }
  }

  private void histogram(PrometheusNames.Name name, TimerTotal timer, long millis) {
    long[] counts = classic.counts(timer.histogram());
    double below = 0;
    for (int i = 0; i < counts.length; i++) {
      below += counts[i];
      boolean last = i == counts.length - 1;
      String le = last ? "+Inf" : Double.toString(bounds[i]);
      series(name, PrometheusNames.SECONDS + "_bucket", le, last ? timer.timed() : below, millis);
    }
    series(name, PrometheusNames.SECONDS + "_count", null, timer.timed(), millis);
    series(name, PrometheusNames.SECONDS + "_sum", null, timer.sumNanos() / NANOS, millis);
  }

  private void series(
      PrometheusNames.Name name, String ending, String le, double value, long millis) {
    SortedMap<String, String> labels = new TreeMap<>(name.labels());
    labels.put("__name__", name.metric() + ending);
    if (le != null) labels.put("le", le);
    ByteArrayOutputStream series = new ByteArrayOutputStream();
    for (Map.Entry<String, String> label : labels.entrySet()) {
      ByteArrayOutputStream pair = new ByteArrayOutputStream();
      field(pair, 1, label.getKey().getBytes(StandardCharsets.UTF_8));
      field(pair, 2, label.getValue().getBytes(StandardCharsets.UTF_8));
      field(series, 1, pair.toByteArray());
    }
    ByteArrayOutputStream sample = new ByteArrayOutputStream();
    varint(sample, 1 << 3 | FIXED64);
    long bits = ends ? STALE : Double.doubleToLongBits(value);
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) sample.write((int) (bits >>> shift));
    varint(sample, 2 << 3 | VARINT);
    varint(sample, millis);
    field(series, 2, sample.toByteArray());
    field(all, 1, series.toByteArray());
  }

  private static void field(ByteArrayOutputStream out, int number, byte[] bytes) {
    varint(out, number << 3 | LENGTH);
    varint(out, bytes.length);
    out.writeBytes(bytes);
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long left = value;
    while ((left & ~0x7FL) != 0) {
      out.write((int) (left & 0x7F) | 0x80);
      left >>>= 7;
    }
    out.write((int) left);
  }
}
