package io.zibrato.store.metrics;

import io.zibrato.store.http.Parameters;

/**
 * Which times a measurement may have.
 *
 * @param nowSeconds that of one which does not say
 * @param oldestSeconds before it nothing is kept
 */
record TimeLimits(long nowSeconds, long oldestSeconds) {
  /** 2000-01-01: an older time is a mistake of unit or clock. */
  static final long MIN_TIME = 946_684_800;

  /** Clocks of clients may be ahead. */
  static final long MAX_FUTURE_SECONDS = 86_400;

  /** Epoch seconds; null when not present. */
  Long time(Parameters said, String member) {
    final Long time = said.integer(member, Long.MIN_VALUE, Long.MAX_VALUE);
    if (time != null && time < Math.max(MIN_TIME, oldestSeconds)) {
      said.problem(member, "is too far in the past");
    } else if (time != null && time > nowSeconds + MAX_FUTURE_SECONDS) {
      said.problem(member, "is too far in the future");
    }
    return time;
  }
}
