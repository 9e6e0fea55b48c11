package io.zibrato.librato;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which measurements are asked for, in the order it is said. Immutable: each method that adds
 * something returns another.
 */
public final class Query {
  private final List<Map.Entry<String, String>> parameters;

  private Query(List<Map.Entry<String, String>> parameters) {
    this.parameters = parameters;
  }

  /** From a time on. */
  public static Query since(long startEpochSeconds) {
    return new Query(List.of()).with("start_time", startEpochSeconds);
  }

  /** The last so many; with {@link #startTime} the first so many from then on. */
  public static Query count(int count) {
    return new Query(List.of()).with("count", count);
  }

  /** So far back from now, or from {@link #endTime}; of tagged measurements only. */
  public static Query lastSeconds(long seconds) {
    return new Query(List.of()).with("duration", seconds);
  }

  public Query startTime(long epochSeconds) {
    return with("start_time", epochSeconds);
  }

  public Query endTime(long epochSeconds) {
    return with("end_time", epochSeconds);
  }

  /** How far apart. Default: 1 where the API requires it, else left to the service. */
  public Query resolutionSeconds(long seconds) {
    return with("resolution", seconds);
  }

  /** A source, or a pattern with {@code *}. */
  public Query source(String source) {
    return with("source", source);
  }

  /** Sources, or patterns with {@code *}. */
  public Query sources(String... sources) {
    return each("sources[]", sources);
  }

  /** A tag, and values or patterns with {@code *}, of which one must be its; {@code !} negates. */
  public Query tag(String tag, String... values) {
    return each("tags[" + tag + "]", values);
  }

  /** What tags are searched by, in the API's own language; not together with {@link #tag}. */
  public Query tagsSearch(String search) {
    return with("tags_search", search);
  }

  /**
   * Brings series together that have the same values of these tags.
   *
   * @param function {@code sum}, {@code min}, {@code max} or {@code mean}
   * @param tags {@code *} for all into one
   */
  public Query groupBy(String function, String... tags) {
    return with("group_by", String.join(",", tags)).with("group_by_function", function);
  }

  /** What of a summary is told: {@code sum}, {@code min}, {@code max}, {@code mean} and so on. */
  public Query summaryFunction(String function) {
    return with("summary_function", function);
  }

  /** Any other parameter, by the API's name for it. */
  public Query with(String parameter, Object value) {
    List<Map.Entry<String, String>> more = new ArrayList<>(parameters);
    more.add(Map.entry(parameter, value.toString()));
    return new Query(List.copyOf(more));
  }

  private Query each(String parameter, String... values) {
    Query query = this;
    for (String value : values) query = query.with(parameter, value);
    return query;
  }

  boolean has(String parameter) {
    return parameters.stream().anyMatch(each -> each.getKey().equals(parameter));
  }

  Query withResolution() {
    return has("resolution") ? this : resolutionSeconds(1);
  }

  /** What a composite requires. */
  Query forComposite() {
    if (!has("start_time")) throw new IllegalArgumentException("the query has no start time");
    return withResolution();
  }

  /** What a question for tagged measurements requires. */
  Query forTagged() {
    if (!has("start_time") && !has("duration")) {
      throw new IllegalArgumentException("the query has neither a start time nor a duration");
    }
    if (has("start_time") && has("end_time") && has("duration")) {
      throw new IllegalArgumentException("the query has a start time, an end time and a duration");
    }
    return withResolution();
  }

  List<Map.Entry<String, String>> parameters() {
    return parameters;
  }
}
