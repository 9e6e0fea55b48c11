package io.zibrato.librato;

import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * One measurement to submit, or the summary of many. Immutable: each method that adds something
 * returns another.
 *
 * <p>It goes to {@code /v1/metrics} if it has a source, and to {@code /v1/measurements} if it has
 * tags; never both. With neither it follows the tags of the client or queue: a tagged one if there
 * are any. Tagged measurements are neither gauges nor counters, and their value is sent as it is.
 */
public final class Measurement {
  private final boolean counter;
  private final String name;
  private final Map<String, Object> fields;
  private final String source;
  private final Long epochSeconds;
  private final Map<String, String> tags;
  private final boolean inheritsTags;

  /**
   * @param tags null where nothing was said of them
   */
  private Measurement(
      boolean counter,
      String name,
      Map<String, Object> fields,
      String source,
      Long epochSeconds,
      Map<String, String> tags,
      boolean inheritsTags) {
    if (source != null && tags != null) {
      throw new IllegalArgumentException(name + " has a source and tags: " + source + ", " + tags);
    }
    this.counter = counter;
    this.name = Objects.requireNonNull(name, "name == null");
    this.fields = fields;
    this.source = source;
    this.epochSeconds = epochSeconds;
    this.tags = tags;
    this.inheritsTags = inheritsTags;
  }

  /** A value at one point in time. */
  public static Measurement gauge(String name, double value) {
    return single(false, name, value);
  }

  /** A value at one point in time. */
  public static Measurement gauge(String name, long value) {
    return single(false, name, value);
  }

  /** A value at one point in time, which travels with all its digits and without an exponent. */
  public static Measurement gauge(String name, BigDecimal value) {
    return single(false, name, value);
  }

  /** What a counter that only grows, until it starts again from 0, stands at. */
  public static Measurement counter(String name, long value) {
    return single(true, name, value);
  }

  /** What a counter that only grows, until it starts again from 0, stands at. */
  public static Measurement counter(String name, double value) {
    return single(true, name, value);
  }

  private static Measurement single(boolean counter, String name, Number value) {
    return new Measurement(
        counter, name, Map.of("value", Json.finite("value", value)), null, null, null, false);
  }

  /** A gauge that was taken many times; the service knows their mean. */
  public static Measurement summary(String name, long count, double sum) {
    return counted(name, count).with("sum", Json.finite("sum", sum));
  }

  /** The same, and the sum travels with all its digits and without an exponent. */
  public static Measurement summary(String name, long count, BigDecimal sum) {
    return counted(name, count).with("sum", Json.finite("sum", sum));
  }

  private static Measurement counted(String name, long count) {
    if (count < 1) throw new IllegalArgumentException("count < 1: " + count);
    return new Measurement(false, name, Map.of("count", count), null, null, null, false);
  }

  static Measurement of(Tally tally) {
    return new Measurement(false, tally.name, tally.fields(), null, null, null, false);
  }

  /** The least of a summary. */
  public Measurement min(double min) {
    return with("min", Json.finite("min", min));
  }

  /** The least of a summary. */
  public Measurement min(BigDecimal min) {
    return with("min", Json.finite("min", min));
  }

  /** The greatest of a summary. */
  public Measurement max(double max) {
    return with("max", Json.finite("max", max));
  }

  /** The greatest of a summary. */
  public Measurement max(BigDecimal max) {
    return with("max", Json.finite("max", max));
  }

  /** The sum of the squares of a summary; with a source only. */
  public Measurement sumSquares(double sumSquares) {
    return with("sum_squares", Json.finite("sumSquares", sumSquares));
  }

  /** Where it was measured. */
  public Measurement source(String source) {
    return new Measurement(
        counter,
        name,
        fields,
        Objects.requireNonNull(source, "source == null"),
        epochSeconds,
        tags,
        inheritsTags);
  }

