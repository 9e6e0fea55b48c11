package io.zibrato.store.metrics;

import io.zibrato.store.http.ApiError;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A search over tags, as in {@code region=us-* and (db=*prod* or not env=test)}. Words are {@code
 * and}, {@code or} and {@code not} (or {@code !}); {@code not} binds the closest, then {@code and}.
 * A term is {@code name=pattern}, {@code name!=pattern} (which the tag must be there for too), or
 * {@code name} alone: the tag is there. A pattern may be in double quotes.
 */
final class TagSearch {
  private static final int MAX_LENGTH = 4096;
  private static final int MAX_DEPTH = 50;

  private final String text;
  private int at;
  private int depth;

  private TagSearch(String text) {
    this.text = text;
  }

  static Predicate<Map<String, String>> parse(String text) throws ApiError {
    if (text.length() > MAX_LENGTH) {
      throw ApiError.param("tags_search", "is longer than " + MAX_LENGTH + " characters");
    }
    final TagSearch search = new TagSearch(text);
    final Predicate<Map<String, String>> all = search.either();
    if (search.peek() != 0) {
      throw search.unreadable();
    }
    return all;
  }

  private Predicate<Map<String, String>> either() throws ApiError {
    Predicate<Map<String, String>> all = both();
    while (word("or")) {
      all = all.or(both());
    }
    return all;
  }

  private Predicate<Map<String, String>> both() throws ApiError {
    Predicate<Map<String, String>> all = one();
    while (word("and")) {
      all = all.and(one());
    }
    return all;
  }

  private Predicate<Map<String, String>> one() throws ApiError {
    if (++depth > MAX_DEPTH) {
      throw unreadable();
    }
    final Predicate<Map<String, String>> one;
    if (peek() == '(') {
      at++;
      one = either();
      if (peek() != ')') {
        throw unreadable();
      }
      at++;
    } else if (peek() == '!') {
      at++;
      one = one().negate();
    } else {
      one = word("not") ? one().negate() : term();
    }
    depth--;
    return one;
  }

  private Predicate<Map<String, String>> term() throws ApiError {
    final String name = name();
    final boolean unequal = peek() == '!' && at + 1 < text.length() && text.charAt(at + 1) == '=';
    if (unequal) {
      at++;
    }
    if (peek() != '=') {
      return tags -> tags.containsKey(name);
    }
    at++;
    final boolean negated = !unequal && peek() == '!';
    if (negated) {
      at++;
    }
    final String pattern = pattern();
    return tags -> {
      final String value = tags.get(name);
      return value != null && Series.matches(pattern, value) != (unequal || negated);
    };
  }

  private String name() throws ApiError {
    peek();
    final int start = at;
    while (at < text.length() && nameCharacter(text.charAt(at))) {
      at++;
    }
    if (start == at) {
      throw unreadable();
    }
    return text.substring(start, at).toLowerCase(Locale.ROOT);
  }

  private static boolean nameCharacter(char c) {
    return Character.isLetterOrDigit(c) || "-.:_".indexOf(c) >= 0;
  }

  private String pattern() throws ApiError {
    final boolean quoted = peek() == '"';
    final int start = quoted ? ++at : at;
    while (at < text.length() && (quoted ? text.charAt(at) != '"' : bare(text.charAt(at)))) {
      at++;
    }
    if (start == at || quoted && at == text.length()) {
      throw unreadable();
    }
    final String pattern = text.substring(start, at);
    at += quoted ? 1 : 0;
    return pattern;
  }

  private static boolean bare(char c) {
    return nameCharacter(c) || "*?/\\".indexOf(c) >= 0;
  }

  /** Takes the word if it comes next. */
  private boolean word(String word) {
    peek();
    final int end = at + word.length();
    final boolean next =
        text.regionMatches(true, at, word, 0, word.length())
            && (end == text.length()
                || !nameCharacter(text.charAt(end)) && text.charAt(end) != '=');
    at = next ? end : at;
    return next;
  }

  /** The next character that is not a space; 0 at the end. */
  private char peek() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at < text.length() ? text.charAt(at) : 0;
  }

  private ApiError unreadable() {
    return ApiError.param("tags_search", "cannot be read from character " + (at + 1) + " on");
  }
}
