package io.zibrato.store.metrics;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.zibrato.store.http.ApiError;
import io.zibrato.store.http.Numbers;
import io.zibrato.store.http.Parameters;
import io.zibrato.store.http.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Checks the body of a {@code POST /v1/measurements}; a bad measurement refuses them all. */
final class TaggedParser {
  static final int MAX_TAGS = 50;
  private static final Pattern TAG_NAME = Pattern.compile("[-.:_A-Za-z0-9]{1,64}");
  private static final Pattern TAG_VALUE = Pattern.compile("[-.:_?/\\\\A-Za-z0-9 ]{1,255}");
  private static final List<String> BESIDE_COUNT =
      List.of("sum", "min", "max", "last", "stddev", "stddev_m2");

  private final TimeLimits limits;
  private final Problems problems = new Problems();
  private final List<NewMeasurement> measurements = new ArrayList<>();
  private Map<String, String> commonTags;
  private String commonTagsText;
  private Long commonTime;
  private Long commonPeriod;

  private TaggedParser(TimeLimits limits) {
    this.limits = limits;
  }

  static Submission parse(JsonObject body, TimeLimits limits) throws ApiError {
    return new TaggedParser(limits).parse(body);
  }

  private Submission parse(JsonObject body) throws ApiError {
    final Parameters common = new Parameters(body, problems, "");
    commonTime = limits.time(common, "time");
    commonPeriod = common.integer("period", 1, Integer.MAX_VALUE);
    commonTags = new TreeMap<>();
    merge(commonTags, body.get("tags"), common);
    commonTagsText = Tags.text(commonTags);
    if (!(body.get("measurements") instanceof JsonArray all)) {
      throw ApiError.param(
          "measurements", common.has("measurements") ? "is not an array" : Parameters.NOT_PRESENT);
    }
    for (final JsonElement each : all) {
      measurement(each);
    }
    problems.throwIfAny();
    if (measurements.isEmpty()) {
      throw ApiError.request(400, "There is no measurement");
    }
    return new Submission(measurements);
  }

  private void measurement(JsonElement element) throws ApiError {
    if (problems.many()) {
      problems.throwIfAny();
    }
    if (!element.isJsonObject()) {
      problems.add("measurements", "has a measurement that is not a hash");
      return;
    }
    if (measurements.size() == SubmissionParser.MAX_MEASUREMENTS) {
      throw ApiError.request(
          413, "There are more than " + SubmissionParser.MAX_MEASUREMENTS + " measurements");
    }
    final JsonObject json = element.getAsJsonObject();
    final Parameters unnamed = new Parameters(json, problems, "");
    final String name = unnamed.name("name");
    if (name == null) {
      if (!unnamed.has("name")) {
        problems.add("name", Parameters.NOT_PRESENT);
      }
      return;
    }
    final Parameters said = new Parameters(json, problems, name);
    final Long time = limits.time(said, "time");
    final String tags = tags(json.get("tags"), said);
    final MetricProperties properties = MetricProperties.of(said).orPeriod(commonPeriod);
    final long at = time != null ? time : commonTime != null ? commonTime : limits.nowSeconds();
    final NewMeasurement measurement =
        said.has("count") || said.has("sum")
            ? summary(name, tags, at, said, properties)
            : single(name, tags, at, said, properties);
    if (measurement != null) {
      measurements.add(measurement);
    }
  }

  private static NewMeasurement single(
      String name, String tags, long time, Parameters said, MetricProperties properties) {
    for (final String member : BESIDE_COUNT) {
      if (said.has(member)) {
        said.problem("count", Parameters.NOT_PRESENT);
        return null;
      }
    }
    if (!said.has("value")) {
      said.problem("value", Parameters.NOT_PRESENT);
    }
    final Number value = said.number("value");
    return value == null ? null : NewMeasurement.single(null, name, tags, time, value, properties);
  }

  private static NewMeasurement summary(
      String name, String tags, long time, Parameters said, MetricProperties properties) {
    if (said.has("value")) {
      said.problem("value", "must not be present with count and sum");
    }
    for (final String member : List.of("count", "sum")) {
      if (!said.has(member)) {
        said.problem(member, Parameters.NOT_PRESENT);
      }
    }
    if (said.has("stddev") && said.has("stddev_m2")) {
      said.problem("stddev_m2", "must not be present with stddev");
    }
    final Long count = said.integer("count", 1, 1L << 53);
    final Number sum = said.number("sum");
    final Number min = said.number("min");
    final Number max = said.number("max");
    said.number("last");
    final Number deviation = said.number("stddev");
    final Number squares = said.number("stddev_m2");
    if (deviation != null && deviation.doubleValue() < 0) {
      said.problem("stddev", "must not be negative");
    }
    if (squares != null && squares.doubleValue() < 0) {
      said.problem("stddev_m2", "must not be negative");
    }
    return count == null || sum == null
        ? null
        : new NewMeasurement(
            null,
            name,
            tags,
            time,
            count,
            sum,
            min,
            max,
            sumSquares(count, sum.doubleValue(), deviation, squares),
            properties);
  }

  /** The sum of the squares, out of what is told of their distance from the mean. */
  private static Number sumSquares(long count, double sum, Number deviation, Number squares) {
    if (deviation == null && squares == null) {
      return null;
    }
    final double distance =
        squares != null
            ? squares.doubleValue()
            : count * deviation.doubleValue() * deviation.doubleValue();
    final double total = distance + sum * sum / count;
    return total <= Double.MAX_VALUE ? Numbers.wholeOr(total) : null;
  }

  private String tags(JsonElement own, Parameters said) {
    if (own == null || own.isJsonNull()) {
      return commonTagsText;
    }
    final Map<String, String> tags = new TreeMap<>(commonTags);
    merge(tags, own, said);
    return Tags.text(tags);
  }

  /** Adds tags over others; one that is null takes the other away. */
  private static void merge(Map<String, String> tags, JsonElement more, Parameters said) {
    if (more == null || more.isJsonNull()) {
      return;
    }
    if (!more.isJsonObject()) {
      said.problem("tags", "is not a hash");
      return;
    }
    for (final Map.Entry<String, JsonElement> each : more.getAsJsonObject().entrySet()) {
      if (!TAG_NAME.matcher(each.getKey()).matches()) {
        said.problem("tags", "has a name that is not valid: at most 64 of A-Za-z0-9.:-_");
      } else if (each.getValue().isJsonNull()) {
        tags.remove(each.getKey().toLowerCase(Locale.ROOT));
      } else if (!each.getValue().isJsonPrimitive()
          || !TAG_VALUE.matcher(each.getValue().getAsString()).matches()) {
        said.problem(
            "tags", "has a value that is not valid: at most 255 of A-Za-z0-9.:-_?/\\ and space");
      } else {
        tags.put(
            each.getKey().toLowerCase(Locale.ROOT),
            each.getValue().getAsString().toLowerCase(Locale.ROOT));
      }
    }
    if (tags.size() > MAX_TAGS) {
      said.problem("tags", "has more than " + MAX_TAGS + " tags");
    }
  }
}
