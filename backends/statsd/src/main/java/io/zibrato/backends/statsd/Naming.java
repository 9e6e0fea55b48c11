package io.zibrato.backends.statsd;

import io.zibrato.backends.SeriesKey;

/** What our series are called at the daemon: each otherwise, and always the same. */
interface Naming {
  /** What is measured of a series. */
  enum Kind {
    COUNTER,
    TIMER,
    GAUGE,
    /** A counter of a timer's calls of which none was timed. */
    UNTIMED
  }

  /**
   * A series as the daemon knows it.
   *
   * @param name what goes before the colon
   * @param tags what goes last, with what comes before it; empty if nothing does
   */
  record Name(String name, String tags) {}

  Name of(Kind kind, SeriesKey key);
}
