package io.zibrato.backends;

/** The causes of loss that a worker counts itself. Those of the applications come beside them. */
final class Loss {
  /** A message that no reader of ours understands. */
  static final String MALFORMED = "malformed-message";

  /** A version 1 counter whose value is not whole. */
  static final String FRACTIONAL = "fractional-counter";

  /** A version 1 counter or timer whose value is below 0. */
  static final String NEGATIVE = "negative-value";

  /** A cumulative value below the one booked. */
  static final String DECREASED = "decreased";

  /** A value of another type than its series, or a series that took over another's id. */
  static final String WRONG_TYPE = "wrong-type";

  /** A value of a series beyond the worker's bound. */
  static final String SERIES_CAP = "worker-series-cap";

  /** A frame of an instance, or level of one, beyond the worker's bound. */
  static final String INSTANCE_CAP = "worker-instance-cap";

  /** A window of gauge values that came in none of its frames; counts windows, not values. */
  static final String GAUGE_WINDOW = "gauge-window-missed";

  /** A gauge value whose definition never came, or took too long. */
  static final String GAUGE_UNDEFINED = "gauge-undefined";

  /** A gauge value beyond the interval's bound. */
  static final String GAUGE_CAP = "worker-gauge-cap";

  /** A measurement that the spool had to give up for newer ones. */
  static final String SPOOL_FULL = "spool-full";

  /** A measurement that the service refused. */
  static final String REFUSED = "refused";

  /**
   * A measurement that the disk had not taken when the worker had to end. What applications say
   * again counts nevertheless: it is not booked on disk either.
   */
  static final String UNDELIVERED = "undelivered-at-exit";

  /** A message or measurement that the backend's own code failed on. */
  static final String BACKEND_ERROR = "backend-error";

  /** A part of the worker's state that its file gave back damaged. */
  static final String STATE_DAMAGED = "state-damaged";

  /** A measurement that waited longer than the spool keeps them. */
  static final String SPOOL_AGE = "spool-age";

  private Loss() {}
}
