package io.zibrato.meter;

/** A named instrument in this process. */
public sealed interface Meter permits Counter, Timer, Gauge {
  /** This meter's number, unique in its {@link Meters}, from 0, in the order they were made. */
  int id();

  Series series();

  Level level();
}
