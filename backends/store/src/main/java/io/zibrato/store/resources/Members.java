package io.zibrato.store.resources;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.zibrato.store.http.Numbers;
import io.zibrato.store.http.Parameters;
import io.zibrato.store.http.Problems;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads the members of a request's object and notes what is wrong with them, named as a form would:
 * {@code conditions[0][threshold]}. A member that is null counts as not present. Numbers and truth
 * values may be strings that spell them, and an array may be a hash whose keys count, since so they
 * come in a form.
 */
public final class Members {
  private static final int MAX_HASH = 16_384;

  private final JsonObject json;
  private final Problems problems;
  private final String path;

  public Members(JsonObject json, Problems problems) {
    this(json, problems, "");
  }

  private Members(JsonObject json, Problems problems, String path) {
    this.json = json;
    this.problems = problems;
    this.path = path;
  }

  public Set<String> names() {
    return json.keySet();
  }

  public JsonElement get(String member) {
    return json.get(member);
  }

  public boolean has(String member) {
    return json.has(member) && !json.get(member).isJsonNull();
  }

  public void problem(String member, String message) {
    problems.add(path.isEmpty() ? member : path + "[" + member + "]", message);
  }

  /** Notes those that are missing or empty. */
  public Members require(String... members) {
    for (final String member : members) {
      if (!has(member)) {
        problem(member, Parameters.NOT_PRESENT);
      } else {
        filled(member);
      }
    }
    return this;
  }

  /** Notes those that are present, and empty. */
  public Members filled(String... members) {
    for (final String member : members) {
      if (json.get(member) instanceof JsonPrimitive value && value.getAsString().isBlank()) {
        problem(member, "is empty");
      }
    }
    return this;
  }

  /** Text of at most so many characters; null when not present or not valid. */
  public String text(String member, int maxChars) {
    final JsonPrimitive value = primitive(member, "is not a string");
    if (value == null) {
      return null;
    }
    if (!value.isString()) {
      return refused(member, "is not a string");
    }
    final String text = value.getAsString();
    if (text.length() > maxChars) {
      return refused(member, "is longer than " + maxChars + " characters");
    }
    return storable(text) ? text : refused(member, "has characters that are none");
  }

  /** A name made of the permitted characters; null when not present or not valid. */
  public String name(String member) {
    final String name = text(member, 255);
    return name == null || Parameters.validName(name)
        ? name
        : refused(member, Parameters.NAME_RULE);
  }

  /** One of the words; null when not present or another. */
  public String word(String member, List<String> words) {
    final String word = text(member, 255);
    return word == null || words.contains(word)
        ? word
        : refused(member, "must be one of " + String.join(", ", words));
  }

  /** An absolute URL of HTTP; null when not present or not valid. */
  public String url(String member) {
    final String url = text(member, 2048);
    return url == null || http(url) ? url : refused(member, "is not a URL of http or https");
  }

  public Number number(String member) {
    final JsonPrimitive value = primitive(member, "is not a number");
    if (value == null) {
      return null;
    }
    final Number number = value.isBoolean() ? null : Numbers.parse(value.getAsString().strip());
    return number == null ? refused(member, "is not a number") : number;
  }

  /** A whole number within limits; null when not present or not valid. */
  public Long whole(String member, long min, long max) {
    final Number number = number(member);
    if (number == null) {
      return null;
    }
    if (!Numbers.whole(number)) {
      return refused(member, "is not an integer");
    }
    return number.longValue() < min || number.longValue() > max
        ? refused(member, "must be between " + min + " and " + max)
        : (Long) number.longValue();
  }

  public Boolean truth(String member) {
    final JsonPrimitive value = primitive(member, "is neither true nor false");
    if (value == null) {
      return null;
    }
    final String word = value.isNumber() ? "" : value.getAsString().toLowerCase(Locale.ROOT);
    return word.equals("true")
        ? Boolean.TRUE
        : word.equals("false") ? Boolean.FALSE : refused(member, "is neither true nor false");
  }

  /** Free keys and values, of at most {@value #MAX_HASH} characters; null when not present. */
  public JsonObject hash(String member) {
    if (!has(member)) {
      return null;
    }
    final JsonElement value = json.get(member);
    if (!value.isJsonObject()) {
      return refused(member, "is not a hash");
    }
    final String text = value.toString();
    return text.length() > MAX_HASH
        ? refused(member, "is longer than " + MAX_HASH + " characters")
        : storable(text)
            ? value.getAsJsonObject()
            : refused(member, "has characters that are none");
  }

  /** The elements of an array; none when not present or not valid. */
  public List<JsonElement> elements(String member, int max) {
    if (!has(member)) {
      return List.of();
    }
    final JsonElement value = json.get(member);
    final List<JsonElement> elements = new ArrayList<>();
    if (value instanceof JsonArray array) {
      array.forEach(elements::add);
    } else if (value instanceof JsonObject hash && counts(hash)) {
      hash.entrySet().forEach(entry -> elements.add(entry.getValue()));
    } else {
      problem(member, "is not an array");
    }
    if (elements.size() > max) {
      problem(member, "has more than " + max + " elements");
      return List.of();
    }
    return elements;
  }

  /** The hashes of an array, each to be read like this. */
  public List<Members> hashes(String member, int max) {
    final List<Members> hashes = new ArrayList<>();
    final String below = path.isEmpty() ? member : path + "[" + member + "]";
    int index = 0;
    for (final JsonElement element : elements(member, max)) {
      if (element.isJsonObject()) {
        hashes.add(new Members(element.getAsJsonObject(), problems, below + "[" + index + "]"));
      } else {
        problems.add(below + "[" + index + "]", "is not a hash");
      }
      index++;
    }
    return hashes;
  }

  private static boolean counts(JsonObject hash) {
    return hash.keySet().stream().allMatch(key -> key.isEmpty() || key.matches("[0-9]{1,9}"));
  }

  /** Whether the database gives back what it is given: no NUL, no half of a surrogate pair. */
  private static boolean storable(String text) {
    return text.indexOf('\0') < 0
        && text.codePoints()
            .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  private static boolean http(String url) {
    try {
      final URI uri = URI.create(url);
      return uri.getHost() != null
          && ("http".equalsIgnoreCase(uri.getScheme())
              || "https".equalsIgnoreCase(uri.getScheme()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private <T> T refused(String member, String message) {
    problem(member, message);
    return null;
  }

  private JsonPrimitive primitive(String member, String otherwise) {
    if (!has(member)) {
      return null;
    }
    return json.get(member) instanceof JsonPrimitive value ? value : refused(member, otherwise);
  }
}
