package io.zibrato.chaos.load;

/** What every application measures, and counts itself. */
public enum Measured {
  /** Calls of a method with {@code @CountMe}. */
  COUNT("chaos.count"),
  /** Calls of a method with {@code @TimeMe}. */
  CALLS("chaos.calls"),
  /** Durations recorded by a call of the API. */
  TIMED("chaos.timed"),
  /** Their nanoseconds. */
  NANOS("chaos.timed"),
  /** Counts of a metric that every service refuses. */
  POISON("chaos.poison"),
  /** Values of a gauge, of which some may be lost. */
  VALUES("chaos.values");

  /** The series' name. */
  public final String series;

  Measured(String series) {
    this.series = series;
  }

  /** Whether all of it has to arrive. */
  public boolean isExact() {
    return this != POISON && this != VALUES;
  }
}
