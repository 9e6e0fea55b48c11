package io.zibrato.bench.store;

import java.nio.charset.StandardCharsets;

/**
 * The measurements that are sent and inserted, by number: each minute, each source and metric has
 * one. They are the same in every run that starts on the same day.
 *
 * @param metrics how many
 * @param firstTime of the first minute, a whole day
 */
record Rows(int metrics, long firstTime) {
  static final int SOURCES = 50;
  static final int MINUTES_A_DAY = 1440;
  static final int A_POST = 300;
  private static final long DAY_SECONDS = 86_400;

  /** Ends with the day before the one that {@code nowSeconds} is in. */
  static Rows ending(int metrics, int days, long nowSeconds) {
    return new Rows(metrics, (nowSeconds / DAY_SECONDS - days) * DAY_SECONDS);
  }

  /** A round number of posts. */
  long aDay() {
    return (long) metrics * SOURCES * MINUTES_A_DAY;
  }

  int metric(long row) {
    return (int) (row / SOURCES % metrics);
  }

  int source(long row) {
    return (int) (row % SOURCES);
  }

  long time(long row) {
    return firstTime + row / ((long) SOURCES * metrics) * 60;
  }

  /** In thousandths, without a pattern that would suit one way to store it. */
  long thousandths(long row) {
    long mixed = row * 0x9E3779B97F4A7C15L;
    mixed ^= mixed >>> 29;
    return Math.floorMod(mixed * 0xBF58476D1CE4E5B9L, 100_000L) + 1;
  }

  double value(long row) {
    return thousandths(row) / 1000.0;
  }

  /** The body of a post of so many measurements from {@code row} on. */
  byte[] body(long row, int count) {
    StringBuilder json = new StringBuilder("{\"gauges\":[");
    for (long each = row; each < row + count; each++) {
      json.append(each == row ? "" : ",")
          .append("{\"name\":\"metric-")
          .append(metric(each))
          .append("\",\"source\":\"source-")
          .append(source(each))
          .append("\",\"measure_time\":")
          .append(time(each))
          .append(",\"value\":")
          .append(value(each))
          .append('}');
    }
    return json.append("]}").toString().getBytes(StandardCharsets.US_ASCII);
  }
}
