package io.zibrato.librato;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sets of tags, in their order. */
final class Tags {
  private Tags() {}

  /** Those above win. A value that is null takes the tag away where the service merges. */
  static Map<String, String> over(Map<String, String> below, Map<String, String> above) {
    Map<String, String> both = new LinkedHashMap<>(below);
    both.putAll(above);
    return Collections.unmodifiableMap(both);
  }
}