  /** When it was measured. Without, it is when the service receives it. */
  public Measurement time(long epochSeconds) {
    return new Measurement(counter, name, fields, source, epochSeconds, tags, inheritsTags);
  }

  /**
   * A tag more.
   *
   * @param value null to be without a tag that a queue's tags have
   */
  public Measurement tag(String tag, String value) {
    Map<String, String> more = Json.copyWith(tags == null ? Map.of() : tags, tag, value);
    return new Measurement(counter, name, fields, source, epochSeconds, more, inheritsTags);
  }

  /** All of these tags more. */
  public Measurement tags(Map<String, String> more) {
    Map<String, String> all = Tags.over(tags == null ? Map.of() : tags, more);
    return new Measurement(counter, name, fields, source, epochSeconds, all, inheritsTags);
  }

  /**
   * Has the client's tags too, below its own. In a queue that is always so, since the service
   * merges there.
   */
  public Measurement inheritTags() {
    return new Measurement(counter, name, fields, source, epochSeconds, tags, true);
  }

  /** Of the metric, should this be its first measurement. */
  public Measurement displayName(String displayName) {
    return with("display_name", displayName);
  }

  /** Of the metric, should this be its first measurement. */
  public Measurement description(String description) {
    return with("description", description);
  }

  /** Of the metric, should this be its first measurement: how often it is reported. */
  public Measurement periodSeconds(long seconds) {
    return with("period", seconds);
  }

  /** Of the metric, should this be its first measurement, such as {@code display_min}. */
  public Measurement attribute(String attribute, Object value) {
    @SuppressWarnings("unchecked") // only this method puts attributes
    Map<String, Object> attributes =
        (Map<String, Object>) fields.getOrDefault("attributes", Map.of());
    return with("attributes", Json.copyWith(attributes, attribute, value));
  }

  /**
   * Any other field, by the API's name for it: {@code last}, {@code stddev}.
   *
   * @param value String, Boolean, Number, null, or a List or Map of such
   */
  public Measurement with(String field, Object value) {
    Json.of(value); // refuses here what could not be sent
    Map<String, Object> more = Json.copyWith(fields, field, value);
    return new Measurement(counter, name, more, source, epochSeconds, tags, inheritsTags);
  }

  public String name() {
    return name;
  }

  boolean counter() {
    return counter;
  }

  boolean tagged(Map<String, String> inherited) {
    return tags != null || (source == null && !inherited.isEmpty());
  }

  JsonObject bySource(UnaryOperator<String> sanitizer) {
    JsonObject json = named(sanitizer);
    Json.put(json, "source", source);
    Json.put(json, "measure_time", epochSeconds);
    return json;
  }

  /** As a request of its own has it: with all its tags. */
  JsonObject byTags(UnaryOperator<String> sanitizer, Map<String, String> inherited) {
    Map<String, String> all =
        tags == null ? inherited : inheritsTags ? Tags.over(inherited, tags) : tags;
    return tagged(sanitizer, all.isEmpty() ? null : all);
  }

  /** As a queue has it, whose own tags the service adds. */
  JsonObject byOwnTags(UnaryOperator<String> sanitizer) {
    return tagged(sanitizer, tags);
  }

  private JsonObject tagged(UnaryOperator<String> sanitizer, Map<String, String> all) {
    if (source != null) throw new IllegalArgumentException(name + " has a source: " + source);
    JsonObject json = named(sanitizer);
    Json.put(json, "tags", all);
    Json.put(json, "time", epochSeconds);
    return json;
  }

  private JsonObject named(UnaryOperator<String> sanitizer) {
    JsonObject json = new JsonObject();
    json.addProperty("name", sanitizer.apply(name));
    fields.forEach((field, value) -> json.add(field, Json.of(value)));
    return json;
  }

  @Override
  public String toString() {
    return name + fields + (source == null ? "" : " of " + source) + (tags == null ? "" : tags);
  }
}
