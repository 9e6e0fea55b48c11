package io.zibrato.backends.statsd;

/** What the daemon understands. */
enum Dialect {
  /** What every StatsD does: a path of words, and a number. */
  STATSD,
  /** Datadog's: tags too, and distributions. */
  DOGSTATSD
}
