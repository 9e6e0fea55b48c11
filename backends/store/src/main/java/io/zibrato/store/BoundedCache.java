package io.zibrato.store;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Remembers the values used last, by name in whatever case. Not thread-safe. */
final class BoundedCache<V> {
  private final Map<String, V> values;

  BoundedCache(int capacity) {
    values =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > capacity;
          }
        };
  }

  V get(String name) {
    return values.get(key(name));
  }

  /** Returns the value. */
  V put(String name, V value) {
    values.put(key(name), value);
    return value;
  }

  void remove(String name) {
    values.remove(key(name));
  }

  void clear() {
    values.clear();
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
