package io.zibrato.store.metrics;

import io.zibrato.store.http.ApiError;
import io.zibrato.store.http.Call;
import io.zibrato.store.http.Parameters;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How {@code /v1/measurements/:name} is to show measurements.
 *
 * @param filter which series are wanted, by their tags
 * @param groupBy tags by whose values series are brought together, empty for all into one; null to
 *     leave them apart
 * @param groupFunction not null where {@code groupBy} is not
 * @param statistic what is told of each point; null for the metric's own
 */
record TagView(
    Interval interval,
    Predicate<Map<String, String>> filter,
    List<String> groupBy,
    Summary groupFunction,
    Statistic statistic) {
  private static final long MAX_RESOLUTION_SECONDS = 7L * 86_400;
  private static final List<Summary> GROUPS =
      List.of(Summary.SUM, Summary.MIN, Summary.MAX, Summary.MEAN);

  static TagView of(Call call, long nowSeconds) throws ApiError {
    final Interval interval = interval(call, nowSeconds);
    final List<String> groupBy = groupBy(call);
    final Summary function = Summary.of(call.text("group_by_function", ""));
    if (groupBy != null && !call.has("group_by_function")) {
      throw ApiError.param("group_by_function", Parameters.NOT_PRESENT);
    }
    if (call.has("group_by_function") && (function == null || !GROUPS.contains(function))) {
      throw ApiError.param("group_by_function", "must be sum, min, max or mean");
    }
    final String word = call.text("summary_function", null);
    final Statistic statistic = word == null ? null : Statistic.of(word);
    if (word != null && statistic == null) {
      throw ApiError.param("summary_function", "must be one of " + Statistic.words());
    }
    if (statistic == Statistic.ALL && groupBy != null) {
      throw ApiError.param("group_by", "must not be present with summary_function all");
    }
    return new TagView(interval, TagFilter.of(call), groupBy, function, statistic);
  }

  private static List<String> groupBy(Call call) throws ApiError {
    if (!call.has("group_by")) {
      return null;
    }
    final List<String> names =
        Stream.of(call.text("group_by", "").toLowerCase(Locale.ROOT).split(",", -1))
            .map(String::strip)
            .distinct()
            .toList();
    if (names.equals(List.of("*"))) {
      return List.of();
    }
    if (names.contains("") || names.contains("*") || names.size() > TaggedParser.MAX_TAGS) {
      throw ApiError.param("group_by", "must be names of tags, or * alone");
    }
    return names;
  }

  private static Interval interval(Call call, long nowSeconds) throws ApiError {
    if (!call.has("resolution")) {
      throw ApiError.param("resolution", Parameters.NOT_PRESENT);
    }
    if (!call.has("start_time") && !call.has("duration")) {
      throw ApiError.param("start_time", Parameters.NOT_PRESENT);
    }
    if (call.has("start_time") && call.has("end_time") && call.has("duration")) {
      throw ApiError.param("duration", "must not be present with start_time and end_time");
    }
    final long resolution = call.number("resolution", 1, 1, MAX_RESOLUTION_SECONDS);
    final long duration = call.number("duration", 0, 1, Interval.MAX_TIME);
    long end = call.number("end_time", nowSeconds, 0, Interval.MAX_TIME);
    long start = call.number("start_time", Math.max(0, end - duration), 0, Interval.MAX_TIME);
    if (call.has("start_time") && call.has("duration")) {
      end = Math.min(Interval.MAX_TIME, start + duration);
    }
    return new Interval(resolution, start, end, Long.MAX_VALUE, false);
  }
}
