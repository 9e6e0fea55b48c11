package io.zibrato.backends;

import io.zibrato.meter.Series;
import java.util.Map;

/**
 * What a service tells series apart by. Levels end at the worker: the same name, source and tags at
 * two levels are one series here. Immutable; equal to one of equal parts.
 */
public final class SeriesKey {
  private final String name;
  private final String source;
  private final Map<String, String> tags;
  private final int hash; // an interval asks for it at each measurement

  public SeriesKey(String name, String source, Map<String, String> tags) {
    if (name == null) throw new NullPointerException("name == null");
    if (source == null) throw new NullPointerException("source == null");
    if (tags == null) throw new NullPointerException("tags == null");
    this.name = name;
    this.source = source;
    this.tags = tags;
    this.hash = (31 * name.hashCode() + source.hashCode()) * 31 + tags.hashCode();
  }

  public SeriesKey(String name, String source) {
    this(name, source, Map.of());
  }

  static SeriesKey of(Series series) {
    return new SeriesKey(series.name(), series.source(), series.tags());
  }

  public String name() {
    return name;
  }

  /** Empty if there is none. */
  public String source() {
    return source;
  }

  /** Sorted by key where they come from the wire. */
  public Map<String, String> tags() {
    return tags;
  }

  /** About how many bytes of memory it takes. */
  long approximateBytes() {
    long chars = name.length() + source.length();
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      chars += tag.getKey().length() + tag.getValue().length() + 32;
    }
    return 64 + 2 * chars;
  }

  @Override
  public boolean equals(Object other) {
    return other == this
        || other instanceof SeriesKey that
            && hash == that.hash
            && name.equals(that.name)
            && source.equals(that.source)
            && tags.equals(that.tags);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return "SeriesKey[name=" + name + ", source=" + source + ", tags=" + tags + ']';
  }
}
