package io.zibrato.store.http;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/**
 * Reads the members of one JSON object with the API's rules, and notes what breaks them. A member
 * that is null counts as not present; a number may be a string that spells one, since in a form all
 * are.
 */
public final class Parameters {
  public static final String NOT_PRESENT = "is not present";
  public static final String NAME_RULE = "is not valid: at most 255 of A-Za-z0-9.:-_";

  private static final int MAX_NAME = 255;
  private static final int MAX_TEXT = 4096;
  private static final int MAX_HASH = 16_384;

  private final JsonObject json;
  private final Problems problems;
  private final String metric;

  /**
   * Starts to read.
   *
   * @param metric the name that problems are reported with, or empty
   */
  public Parameters(JsonObject json, Problems problems, String metric) {
    this.json = json;
    this.problems = problems;
    this.metric = metric;
  }

  public static boolean validName(String name) {
    if (name.isEmpty() || name.length() > MAX_NAME) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (!nameCharacter(name.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean nameCharacter(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '-' && c <= ':' && c != '/'
        || c == '_';
  }

  public boolean has(String member) {
    final JsonElement value = json.get(member);
    return value != null && !value.isJsonNull();
  }

  public void problem(String member, String message) {
    problems.add(member, message, metric);
  }

  /** A name made of the permitted characters; null when not present or not valid. */
  public String name(String member) {
    final JsonPrimitive value = primitive(member);
    if (value == null) {
      return null;
    }
    if (value.isBoolean() || !validName(value.getAsString())) {
      problem(member, NAME_RULE);
      return null;
    }
    return value.getAsString();
  }

  public Number number(String member) {
    final JsonPrimitive value = primitive(member);
    if (value == null) {
      return null;
    }
    final Number number = value.isBoolean() ? null : Numbers.parse(value.getAsString().strip());
    if (number == null) {
      problem(member, "is not a number");
    }
    return number;
  }

  /** A whole number within limits; null when not present or not valid. */
  public Long integer(String member, long min, long max) {
    final Number number = number(member);
    if (number == null) {
      return null;
    }
    if (!Numbers.whole(number)) {
      problem(member, "is not an integer");
      return null;
    }
    if (number.longValue() < min || number.longValue() > max) {
      problem(member, "must be between " + min + " and " + max);
      return null;
    }
    return number.longValue();
  }

  /** Free text of at most {@value #MAX_TEXT} characters; null when not present or not valid. */
  public String text(String member) {
    final JsonPrimitive value = primitive(member);
    if (value == null) {
      return null;
    }
    if (value.getAsString().length() > MAX_TEXT) {
      problem(member, "is longer than " + MAX_TEXT + " characters");
      return null;
    }
    return value.getAsString();
  }

  /** Free keys and values, of at most {@value #MAX_HASH} characters; null when not present. */
  public JsonObject hash(String member) {
    if (!has(member)) {
      return null;
    }
    final JsonElement value = json.get(member);
    if (!value.isJsonObject()) {
      problem(member, "is not a hash");
      return null;
    }
    if (value.toString().length() > MAX_HASH) {
      problem(member, "is longer than " + MAX_HASH + " characters");
      return null;
    }
    return value.getAsJsonObject();
  }

  private JsonPrimitive primitive(String member) {
    final JsonElement value = json.get(member);
    if (value == null || value.isJsonNull()) {
      return null;
    }
    if (!value.isJsonPrimitive()) {
      problem(member, "is not valid");
      return null;
    }
    return value.getAsJsonPrimitive();
  }
}
