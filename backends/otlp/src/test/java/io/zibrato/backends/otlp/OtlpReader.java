package io.zibrato.backends.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads requests with the published classes, as strictly as the data model asks. */
final class OtlpReader {
  /**
   * A point.
   *
   * @param value a Long of a sum, a Double of a gauge, or a histogram's point
   */
  record Point(
      String metric,
      String unit,
      Map<String, String> attributes,
      long startNanos,
      long timeNanos,
      Object value) {
    String stream() {
      return metric + attributes;
    }

    ExponentialHistogramDataPoint histogram() {
      return (ExponentialHistogramDataPoint) value;
    }
  }

  private OtlpReader() {}

  static ExportMetricsServiceRequest request(byte[] body, boolean json)
      throws InvalidProtocolBufferException {
    if (!json) {
      ExportMetricsServiceRequest request = ExportMetricsServiceRequest.parseFrom(body);
      check(request.getUnknownFields().asMap().isEmpty(), request);
      return request;
    }
    ExportMetricsServiceRequest.Builder builder = ExportMetricsServiceRequest.newBuilder();
    JsonFormat.parser().merge(new String(body, StandardCharsets.UTF_8), builder);
    return builder.build();
  }

  static List<Point> points(byte[] body, boolean json) throws InvalidProtocolBufferException {
    List<Point> points = new ArrayList<>();
    Set<String> metrics = new HashSet<>();
    for (ResourceMetrics resource : request(body, json).getResourceMetricsList()) {
      check(attributes(resource.getResource().getAttributesList()).containsKey("service.name"), "");
      for (ScopeMetrics scope : resource.getScopeMetricsList()) {
        check(scope.getScope().getName().equals("io.zibrato"), scope);
        for (Metric metric : scope.getMetricsList()) {
          check(metrics.add(metric.getName()), metric);
          add(points, metric);
        }
      }
    }
    return points;
  }

  private static void add(List<Point> points, Metric metric) {
    check(metric.getName().matches("[A-Za-z][A-Za-z0-9_./-]{0,254}"), metric);
    check(metric.getUnknownFields().asMap().isEmpty(), metric);
    switch (metric.getDataCase()) {
      case SUM -> {
        check(metric.getSum().getIsMonotonic(), metric);
        check(isCumulative(metric.getSum().getAggregationTemporality()), metric);
        for (NumberDataPoint each : metric.getSum().getDataPointsList()) {
          check(each.getValueCase() == NumberDataPoint.ValueCase.AS_INT, each);
          points.add(point(metric, each, each.getAsInt()));
        }
      }
      case GAUGE -> {
        for (NumberDataPoint each : metric.getGauge().getDataPointsList()) {
          check(each.getValueCase() == NumberDataPoint.ValueCase.AS_DOUBLE, each);
          points.add(point(metric, each, each.getAsDouble()));
        }
      }
      case EXPONENTIAL_HISTOGRAM -> {
        check(isCumulative(metric.getExponentialHistogram().getAggregationTemporality()), metric);
        for (ExponentialHistogramDataPoint each :
            metric.getExponentialHistogram().getDataPointsList()) {
          points.add(histogram(metric, each));
        }
      }
      default -> throw new AssertionError("of what kind is " + metric);
    }
  }

  private static boolean isCumulative(AggregationTemporality temporality) {
    return temporality == AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
  }

  private static Point point(Metric metric, NumberDataPoint point, Object value) {
    check(point.getUnknownFields().asMap().isEmpty(), point);
    check(point.getStartTimeUnixNano() <= point.getTimeUnixNano(), point);
    return new Point(
        metric.getName(),
        metric.getUnit(),
        attributes(point.getAttributesList()),
        point.getStartTimeUnixNano(),
        point.getTimeUnixNano(),
        value);
  }

  private static Point histogram(Metric metric, ExponentialHistogramDataPoint point) {
    check(point.getUnknownFields().asMap().isEmpty(), point);
    check(point.getStartTimeUnixNano() <= point.getTimeUnixNano(), point);
    long total = point.getZeroCount();
    for (long each : point.getPositive().getBucketCountsList()) total += each;
    check(total == point.getCount(), point);
    check(point.hasSum() && point.hasMin() && point.hasMax(), point);
    check(point.getMin() <= point.getMax(), point);
    return new Point(
        metric.getName(),
        metric.getUnit(),
        attributes(point.getAttributesList()),
        point.getStartTimeUnixNano(),
        point.getTimeUnixNano(),
        point);
  }

  private static Map<String, String> attributes(List<KeyValue> list) {
    Map<String, String> all = new TreeMap<>();
    for (KeyValue each : list) {
      check(!each.getKey().isEmpty() && each.getValue().hasStringValue(), each);
      check(all.put(each.getKey(), each.getValue().getStringValue()) == null, list);
    }
    return all;
  }

  private static void check(boolean holds, Object what) {
    if (!holds) throw new AssertionError("a receiver would refuse " + what);
  }
}
