package io.zibrato.store.metrics;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.zibrato.store.http.ApiError;
import io.zibrato.store.http.Parameters;
import io.zibrato.store.http.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks the body of a {@code POST /v1/metrics}; a single bad measurement refuses them all. */
final class SubmissionParser {
  static final int MAX_MEASUREMENTS = 10_000;

  private static final List<String> BESIDE_COUNT = List.of("min", "max", "sum_squares");

  private final TimeLimits limits;
  private final Problems problems = new Problems();
  private final List<NewMeasurement> measurements = new ArrayList<>();
  private String commonSource;
  private Long commonTime;
  private Long commonPeriod;

  private SubmissionParser(TimeLimits limits) {
    this.limits = limits;
  }

  static Submission parse(JsonObject body, TimeLimits limits) throws ApiError {
    return new SubmissionParser(limits).parse(body);
  }

  private Submission parse(JsonObject body) throws ApiError {
    final Parameters common = new Parameters(body, problems, "");
    commonSource = source(common);
    commonTime = limits.time(common, "measure_time");
    commonPeriod = common.integer("period", 1, Integer.MAX_VALUE);
    for (final MetricType type : MetricType.SUBMITTED) {
      if (common.has(type.collection())) {
        collection(type, body.get(type.collection()));
      }
    }
    problems.throwIfAny();
    if (measurements.isEmpty()) {
      throw ApiError.request(400, "There is no gauge or counter measurement");
    }
    return new Submission(measurements);
  }

  private void collection(MetricType type, JsonElement collection) throws ApiError {
    if (collection instanceof JsonArray array) {
      for (final JsonElement element : array) {
        measurement(type, element, null);
      }
    } else if (collection instanceof JsonObject hash) {
      for (final Map.Entry<String, JsonElement> entry : hash.entrySet()) {
        measurement(type, entry.getValue(), entry.getKey());
      }
    } else {
      problems.add(type.collection(), "is neither an array nor a hash");
    }
  }

  /** {@code key} names the metric unless the measurement has a name of its own. */
  private void measurement(MetricType type, JsonElement element, String key) throws ApiError {
    if (problems.many()) {
      problems.throwIfAny();
    }
    if (!element.isJsonObject()) {
      problems.add(type.collection(), "has a measurement that is not a hash");
      return;
    }
    if (measurements.size() == MAX_MEASUREMENTS) {
      throw ApiError.request(413, "There are more than " + MAX_MEASUREMENTS + " measurements");
    }
    final JsonObject json = element.getAsJsonObject();
    final String name = name(json, key);
    if (name != null) {
      add(type, name, new Parameters(json, problems, name));
    }
  }

  private String name(JsonObject json, String key) {
    final Parameters parameters = new Parameters(json, problems, "");
    if (parameters.has("name")) {
      return parameters.name("name");
    }
    if (key == null) {
      problems.add("name", Parameters.NOT_PRESENT);
      return null;
    }
    final JsonObject named = new JsonObject();
    named.addProperty("name", key);
    return new Parameters(named, problems, "").name("name");
  }

  private void add(MetricType type, String name, Parameters p) {
    final String source = source(p);
    final Long time = limits.time(p, "measure_time");
    final boolean many = type == MetricType.GAUGE && (p.has("count") || p.has("sum"));
    final NewMeasurement measurement = many ? samples(name, p) : value(type, name, p);
    if (measurement == null) {
      return;
    }
    measurements.add(
        new NewMeasurement(
            type,
            name,
            Tags.ofSource(source != null ? source : commonSource),
            first(time, commonTime, limits.nowSeconds()),
            measurement.count(),
            measurement.sum(),
            measurement.min(),
            measurement.max(),
            measurement.sumSquares(),
            MetricProperties.of(p).orPeriod(commonPeriod)));
  }

  /** Null, and a problem noted, if it cannot be used; source and time are left to the caller. */
  private static NewMeasurement value(MetricType type, String name, Parameters p) {
    if (!p.has("value")) {
      p.problem("value", Parameters.NOT_PRESENT);
      return null;
    }
    final Number value = p.number("value");
    if (value == null) {
      return null;
    }
    if (type == MetricType.COUNTER && value.doubleValue() < 0) {
      p.problem("value", "must be positive");
    }
    for (final String member : BESIDE_COUNT) {
      if (type == MetricType.GAUGE && p.has(member)) {
        p.problem("count", Parameters.NOT_PRESENT);
      }
    }
    return NewMeasurement.single(type, name, null, 0, value, null);
  }

  private static NewMeasurement samples(String name, Parameters p) {
    if (p.has("value")) {
      p.problem("value", "must not be present with count and sum");
    }
    for (final String member : List.of("count", "sum")) {
      if (!p.has(member)) {
        p.problem(member, Parameters.NOT_PRESENT);
      }
    }
    final Long count = p.integer("count", 1, 1L << 53);
    final Number sum = p.number("sum");
    final Number min = p.number("min");
    final Number max = p.number("max");
    final Number sumSquares = p.number("sum_squares");
    return count == null || sum == null
        ? null
        : new NewMeasurement(
            MetricType.GAUGE, name, null, 0, count, sum, min, max, sumSquares, null);
  }

  private static String source(Parameters p) {
    final String source = p.name("source");
    if ("all".equalsIgnoreCase(source)) {
      p.problem("source", "must not be 'all', which is reserved");
    }
    return source;
  }

  private static <T> T first(T own, T common, T fallback) {
    return own != null ? own : common != null ? common : fallback;
  }
}
