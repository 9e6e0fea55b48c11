package io.zibrato.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one benchmark gave under one JDK, over all iterations of all forks.
 *
 * @param jdk its name and virtual machine
 * @param name class and method, and the shape where there are several
 * @param median nanoseconds a call; a machine that others use too moves it less than the mean
 * @param error of the mean, as JMH gives it (99.9 %); not a number for a single iteration
 * @param bytes allocated a call; the median
 */
record Measured(
    String jdk,
    int threads,
    String name,
    double median,
    double least,
    double most,
    double error,
    double bytes) {

  /** Reads JMH's own format. */
  static List<Measured> read(String json) {
    List<Measured> all = new ArrayList<>();
    for (JsonElement each : JsonParser.parseString(json).getAsJsonArray()) {
      all.add(of(each.getAsJsonObject()));
    }
    return all;
  }

  static String name(String benchmark, String shape) {
    String[] parts = benchmark.split("\\.");
    String name = parts[parts.length - 2] + '.' + parts[parts.length - 1];
    return shape.isEmpty() ? name : name + ": " + shape;
  }

  private static Measured of(JsonObject result) {
    JsonObject metric = result.getAsJsonObject("primaryMetric");
    double[] scores = sorted(metric);
    JsonObject params = result.getAsJsonObject("params");
    String shape = params == null || !params.has("shape") ? "" : params.get("shape").getAsString();
    JsonObject bytes =
        result.getAsJsonObject("secondaryMetrics").getAsJsonObject("gc.alloc.rate.norm");
    return new Measured(
        result.get("jdkVersion").getAsString() + ' ' + result.get("vmName").getAsString(),
        result.get("threads").getAsInt(),
        name(result.get("benchmark").getAsString(), shape),
        median(scores),
        scores[0],
        scores[scores.length - 1],
        number(metric.get("scoreError")),
        bytes == null ? Double.NaN : median(sorted(bytes)));
  }

  private static double[] sorted(JsonObject metric) {
    List<Double> scores = new ArrayList<>();
    for (JsonElement fork : metric.getAsJsonArray("rawData")) {
      for (JsonElement score : (JsonArray) fork) scores.add(score.getAsDouble());
    }
    double[] sorted = scores.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted;
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** JMH writes what is not a number as text. */
  private static double number(JsonElement element) {
    return element == null ? Double.NaN : Double.parseDouble(element.getAsString());
  }
}
