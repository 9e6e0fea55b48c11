package io.zibrato.backends;

import io.zibrato.meter.Series;
import java.util.Map;

/**
 * What a service tells series apart by. Levels end at the worker: the same name, source and tags at
 * two levels are one series here.
 *
 * @param source empty if there is none
 * @param tags sorted by key where they come from the wire
 */
public record SeriesKey(String name, String source, Map<String, String> tags) {
  public SeriesKey {
    if (name == null) throw new NullPointerException("name == null");
    if (source == null) throw new NullPointerException("source == null");
    if (tags == null) throw new NullPointerException("tags == null");
  }

  public SeriesKey(String name, String source) {
    this(name, source, Map.of());
  }

  static SeriesKey of(Series series) {
    return new SeriesKey(series.name(), series.source(), series.tags());
  }

  /** About how many bytes of memory it takes. */
  long approximateBytes() {
    long chars = name.length() + source.length();
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      chars += tag.getKey().length() + tag.getValue().length() + 32;
    }
    return 64 + 2 * chars;
  }
}
