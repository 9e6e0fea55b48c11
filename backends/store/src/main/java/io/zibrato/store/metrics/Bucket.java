package io.zibrato.store.metrics;

import com.google.gson.JsonObject;
import io.zibrato.store.http.Numbers;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The measurements of one source that fall into one span of time, added up. */
final class Bucket {
  private final long measureTime;
  private final MetricType type;
  private final Sum sum = new Sum();
  private final Sum sumSquares = new Sum();
  private long count;
  private Number last;
  private Number min;
  private Number max;
  private boolean minKnown = true;
  private boolean maxKnown = true;
  private boolean sumSquaresKnown = true;

  Bucket(long measureTime, MetricType type) {
    this.measureTime = measureTime;
    this.type = type;
  }

  /**
   * Adds the current row, which has the columns count, sum, min, max, sum_squares from {@code
   * column} on.
   */
  void add(ResultSet row, int column) throws SQLException {
    add(
        row.getLong(column),
        (Number) row.getObject(column + 1),
        (Number) row.getObject(column + 2),
        (Number) row.getObject(column + 3),
        (Number) row.getObject(column + 4));
  }

  /** Rows are added in the order of time and arrival; null is for what a row does not tell. */
  void add(long rowCount, Number rowSum, Number rowMin, Number rowMax, Number rowSumSquares) {
    count += rowCount;
    sum.add(rowSum);
    last = rowSum;
    minKnown &= rowMin != null;
    maxKnown &= rowMax != null;
    sumSquaresKnown &= rowSumSquares != null;
    if (rowMin != null && (min == null || Numbers.compare(rowMin, min) < 0)) {
      min = rowMin;
    }
    if (rowMax != null && (max == null || Numbers.compare(rowMax, max) > 0)) {
      max = rowMax;
    }
    if (rowSumSquares != null) {
      sumSquares.add(rowSumSquares);
    }
  }

  /** Null where not every row tells it. */
  Number value(Summary summary) {
    return switch (summary) {
      case DEFAULT -> type == MetricType.COUNTER ? last : Numbers.divide(sum.total(), count);
      case MEAN -> Numbers.divide(sum.total(), count);
      case SUM -> sum.total();
      case MIN -> minKnown ? min : null;
      case MAX -> maxKnown ? max : null;
      case COUNT -> count;
    };
  }

  /**
   * A counter's value is the last one sent, a gauge's the mean; what not every row tells is left
   * out.
   */
  JsonObject json() {
    final JsonObject json = new JsonObject();
    final Number total = sum.total();
    json.addProperty("measure_time", measureTime);
    json.add("value", Numbers.json(value(Summary.DEFAULT)));
    json.addProperty("count", count);
    json.add("sum", Numbers.json(total));
    if (minKnown) {
      json.add("min", Numbers.json(min));
    }
    if (maxKnown) {
      json.add("max", Numbers.json(max));
    }
    if (sumSquaresKnown) {
      json.add("sum_squares", Numbers.json(sumSquares.total()));
    }
    return json;
  }
}
