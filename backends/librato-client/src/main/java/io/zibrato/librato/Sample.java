package io.zibrato.librato;

import com.google.gson.JsonObject;

/**
 * One point of a series. What the service does not tell is null.
 *
 * @param epochSeconds its time, or the start of what it sums up
 * @param value the mean of what a gauge was; what a counter stood at
 * @param count how many measurements it is made of
 * @param delta how much a counter grew since the point before
 */
public record Sample(
    long epochSeconds,
    Double value,
    Long count,
    Double sum,
    Double min,
    Double max,
    Double sumSquares,
    Double delta) {

  static Sample read(JsonObject json) {
    return new Sample(
        Json.whole(json, json.has("measure_time") ? "measure_time" : "time"),
        Json.number(json, "value"),
        Json.whole(json, "count"),
        Json.number(json, "sum"),
        Json.number(json, "min"),
        Json.number(json, "max"),
        Json.number(json, "sum_squares"),
        Json.number(json, "delta"));
  }
}
