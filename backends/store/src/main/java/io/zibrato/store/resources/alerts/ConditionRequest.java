package io.zibrato.store.resources.alerts;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.zibrato.store.http.Numbers;
import io.zibrato.store.http.Parameters;
import io.zibrato.store.resources.Members;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a request says of a condition.
 *
 * @param id of the one that is meant; null for a new one
 * @param definition what it is, without its id
 */
record ConditionRequest(Long id, JsonObject definition) {
  private static final List<String> TYPES = List.of("above", "below", "absent");
  static final List<String> OF_COUNTERS = List.of("derivative", "absolute_value");
  private static final List<String> FUNCTIONS =
      List.of("min", "max", "average", "sum", "count", "derivative", "absolute_value");
  private static final long MIN_DURATION = 60;
  private static final long MAX_DURATION = 3600;
  private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9.:_*-]{1,255}");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9.:_-]{1,64}");
  private static final int MAX_VALUE = 255;
  private static final int MAX_TAGS = 50;

  static ConditionRequest of(Members said) {
    final JsonObject json = new JsonObject();
    final String named = !said.has("type") && said.has("condition_type") ? "condition_" : "";
    final String type = said.require(named + "type").word(named + "type", TYPES);
    json.addProperty("type", type);
    json.addProperty("metric_name", said.require("metric_name").name("metric_name"));
    source(said, json);
    threshold(said, json, type);
    final String function = said.word("summary_function", FUNCTIONS);
    if (function != null) {
      json.addProperty("summary_function", function);
    }
    duration(said, json, type);
    final Boolean detectReset = said.truth("detect_reset");
    if (detectReset != null) {
      json.addProperty("detect_reset", detectReset);
    }
    if (said.has("tags")) {
      json.add("tags", tags(said));
    }
    return new ConditionRequest(said.whole("id", 1, Long.MAX_VALUE), json);
  }

  private static void source(Members said, JsonObject json) {
    final String source = said.text("source", MAX_VALUE);
    if (source != null && !SOURCE.matcher(source).matches()) {
      said.problem("source", Parameters.NAME_RULE + ", and * for any of them");
    } else if (source != null) {
      json.addProperty("source", source);
    }
  }

  private static void threshold(Members said, JsonObject json, String type) {
    if (type != null && !type.equals("absent")) {
      said.require("threshold");
    }
    final Number threshold = said.number("threshold");
    if (threshold != null) {
      json.add("threshold", Numbers.json(threshold));
    }
  }

  /** 0 says that one measurement is enough, as not to say it does. */
  private static void duration(Members said, JsonObject json, String type) {
    final Long duration = said.whole("duration", 0, MAX_DURATION);
    final boolean needed = "absent".equals(type);
    if (needed) {
      said.require("duration");
    }
    if (duration == null || (duration == 0 && !needed)) {
      return;
    }
    if (duration < MIN_DURATION) {
      said.problem("duration", "must be between " + MIN_DURATION + " and " + MAX_DURATION);
    }
    json.addProperty("duration", duration);
  }

  private static JsonArray tags(Members said) {
    final JsonArray tags = new JsonArray();
    for (final Members each : said.hashes("tags", MAX_TAGS)) {
      final JsonObject tag = new JsonObject();
      final String name = each.require("name").text("name", MAX_VALUE);
      if (name != null && !TAG.matcher(name).matches()) {
        each.problem("name", "is not valid: at most 64 of A-Za-z0-9.:-_");
      }
      tag.addProperty("name", name);
      tag.addProperty("grouped", Boolean.TRUE.equals(each.truth("grouped")));
      final JsonArray values = new JsonArray();
      for (final JsonElement value : each.elements("values", MAX_TAGS)) {
        if (value.isJsonPrimitive() && value.getAsString().length() <= MAX_VALUE) {
          values.add(value.getAsString());
        } else {
          each.problem("values", "has one that is no string of up to " + MAX_VALUE + " characters");
        }
      }
      tag.add("values", values);
      tags.add(tag);
    }
    return tags;
  }
}
