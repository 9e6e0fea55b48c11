package io.zibrato.bench.store;

import io.zibrato.bench.pipe.Median;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/** Asks for charts of one day of one metric, minute by minute, of all sources, by either API. */
final class Charts {
  private static final int UNTIMED = 40;
  private static final int TIMED = 41;
  static final String BY_SOURCE = "by source";
  static final String BY_TAGS = "by tags";

  private final int port;
  private final Rows rows;
  private final long day;

  /** Of the day that begins at {@code day}. */
  Charts(int port, Rows rows, long day) {
    this.port = port;
    this.rows = rows;
    this.day = day;
  }

  /** The median of several, each of another metric than the one before, in milliseconds. */
  double millis(String api, boolean quick) throws IOException {
    IntFunction<String> path =
        metric ->
            (api.equals(BY_SOURCE) ? "/v1/metrics/metric-" : "/v1/measurements/metric-")
                + metric
                + "?resolution=60&start_time="
                + day
                + "&end_time="
                + (day + 86_399);
    int untimed = quick ? 2 : UNTIMED;
    double[] millis = new double[quick ? 3 : TIMED];
    try (PlainHttp http = new PlainHttp(port)) {
      for (int i = 0; i < untimed; i++) http.get(path.apply(i % rows.metrics()));
      for (int i = 0; i < millis.length; i++) {
        long startNanos = System.nanoTime();
        byte[] body = http.get(path.apply(i % rows.metrics()));
        millis[i] = (System.nanoTime() - startNanos) / 1e6;
        check(body);
      }
    }
    return Median.of(millis);
  }

  private static void check(byte[] body) throws IOException {
    String text = new String(body, StandardCharsets.UTF_8);
    int points = 0;
    for (int at = text.indexOf("\"value\":"); at >= 0; at = text.indexOf("\"value\":", at + 1)) {
      points++;
    }
    int expected = Rows.SOURCES * Rows.MINUTES_A_DAY;
    if (points != expected) throw new IOException(points + " points, and not " + expected);
  }
}
