package io.zibrato.backends;

import java.util.Locale;
import java.util.Set;

/**
 * The causes of loss that a worker counts itself. Those of the applications come beside them.
 *
 * <p>Which of them took what was counted as booked, or as closed, is said by {@link #stage}: the
 * sums that must come out rest on it ({@link WorkerStats}).
 */
final class Loss {
  /** A message that no reader of ours understands. */
  static final String MALFORMED = "malformed-message";

  /** A message that the backend's own reader failed on. */
  static final String BACKEND_READER = "backend-reader-error";

  /** A message that came while all that had come before was still to be booked. */
  static final String NO_ROOM = "no-room";

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

  /**
   * An instance that came back after it was forgotten: for a day's silence, or to make room for
   * others. What it measured since its last frame before is not known to be new.
   */
  static final String INSTANCE_FORGOTTEN = "worker-instance-forgotten";

  /** A window of gauge values that came in none of its frames; counts windows, not values. */
  static final String GAUGE_WINDOW = "gauge-window-missed";

  /** A gauge value whose definition never came, or took too long. */
  static final String GAUGE_UNDEFINED = "gauge-undefined";

  /** A measurement of a series beyond the interval's bound. */
  static final String INTERVAL_CAP = "worker-interval-cap";

  /** A gauge value beyond the interval's bound. */
  static final String GAUGE_CAP = "worker-gauge-cap";

  /** A measurement that the spool had to give up for newer ones. */
  static final String SPOOL_FULL = "spool-full";

  /** A measurement that the service refused, alone, or while it took the others of a part. */
  static final String REFUSED = "refused";

  /**
   * A measurement that the disk had not taken when the worker had to end. What applications say
   * again counts nevertheless: it is not booked on disk either.
   */
  static final String UNDELIVERED = "undelivered-at-exit";

  /** A measurement that the backend's own code failed on before it was in the interval. */
  static final String BACKEND_ERROR = "backend-error";

  /**
   * An instance, or a level of one, that the state's file gave back damaged, or all of the file.
   */
  static final String STATE_DAMAGED = "state-damaged";

  /** A measurement of a part of the spool that the state's file gave back damaged. */
  static final String SPOOL_DAMAGED = "spool-damaged";

  /** A measurement that waited longer than the spool keeps them. */
  static final String SPOOL_AGE = "spool-age";

  /** A measurement of a series that totals had no room for. */
  static final String TOTALS_CAP = "worker-totals-cap";

  private static final Set<String> OF_INTERVAL = Set.of(INTERVAL_CAP, GAUGE_CAP, BACKEND_ERROR);
  private static final Set<String> OF_SPOOL =
      Set.of(SPOOL_FULL, SPOOL_AGE, SPOOL_DAMAGED, UNDELIVERED, TOTALS_CAP);

  /** Where on its way through the worker something was lost. */
  enum Stage {
    /** Before it was booked: messages, frames, windows, and values of series. */
    READING,
    /** Booked, and on the way into the open interval. */
    INTERVAL,
    /** In a closed interval. */
    SPOOL,
    /** At the service, which refused it. */
    SERVICE;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private Loss() {}

  static Stage stage(String cause) {
    if (OF_INTERVAL.contains(cause)) return Stage.INTERVAL;
    if (OF_SPOOL.contains(cause)) return Stage.SPOOL;
    return cause.equals(REFUSED) ? Stage.SERVICE : Stage.READING;
  }
}
