package io.zibrato.store.composite;

import java.util.Map;
import java.util.TreeMap;

/**
 * Where in a composite an evaluation is.
 *
 * @param group the tags that {@code group_by()} is at
 * @param pattern what {@code map()} goes over; null outside of it
 * @param value the one of them that it is at; null for all
 */
record Scope(Window window, Map<String, String> group, String pattern, String value) {
  static Scope of(Window window) {
    return new Scope(window, Map.of(), null, null);
  }

  Scope shifted(long seconds) {
    return new Scope(window.shifted(seconds), group, pattern, value);
  }

  Scope grouped(Map<String, String> by) {
    final Map<String, String> both = new TreeMap<>(group);
    both.putAll(by);
    return new Scope(window, both, pattern, value);
  }

  Scope mapped(String over, String at) {
    return new Scope(window, group, over, at);
  }

  /** The pattern itself, unless it stands for what {@code map()} is at. */
  String resolved(String written) {
    if (!Read.MAPPED.equals(written)) {
      return written;
    }
    return value == null ? pattern : value;
  }
}
