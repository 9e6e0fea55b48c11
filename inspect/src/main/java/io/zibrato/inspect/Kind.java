package io.zibrato.inspect;

import io.zibrato.meter.SeriesType;
import java.util.Optional;

/** The three annotations, and how each shows in code that is woven. */
enum Kind {
  COUNT("Count", SeriesType.COUNTER),
  TIME("Time", SeriesType.TIMER),
  GAUGE("Gauge", SeriesType.GAUGE);

  private static final String ASPECTS = "io/zibrato/aspects/";

  private final String word;
  final SeriesType type;

  Kind(String word, SeriesType type) {
    this.word = word;
    this.type = type;
  }

  /** As it stands in the source: {@code @CountMe}. */
  String annotation() {
    return '@' + word + "Me";
  }

  String aspect() {
    return word + "MeAspect";
  }

  String descriptor() {
    return "Lio/zibrato/annotations/" + word + "Me;";
  }

  /** That of the annotation that holds repeated ones. */
  String listDescriptor() {
    return "Lio/zibrato/annotations/" + word + "Me$List;";
  }

  /**
   * Which kind a method is woven for that refers to this class, as class files name it.
   *
   * <p>Every advice names its aspect, {@code CountMeAspect} say, where the woven method asks for
   * it. That a kind's other classes begin with the same word lets its advice change. A pattern's do
   * too, but have nothing to do with annotations.
   */
  static Optional<Kind> wovenBy(String referred) {
    if (!referred.startsWith(ASPECTS) || referred.endsWith("Pattern")) return Optional.empty();
    for (Kind kind : values()) {
      if (referred.startsWith(kind.word, ASPECTS.length())) return Optional.of(kind);
    }
    return Optional.empty();
  }
}
