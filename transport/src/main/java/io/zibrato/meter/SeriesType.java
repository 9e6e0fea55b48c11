package io.zibrato.meter;

/** The three kinds of meter. The ordinal is the type's number on the wire. */
public enum SeriesType {
  /** A sum of whole, non-negative increments. */
  COUNTER,
  /** A count, a sum and a histogram of durations in nanoseconds. */
  TIMER,
  /** Numbers, each with the time it was seen at. */
  GAUGE
}
