package io.zibrato.store.composite;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The options of one call: {@code {size: "5", function: "max"}}. */
final class Options {
  private final String text;
  private final Token function;
  private final int end;
  private final Map<String, Token> keys;
  private final Map<String, Token> values;
  private final Set<String> known = new LinkedHashSet<>();

  /**
   * Those of a call.
   *
   * @param end where the call ends, to tell what it lacks
   */
  Options(String text, Token function, int end, Hash hash) {
    this.text = text;
    this.function = function;
    this.end = end;
    keys = hash.keys();
    values = hash.values();
  }

  boolean has(String key) {
    known.add(key);
    return values.containsKey(key);
  }

  String word(String key, String fallback) {
    return has(key) ? values.get(key).text() : fallback;
  }

  String required(String key) throws CompositeException {
    if (!has(key)) {
      throw CompositeException.at(text, end, function.text() + " needs the option " + key);
    }
    return values.get(key).text();
  }

  double number(String key) throws CompositeException {
    return number(key, required(key));
  }

  private double number(String key, String word) throws CompositeException {
    if (!word.matches("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?")) {
      throw wrong(key, "is not a number");
    }
    final double number = Double.parseDouble(word);
    if (!Double.isFinite(number)) {
      throw wrong(key, "is too large");
    }
    return number;
  }

  /** A number, or a fraction of two whole ones: {@code 1/1024}. */
  double factor(String key) throws CompositeException {
    final String word = required(key);
    if (!word.matches("[0-9]{1,18}/[0-9]{1,18}")) {
      return number(key, word);
    }
    final int slash = word.indexOf('/');
    final long divisor = Long.parseLong(word.substring(slash + 1));
    if (divisor == 0) {
      throw wrong(key, "divides by zero");
    }
    return (double) Long.parseLong(word.substring(0, slash)) / divisor;
  }

  long whole(String key, long min, long max) throws CompositeException {
    final String word = required(key);
    if (!word.matches("[0-9]{1,12}")) {
      throw wrong(key, "is not a whole number");
    }
    final long number = Long.parseLong(word);
    if (number < min || number > max) {
      throw wrong(key, "must be between " + min + " and " + max);
    }
    return number;
  }

  /** What is wrong with the value of a key. */
  CompositeException wrong(String key, String problem) {
    return CompositeException.at(
        text,
        values.get(key).position(),
        "the option " + key + " of " + function.text() + " " + problem);
  }

  /** To be called when all that there may be were asked for. */
  void refuseOthers() throws CompositeException {
    for (final Map.Entry<String, Token> key : keys.entrySet()) {
      if (!known.contains(key.getKey())) {
        throw CompositeException.at(
            text,
            key.getValue().position(),
            function.text() + " has no such option; it has " + String.join(", ", known));
      }
    }
  }
}
