package io.zibrato.aspects;

import io.zibrato.meter.SeriesType;
import java.util.List;

/**
 * What an annotation, or a line of the agent's configuration, asks of a join point.
 *
 * @param value what a counted call adds
 * @param on {@code RETURN}, {@code THROW} or {@code BOTH}
 * @param sample one call in so many is timed
 */
record Spec(
    Kind kind,
    String level,
    String name,
    String source,
    List<String> tags,
    long value,
    String on,
    int sample) {

  /** The three annotations. */
  enum Kind {
    COUNT("CountMe", SeriesType.COUNTER),
    TIME("TimeMe", SeriesType.TIMER),
    GAUGE("GaugeMe", SeriesType.GAUGE);

    final String annotation;
    final SeriesType type;

    Kind(String annotation, SeriesType type) {
      this.annotation = "io.zibrato.annotations." + annotation;
      this.type = type;
    }
  }
}
