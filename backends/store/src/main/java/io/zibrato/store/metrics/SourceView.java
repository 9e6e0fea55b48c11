package io.zibrato.store.metrics;

import io.zibrato.store.http.ApiError;
import io.zibrato.store.http.Call;
import io.zibrato.store.http.Parameters;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How {@code /v1/metrics/:name} is to show measurements.
 *
 * @param sources names or patterns in lower case; empty for all
 * @param summarizeTime one record for each source
 * @param summarizeSources all sources together, as {@code all}
 * @param breakoutSources each source too, beside {@code all}
 * @param groupBy what {@code all} is made with; null for adding up
 */
record SourceView(
    Interval interval,
    Set<String> sources,
    boolean summarizeTime,
    boolean summarizeSources,
    boolean breakoutSources,
    Summary groupBy) {
  private static final long MAX_RESOLUTION_SECONDS = 31L * 86_400;
  private static final List<Summary> GROUPS =
      List.of(Summary.MIN, Summary.MAX, Summary.MEAN, Summary.SUM, Summary.COUNT);

  /** Null if only the metric itself is asked for. */
  static SourceView of(Call call, long nowSeconds) throws ApiError {
    if (!call.has("start_time") && !call.has("count")) {
      if (call.has("end_time")) {
        throw ApiError.param("start_time", Parameters.NOT_PRESENT);
      }
      return null;
    }
    final Set<String> sources = new LinkedHashSet<>();
    call.values("source", "sources[]", "sources")
        .forEach(source -> sources.add(source.toLowerCase(Locale.ROOT)));
    sources.remove("*");
    final Summary groupBy = groupBy(call);
    return new SourceView(
        interval(call, nowSeconds),
        sources,
        call.flag("summarize_time", false),
        groupBy != null || call.flag("summarize_sources", false),
        call.flag("breakout_sources", groupBy == null),
        groupBy);
  }

  private static Summary groupBy(Call call) throws ApiError {
    if (!call.has("group_by")) {
      return null;
    }
    final Summary groupBy = Summary.of(call.text("group_by", ""));
    if (groupBy == null || !GROUPS.contains(groupBy)) {
      throw ApiError.param("group_by", "must be min, max, mean, sum or count");
    }
    if (!call.flag("summarize_sources", true)) {
      throw ApiError.param("summarize_sources", "must be true with group_by");
    }
    return groupBy;
  }

  private static Interval interval(Call call, long nowSeconds) throws ApiError {
    return new Interval(
        call.number("resolution", 1, 1, MAX_RESOLUTION_SECONDS),
        call.number("start_time", 0, 0, Interval.MAX_TIME),
        // Up to now, and with it what clients whose clocks are ahead have sent.
        call.number("end_time", nowSeconds + TimeLimits.MAX_FUTURE_SECONDS, 0, Interval.MAX_TIME),
        call.number("count", Long.MAX_VALUE, 1, Interval.MAX_POINTS),
        !call.has("start_time"));
  }

  boolean wants(String source) {
    final String lower = source.toLowerCase(Locale.ROOT);
    return sources.isEmpty()
        || sources.contains(lower)
        || sources.stream().anyMatch(pattern -> Series.matches(pattern, lower));
  }
}
