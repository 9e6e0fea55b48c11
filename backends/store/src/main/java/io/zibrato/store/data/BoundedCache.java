package io.zibrato.store.data;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Remembers the values used last, by name in whatever case. Not thread-safe. */
public final class BoundedCache<V> {
  private final Map<String, V> values;

  public BoundedCache(int capacity) {
    values =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > capacity;
          }
        };
  }

  public V get(String name) {
    return values.get(key(name));
  }

  /** Returns the value. */
  public V put(String name, V value) {
    values.put(key(name), value);
    return value;
  }

  public void remove(String name) {
    values.remove(key(name));
  }

  public void clear() {
    values.clear();
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
