package io.zibrato.bench;

import java.util.ArrayList;
import java.util.List;

/** A file as JMH writes it, cut down to what is read of it. */
final class JmhJson {
  private final List<String> results = new ArrayList<>();

  /**
   * @param scores the figures of each fork
   */
  JmhJson with(String benchmark, int threads, double bytes, String scores) {
    return with(benchmark, "", threads, bytes, scores);
  }

  JmhJson with(String benchmark, String shape, int threads, double bytes, String scores) {
    String params = shape.isEmpty() ? "" : "\"params\": {\"shape\": \"" + shape + "\"},";
    results.add(
        """
        {"benchmark": "io.zibrato.bench.%s", "threads": %d, "jdkVersion": "17.0.1",
         "vmName": "Some VM", %s
         "primaryMetric": {"score": 1, "scoreError": "NaN", "rawData": %s},
         "secondaryMetrics": {"gc.alloc.rate.norm": {"rawData": [[%s]]}}}
        """
            .formatted(benchmark, threads, params, scores, bytes));
    return this;
  }

  List<Measured> read() {
    return Measured.read(results.toString());
  }
}
