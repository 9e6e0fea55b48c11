package io.zibrato.store.resources.spaces;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.zibrato.store.composite.Composite;
import io.zibrato.store.http.ApiError;
import io.zibrato.store.http.Numbers;
import io.zibrato.store.http.Problems;
import io.zibrato.store.resources.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a request says of a chart. Attributes that the API documents are checked; others are kept as
 * they are.
 *
 * @param name null if not said
 * @param type null if not said
 * @param options all else but the streams; a null takes an option away
 * @param streams null if not said
 */
record ChartRequest(String name, String type, JsonObject options, List<JsonObject> streams) {
  private static final List<String> TYPES = List.of("line", "stacked", "bignumber");
  private static final List<String> STREAM_TYPES =
      List.of("gauge", "counter", "composite", "annotation");
  private static final List<String> GROUPS = List.of("average", "sum", "min", "max", "breakout");
  private static final List<String> SUMMARIES =
      List.of("average", "sum", "min", "max", "count", "derivative", "absolute_value");
  private static final Set<String> NAMED = Set.of("id", "name", "type", "streams");
  private static final Pattern COLOR = Pattern.compile("#[0-9A-Fa-f]{6}");
  private static final Pattern TRANSFORM = Pattern.compile("[\\dxp()+*/. -]+");
  private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9.:_*%-]{1,255}");
  private static final int MAX_TEXT = 255;
  private static final int MAX_STREAMS = 100;
  private static final int MAX_TAGS = 50;
  private static final int MAX_CHARS = 262_144;

  static ChartRequest of(JsonObject body) throws ApiError {
    if (body.toString().length() > MAX_CHARS) {
      throw ApiError.request(400, "The chart is larger than " + MAX_CHARS + " characters");
    }
    final Problems problems = new Problems();
    final Members said = new Members(body, problems);
    final List<JsonObject> streams = said.has("streams") ? new ArrayList<>() : null;
    for (final Members stream : said.hashes("streams", MAX_STREAMS)) {
      streams.add(stream(stream));
    }
    final ChartRequest request =
        new ChartRequest(
            said.text("name", MAX_TEXT), said.word("type", TYPES), options(said), streams);
    problems.throwIfAny();
    return request;
  }

  private static JsonObject options(Members said) {
    final JsonObject options = new JsonObject();
    for (final String name : said.names()) {
      if (!NAMED.contains(name)) {
        options.add(name, option(said, name));
      }
    }
    return options;
  }

  private static JsonElement option(Members said, String name) {
    switch (name) {
      case "min", "max" -> {
        return number(said, name);
      }
      case "related_space" -> said.whole(name, 1, Long.MAX_VALUE);
      case "use_log_yaxis", "use_last_value" -> {
        return truth(said, name);
      }
      case "label" -> said.text(name, MAX_TEXT);
      default -> {}
    }
    return said.get(name);
  }

  private static JsonObject stream(Members said) {
    if (said.has("composite") == said.has("metric")) {
      said.problem("metric", "must be present, or composite in its place");
    }
    for (final String without : List.of("source", "group_function")) {
      if (said.has("composite") && said.has(without)) {
        said.problem("composite", "must not be present with " + without);
      }
    }
    final JsonObject stream = new JsonObject();
    for (final String name : said.names()) {
      if (said.has(name)) {
        stream.add(name, attribute(said, name));
      }
    }
    return stream;
  }

  private static JsonElement attribute(Members said, String name) {
    switch (name) {
      case "id" -> said.whole(name, 1, Long.MAX_VALUE);
      case "metric" -> said.name(name);
      case "source" -> matching(said, name, SOURCE);
      case "tags" -> {
        return tags(said);
      }
      case "composite" -> said.filled(name).text(name, Composite.MAX_LENGTH);
      case "type" -> said.word(name, STREAM_TYPES);
      case "group_function" -> said.word(name, GROUPS);
      case "summary_function", "downsample_function" -> said.word(name, SUMMARIES);
      case "color" -> matching(said, name, COLOR);
      case "transform_function" -> matching(said, name, TRANSFORM);
      case "name", "units_short", "units_long" -> said.text(name, MAX_TEXT);
      case "min", "max" -> {
        return number(said, name);
      }
      case "period" -> said.whole(name, 1, Integer.MAX_VALUE);
      case "position" -> said.whole(name, 0, Integer.MAX_VALUE);
      case "split_axis", "gap_detection" -> {
        return truth(said, name);
      }
      default -> {}
    }
    return said.get(name);
  }

  private static void matching(Members said, String name, Pattern pattern) {
    final String text = said.text(name, MAX_TEXT);
    if (text != null && !pattern.matcher(text).matches()) {
      said.problem(name, "is not valid");
    }
  }

  private static JsonArray tags(Members said) {
    final JsonArray tags = new JsonArray();
    for (final Members tag : said.hashes("tags", MAX_TAGS)) {
      tag.require("name").text("name", MAX_TEXT);
      final JsonObject kept = new JsonObject();
      for (final String name : tag.names()) {
        kept.add(
            name,
            switch (name) {
              case "values" -> values(tag);
              case "grouped", "dynamic" -> truth(tag, name);
              default -> tag.get(name);
            });
      }
      tags.add(kept);
    }
    return tags;
  }

  private static JsonArray values(Members tag) {
    final JsonArray values = new JsonArray();
    for (final JsonElement value : tag.elements("values", MAX_TAGS)) {
      if (!value.isJsonPrimitive() || value.getAsString().length() > MAX_TEXT) {
        tag.problem("values", "has one that is no string of up to " + MAX_TEXT + " characters");
      }
      values.add(value);
    }
    return values;
  }

  private static JsonElement number(Members said, String name) {
    final Number number = said.number(name);
    return number == null ? said.get(name) : Numbers.json(number);
  }

  private static JsonElement truth(Members said, String name) {
    final Boolean truth = said.truth(name);
    return truth == null ? said.get(name) : new JsonPrimitive(truth);
  }

  Chart chart(long spaceId) {
    return new Chart(0, spaceId, name, type == null ? "line" : type, withoutNulls(options));
  }

  /** What is not said stays. */
  Chart onto(Chart chart) {
    final JsonObject merged = chart.options().deepCopy();
    options.entrySet().forEach(entry -> merged.add(entry.getKey(), entry.getValue()));
    return new Chart(
        chart.id(),
        chart.spaceId(),
        name == null ? chart.name() : name,
        type == null ? chart.type() : type,
        withoutNulls(merged));
  }

  private static JsonObject withoutNulls(JsonObject options) {
    final JsonObject kept = new JsonObject();
    for (final String name : options.keySet()) {
      if (!options.get(name).isJsonNull()) {
        kept.add(name, options.get(name));
      }
    }
    return kept;
  }
}
