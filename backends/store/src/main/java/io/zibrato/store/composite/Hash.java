package io.zibrato.store.composite;

import java.util.LinkedHashMap;
import java.util.Map;

/** What stands between braces, each key and value where it was written. */
record Hash(Map<String, Token> keys, Map<String, Token> values) {
  Hash() {
    this(new LinkedHashMap<>(), new LinkedHashMap<>());
  }

  /** False, and nothing is put, if the key is there already. */
  boolean put(Token key, Token value) {
    return keys.putIfAbsent(key.text(), key) == null && values.put(key.text(), value) == null;
  }
}
